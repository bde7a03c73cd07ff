import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** Everything that decides what is in dist. */
const INPUTS = ['index.html', 'package-lock.json', 'public', 'scripts/vite', 'src', 'tsconfig.json', 'vite.config.ts']
/** Kept beside the build, so that it disappears with it. */
const STAMP = join(ROOT, 'dist', '.inputs')

/** Builds the app into dist. Rejects when the sources do not build. */
export async function buildApp(): Promise<void> {
  const inputs = await hashOfInputs()
  await build({ root: ROOT, logLevel: 'warn' })
  await mkdir(join(ROOT, 'dist'), { recursive: true })
  await writeFile(STAMP, inputs)
}

/** Whether dist was built from the sources as they are now. Compares contents, since checkouts change times. */
export async function isBuilt(): Promise<boolean> {
  const stamp = await readFile(STAMP, 'utf8').catch(() => undefined)
  return stamp === await hashOfInputs()
}

async function hashOfInputs(): Promise<string> {
  const hash = createHash('sha256')
  for (const input of INPUTS) {
    for (const file of await filesIn(input)) hash.update(file).update(await readFile(join(ROOT, file)))
  }
  return hash.digest('hex')
}

/** The file itself, or all files below the folder, in a fixed order; none when it does not exist. */
async function filesIn(input: string): Promise<string[]> {
  const path = join(ROOT, input)
  const info = await stat(path).catch(() => undefined)
  if (info === undefined) return []
  if (info.isFile()) return [input]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length)).sort()
}
