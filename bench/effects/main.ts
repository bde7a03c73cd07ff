import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { createServer } from 'vite'
import { findChromium } from '../../scripts/chromium.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { median } from '../fit.ts'
import { progress } from '../report.ts'
import type { FramesTaken, FramesWanted } from './frames-worker.ts'

const ROOT = join(import.meta.dirname, '../..')
const FRAMES = 60
const NOISE_SECONDS = 20
const SIZES = [[640, 360], [1280, 720], [720, 1280]] as const
const BACKGROUNDS: readonly FramesWanted['background'][] = [{ kind: 'scene', name: 'hills' }, { kind: 'blur', strong: true }]

/** How long backgrounds take a picture, and noise suppression a second, in Chromium without graphics hardware. Resolves with the exit code. */
export async function effects(_args: string[], { signal }: Lifetime): Promise<number> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium')
  const cacheDir = await mkdtemp(join(tmpdir(), 'parley-vite-'))
  const server = await createServer({
    root: ROOT, cacheDir, configFile: false, appType: 'custom', logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null }, optimizeDeps: { noDiscovery: true },
    plugins: [{
      name: 'blank-page',
      configureServer: ({ middlewares }) => {
        middlewares.use('/blank', (_request, response) => void response.setHeader('content-type', 'text/html').end('<!doctype html><body>'))
      },
    }],
  })
  await server.listen()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage()
    await page.goto(new URL('/blank', server.resolvedUrls?.local[0]).href)
    const run = <T>(call: string): Promise<T> => page.evaluate(`import('/bench/effects/page.ts').then((page) => page.${call})`)
    console.log('| picture | background | outline, ms | whole picture, ms | slowest, ms | load, ms |\n|---|---|---|---|---|---|')
    for (const [width, height] of SIZES) {
      for (const background of BACKGROUNDS) {
        signal.throwIfAborted()
        progress(`${width}x${height} ${background.kind}`)
        const { loadMs, outlineMs, pictureMs } = await run<FramesTaken>(`frames(${JSON.stringify({ width, height, frames: FRAMES, background })})`)
        // The first pictures still warm up.
        const [outline, whole] = [outlineMs.slice(10), pictureMs.slice(10)]
        console.log(`| ${width} x ${height} | ${background.kind} | ${median(outline).toFixed(1)} | ${median(whole).toFixed(1)} | ${Math.max(...whole).toFixed(0)} | ${loadMs.toFixed(0)} |`)
      }
    }
    const noiseMs = await run<number>(`noise(${NOISE_SECONDS})`)
    console.log(`\nNoise suppression: ${(noiseMs / NOISE_SECONDS).toFixed(1)} ms of work for each second of sound.`)
    return 0
  } finally {
    await browser.close()
    await server.close()
    await rm(cacheDir, { recursive: true, force: true })
  }
}
