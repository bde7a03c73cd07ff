/** Real links on bad lines: what is given up, what is not, and what comes back. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { MIRROR_HOST } from '../../bench/join/delay-proxy.ts'
import { installIceDetour } from '../../bench/join/ice-detour.ts'
import { findChromium } from '../../scripts/chromium.ts'
import { CHROMIUM_FLAGS } from '../browser/harness.ts'
import type * as ThinPage from './thin-page.ts'
import { UdpLine } from './udp-line.ts'

declare global {
  var thinPage: typeof ThinPage
}

const ROOT = join(import.meta.dirname, '../..')
/** Machines that run tests are busy, and a path's estimate takes its time. */
const PATIENCE_MS = 100_000
const TEST_MS = 240_000

let cacheDir: string
let server: ViteDevServer
let browser: Browser
let page: Page
let ended: AbortController
let line: UdpLine

beforeAll(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'parley-vite-'))
  server = await createServer({
    root: ROOT, cacheDir, configFile: false, appType: 'custom', logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    plugins: [{
      name: 'blank-page',
      configureServer: ({ middlewares }) => {
        middlewares.use('/blank', (_request, response) => void response.setHeader('content-type', 'text/html').end('<!doctype html><body>'))
      },
    }],
  })
  await server.listen()
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium: run `npm test`, or set CHROME_PATH')
  browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS, '--disable-features=WebRtcHideLocalIpsWithMdns'] })
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await rm(cacheDir, { recursive: true, force: true })
})

beforeEach(async () => {
  ended = new AbortController()
  line = new UdpLine({ signal: ended.signal })
  page = await browser.newPage()
  await page.exposeFunction('benchAnnounce', line.add.bind(line))
  await page.addInitScript(installIceDetour, MIRROR_HOST)
  await page.goto(new URL('/blank', server.resolvedUrls?.local[0]).href)
  // As text, because the test runner would rewrite the import for itself.
  await page.evaluate("import('/test/media/thin-page.ts').then((module) => { globalThis.thinPage = module })")
})

afterEach(async () => {
  await page.close()
  ended.abort()
})

/** Waits until what has arrived, compared with what had arrived before, is so. */
async function until(what: string, holds: (now: ThinPage.Arrival, before: ThinPage.Arrival) => boolean): Promise<void> {
  const before = await page.evaluate(() => thinPage.arrival())
  let now = before
  for (const end = Date.now() + PATIENCE_MS; !holds(now, before);) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}: ${JSON.stringify({ before, now })}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
    now = await page.evaluate(() => thinPage.arrival())
  }
}

const flows = (now: ThinPage.Arrival, before: ThinPage.Arrival): boolean => now.frames > before.frames + 10 && now.packets > before.packets + 50

test('on a line that carries sound and no more the camera is held and the receiver told; it comes back with the line', async () => {
  await page.evaluate(() => thinPage.meet())
  await until('sound and picture flow', flows)
  line.set({ delayMs: 20, kbps: 55, queueBytes: 8_000 })
  await until('the camera is held', ({ held }) => held)
  await until('sound flows although the picture stands still', (now, before) => now.held && now.packets > before.packets + 50)
  line.set({ delayMs: 20 })
  await until('the camera is back', ({ held }) => !held)
  await until('sound and picture flow again', (now, before) => !now.held && flows(now, before))
}, TEST_MS)

test('each packet of sound carries the one before as well, in both directions', async () => {
  await page.evaluate(() => thinPage.meet())
  await expect.poll(async () => Math.min(...await page.evaluate(() => thinPage.copiesOfSound())), { timeout: PATIENCE_MS }).toBeGreaterThan(1.7)
}, TEST_MS)

test('where packets get lost, sound is sent again, and what arrives waits for it; less so once the loss is over', async () => {
  const playout = (): Promise<number> => page.evaluate(() => thinPage.playout())
  line.set({ delayMs: 10, loss: 0.1 })
  await page.evaluate(() => thinPage.meet())
  await until('lost sound is repeated', (now) => now.repeated > 20)
  await expect.poll(playout, { timeout: PATIENCE_MS }).toBeGreaterThan(100)
  const before = await playout()
  line.set({ delayMs: 10 })
  await expect.poll(playout, { timeout: PATIENCE_MS }).toBeLessThan(before)
}, TEST_MS)
