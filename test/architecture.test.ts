/** The shape of the house, read from the real files. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const MAX_LINES = 300
const MAX_README_LINES = 20

/** What code of a folder may import: our own folders, the same but types only, and packages. */
interface Rule {
  folders: string[]
  types?: string[]
  packages: RegExp
}

const LIBP2P = /^(@libp2p\/|@chainsafe\/libp2p-noise$|@multiformats\/|multiformats(\/|$)|libp2p$|datastore-)/
const NONE = /^$/

const RULES: Record<string, Rule> = {
  'src/util': { folders: [], packages: /^@preact\/signals-core$/ },
  'src/wire': { folders: ['src/util'], packages: /^@noble\/hashes/ },
  'src/node': { folders: ['src/util', 'src/wire'], packages: LIBP2P },
  'src/media': { folders: ['src/util', 'src/wire'], packages: /^(@sapphi-red\/web-noise-suppressor|@mediapipe\/selfie_segmentation)(\/|$)/ },
  'src/room': { folders: ['src/util', 'src/wire'], types: ['src/node', 'src/media'], packages: NONE },
  'src/offline': { folders: ['src/util'], types: ['src/room'], packages: NONE },
  'src/ui': { folders: ['src/util', 'src/room'], types: ['src/wire', 'src/media'], packages: /^(lit(\/|$)|@lit\/|@lit-labs\/preact-signals$|qr(\/|$))/ },
  'relay': { folders: ['src/util', 'src/wire', 'src/node'], packages: new RegExp(`^(node:|(ws|prom-client|interface-datastore|@ipshipyard/libp2p-auto-tls)$)|${LIBP2P.source}`) }
}

interface Import {
  /** Folder of ours, such as `src/wire`, or undefined for a package. */
  folder: string | undefined
  name: string
  typeOnly: boolean
}

const files = [...sourcesBelow('src'), ...sourcesBelow('relay')]
const folderOf = (file: string): string => file.startsWith('relay/') ? 'relay' : file.split('/').slice(0, 2).join('/')

describe('imports go one way', () => {
  for (const [folder, rule] of Object.entries(RULES)) {
    test(folder, () => {
      const forbidden = files.filter((file) => folderOf(file) === folder)
        .flatMap((file) => importsOf(file).filter((each) => !allowed(folder, rule, each)).map(({ name }) => `${file} imports ${name}`))
      expect(forbidden).toEqual([])
    })
  }

  test('nobody imports main.ts', () => {
    expect(files.filter((file) => importsOf(file).some(({ folder }) => folder === 'src/main.ts'))).toEqual([])
  })

  test('every folder below src has a rule', () => {
    const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(folders.map(({ name }) => `src/${name}`).filter((folder) => RULES[folder] === undefined)).toEqual([])
  })
})

describe('files stay small', () => {
  test(`none has more than ${MAX_LINES} lines`, () => {
    const all = [...files, ...sourcesBelow('test'), ...sourcesBelow('bench'), ...sourcesBelow('scripts')]
    expect(all.filter((file) => linesOf(file) > MAX_LINES).map((file) => `${file}: ${linesOf(file)}`)).toEqual([])
  })

  test(`every folder explains itself in at most ${MAX_README_LINES} lines`, () => {
    const readmes = Object.keys(RULES).map((folder) => `${folder}/README.md`)
    expect(readmes.filter((readme) => linesOf(readme) === 0 || linesOf(readme) > MAX_README_LINES)).toEqual([])
  })
})

test('the scan sees every kind of import', () => {
  const source = withoutComments(`
    import './a.ts'
    import type { B } from '../node/b.ts'
    import {
      c
    } from '../media/c.ts' // import '../ui/not.ts'
    export type Size = number
    export { d } from 'lit'
    const e = () => import('../wire/e.ts')
    new Worker(new URL('./f.ts', import.meta.url))
  `)
  expect(importsOf('src/room/x.ts', source)).toEqual([
    { name: './a.ts', folder: 'src/room', typeOnly: false },
    { name: '../node/b.ts', folder: 'src/node', typeOnly: true },
    { name: '../media/c.ts', folder: 'src/media', typeOnly: false },
    { name: 'lit', folder: undefined, typeOnly: false },
    { name: '../wire/e.ts', folder: 'src/wire', typeOnly: false },
    { name: './f.ts', folder: 'src/room', typeOnly: false }
  ])
})

test('the node never touches the page', () => {
  const page = /\b(document|window)\s*[.[]|\bHTML[A-Z]\w*Element\b/
  const touching = files.filter((file) => folderOf(file) === 'src/node' && page.test(withoutComments(read(file))))
  expect(touching).toEqual([])
})

function allowed(from: string, { folders, types = [], packages }: Rule, { folder, name, typeOnly }: Import): boolean {
  if (folder === undefined) return packages.test(name)
  return folder === from || folders.includes(folder) || (typeOnly && types.includes(folder))
}

/** Static, dynamic and re-exporting imports, and worker URLs. Comments are removed first; strings with imports in them do not occur. */
function importsOf(file: string, source = withoutComments(read(file))): Import[] {
  const found = [
    ...source.matchAll(/\b(?:import|export)\s+(?<type>type\s)?(?:(?:(?!\b(?:import|export)\b)[^'"();])*?\sfrom\s+)?'(?<name>[^']+)'/g),
    ...source.matchAll(/\bimport\(\s*(?<type>)'(?<name>[^']+)'/g),
    ...source.matchAll(/\bnew URL\(\s*(?<type>)'(?<name>\.[^']+\.ts)'/g)
  ]
  return found.map(({ groups = {} }) => {
    const name = groups['name'] ?? ''
    const target = name.startsWith('.') ? toPosix(join(dirname(file), name)) : undefined
    return { name, folder: target === undefined ? undefined : folderOf(target), typeOnly: Boolean(groups['type']) }
  })
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1')
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name))
    .map((entry) => toPosix(relative(ROOT, join(entry.parentPath, entry.name))))
}

function toPosix(path: string): string {
  return path.split(sep).join('/')
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}

/** Lines of a file; 0 when it does not exist. */
function linesOf(file: string): number {
  try {
    return read(file).trimEnd().split('\n').length
  } catch {
    // A missing README is what the test is about.
    return 0
  }
}
