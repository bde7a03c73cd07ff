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
const LIMITS = {
  'first paint': 48_000, 'everything for a call': 368_000,
  // Dialogs, and what records a call: file formats, planes of pictures, the writer.
  'on demand': 100_000,
  // RNNoise and its worklet; MediaPipe, nine tenths of which is one file of WebAssembly.
  'noise suppression': 140_000, 'backgrounds': 2_200_000,
  // All words of one language; nobody loads two.
  'largest language': 16_000,
}
/** What effects are loaded by: they are larger than all the rest, and have limits of their own. */
const NOISE = 'src/media/effects/noise-engine.ts'
const BACKGROUND = 'src/media/effects/background-engine.ts'
/** Files of effects that stand in for others: for browsers without SIMD, and the model for upright pictures. */
const STAND_INS = /\/(rnnoise|selfie_segmentation_solution_wasm_bin)-|\/selfie_segmentation-[^/]*\.tflite/
/** What makes the key of a public topic: fetched beside the first paint by who comes with the name of one, and nothing waits for it before the call. */
const STRETCHER = /\/stretch-worker-/
/** Noise's protocol name, which its code contains and nobody else's. */
const NOISE_MARKER = 'Noise_XX_25519_ChaChaPoly_SHA256'

if (!await isBuilt()) await buildApp()
const manifest = JSON.parse(await readFile(join(DIST, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
const early = closure([PAGE], (name) => manifest[name]?.imports ?? [])
const call = closure([PAGE, CALL], (name) => manifest[name]?.imports ?? [])
const all = closure([PAGE], (name) => [...manifest[name]?.imports ?? [], ...manifest[name]?.dynamicImports ?? []])
const noise = await filesOf(new Set([NOISE]))
const background = [...await filesOf(new Set([BACKGROUND])), ...await mediaPipe()]
const effects = new Set([NOISE, BACKGROUND])
const languages = Object.keys(manifest).filter((name) => name.startsWith('src/ui/languages/'))
const asked = new Set([...all].filter((name) => !call.has(name) && !effects.has(name) && !languages.includes(name)))
const sizes = {
  'first paint': await gzipOf([PAGE, ...(await filesOf(early)).filter((file) => !STRETCHER.test(file))]),
  'everything for a call': await gzipOf([PAGE, ...await filesOf(call)]),
  'on demand': await gzipOf(await filesOf(asked)),
  'noise suppression': await gzipOf(noise),
  'backgrounds': await gzipOf(background),
  'largest language': Math.max(...await Promise.all(languages.map(async (name) => gzipOf(await filesOf(new Set([name])))))),
}
const copies = await markersIn(join(DIST, 'assets')) / await markersIn(NOISE_PACKAGE)

let failed = copies !== 1
for (const [what, limit] of Object.entries(LIMITS)) {
  const size = sizes[what as keyof typeof LIMITS]
  if (size > limit) failed = true
  console.log(`${what}: ${kilobytes(size)} of ${kilobytes(limit)} gzip${size > limit ? ' -- too large' : ''}`)
}
console.log(`Noise ships ${copies === 1 ? 'once' : `${copies} times -- should be once`}`)
if (failed) process.exit(1)

/** The files of these chunks with their styles and workers, without stand-ins. */
async function filesOf(chunks: ReadonlySet<string>): Promise<string[]> {
  const files = [...chunks].flatMap((name) => {
    const { file, css = [], assets = [] } = manifest[name] ?? {}
    return [file, ...css, ...assets].filter((each) => each !== undefined)
  })
  return [...new Set(files)].filter((file) => !STAND_INS.test(file))
}

/** What the worker of backgrounds loads, which the manifest does not list. */
async function mediaPipe(): Promise<string[]> {
  const names = (await readdir(join(DIST, 'assets'))).map((name) => `assets/${name}`)
  return names.filter((name) => /selfie_segmentation/.test(name) && !/\.(br|gz)$/.test(name) && !STAND_INS.test(name))
}

/** The sum of these files, each compressed by itself. */
async function gzipOf(files: readonly string[]): Promise<number> {
  const bodies = await Promise.all(files.map((file) => readFile(join(DIST, file))))
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
