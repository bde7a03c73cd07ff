/** `npm run size`: what a visitor must load, after gzip, against the limits we hold ourselves to. Exits with 1 above them. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { buildApp, isBuilt } from './build-app.ts'
import { closure } from './vite/preload-chunks.ts'

/** Vite's build manifest, as far as we read it. https://vite.dev/guide/backend-integration */
interface Chunk {
  file: string
  isEntry?: boolean
  imports?: string[]
  dynamicImports?: string[]
  css?: string[]
  assets?: string[]
}

const NOISE_PACKAGE = fileURLToPath(new URL('../node_modules/@chainsafe/libp2p-noise/dist/src/', import.meta.url))
const DIST = fileURLToPath(new URL('../dist/', import.meta.url))
const PAGE = 'index.html'
/** What the page loads by itself at once, beside its first paint. */
const CALL = 'src/call.ts'
/** Bytes after gzip before anything can be seen, before a call can begin, and of what is loaded only when asked for: dialogs, QR codes. */
const LIMITS = { 'first paint': 60_000, 'everything for a call': 330_000, 'on demand': 60_000 }
/** Noise's protocol name, which its code contains and nobody else's. */
const NOISE_MARKER = 'Noise_XX_25519_ChaChaPoly_SHA256'

if (!await isBuilt()) await buildApp()
const manifest = JSON.parse(await readFile(join(DIST, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
const early = closure([PAGE], (name) => manifest[name]?.imports ?? [])
const call = closure([PAGE, CALL], (name) => manifest[name]?.imports ?? [])
const all = closure([PAGE], (name) => [...manifest[name]?.imports ?? [], ...manifest[name]?.dynamicImports ?? []])
const [paintBytes, callBytes, allBytes] = [await gzipOf(early), await gzipOf(call), await gzipOf(all)]
const sizes = { 'first paint': paintBytes, 'everything for a call': callBytes, 'on demand': allBytes - callBytes }
const copies = await markersIn(join(DIST, 'assets')) / await markersIn(NOISE_PACKAGE)

let failed = copies !== 1
for (const [what, limit] of Object.entries(LIMITS)) {
  const size = sizes[what as keyof typeof LIMITS]
  if (size > limit) failed = true
  console.log(`${what}: ${kilobytes(size)} of ${kilobytes(limit)} gzip${size > limit ? ' -- too large' : ''}`)
}
console.log(`Noise ships ${copies === 1 ? 'once' : `${copies} times -- should be once`}`)
if (failed) process.exit(1)

/** The page, and the files of these chunks with their styles and workers, each compressed by itself. */
async function gzipOf(chunks: ReadonlySet<string>): Promise<number> {
  const files = new Set([PAGE])
  for (const name of chunks) {
    const { file, css = [], assets = [] } = manifest[name] ?? {}
    for (const each of [file, ...css, ...assets]) if (each !== undefined) files.add(each)
  }
  const bodies = await Promise.all([...files].map((file) => readFile(join(DIST, file))))
  return bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0)
}

async function markersIn(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'))
  const sources = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return sources.reduce((sum, source) => sum + source.split(NOISE_MARKER).length - 1, 0)
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} KB`
}
