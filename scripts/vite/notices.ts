import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const LICENSE_FILE = /^(licen[cs]e|notice|copying)/i
/** Files of ours that hold code or drawings of others, with the terms of these beside them. */
const COPIED: readonly { in: string, from: string, terms: string }[] = [
  { in: '/src/ui/icons.ts', from: 'Lucide 1.65.0 (ISC)', terms: 'src/ui/icons-license.txt' },
]
const PACKAGE = /^(.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+))[\\/]/

/** Packages that workers are made of: workers are built apart, before the bundle that they belong to is complete. */
const inWorkers = new Set<string>()

/** Notes what workers are made of, for `thirdPartyNotices`. */
export function noticesOfWorkers(): Plugin {
  return {
    name: 'parley:third-party-notices-of-workers',
    apply: 'build',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((output) => output.type === 'chunk' ? output.moduleIds : [])
      for (const folder of foldersOf(modules)) inWorkers.add(folder)
    }
  }
}

/**
 * Writes the licences of everything of others that is in the bundle into one of its files, for their terms ask that they
 * travel with it. Texts that several packages share stand there once.
 */
export function thirdPartyNotices(fileName: string): Plugin {
  return {
    name: 'parley:third-party-notices',
    apply: 'build',
    async generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((output) => output.type === 'chunk' ? output.moduleIds : [])
      const folders = new Set([...foldersOf(modules), ...inWorkers])
      this.emitFile({ type: 'asset', fileName, source: await noticesOf([...folders].toSorted(), modules) })
    }
  }
}

function foldersOf(modules: readonly string[]): string[] {
  return modules.flatMap((id) => PACKAGE.exec(id)?.[1] ?? [])
}

async function noticesOf(folders: readonly string[], modules: readonly string[]): Promise<string> {
  const owners = new Map<string, Set<string>>()
  for (const { in: file, from, terms } of COPIED) {
    if (modules.some((id) => id.endsWith(file))) owners.set((await readFile(terms, 'utf8')).trim(), new Set([from]))
  }
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<string, string>
    const files = (await readdir(folder)).filter((file) => LICENSE_FILE.test(file)).toSorted()
    const texts = await Promise.all(files.map(async (file) => (await readFile(join(folder, file), 'utf8')).trim()))
    for (const text of texts.length === 0 ? [`${license}`] : texts) {
      const names = owners.get(text) ?? new Set()
      owners.set(text, names.add(`${name} ${version} (${license})`))
    }
  }
  const parts = [...owners].map(([text, names]) => `${[...names].join('\n')}\n\n${text}`)
  return `This program contains code of others, under these terms.\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}
