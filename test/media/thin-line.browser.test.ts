/** Real links on bad lines: what is given up, what is not, and what comes back. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { MIRROR_HOST } from '../../bench/join/delay-proxy.ts'
import { installIceDetour } from '../../bench/join/ice-detour.ts'
import { startSourcePages, type SourcePages } from './source-pages.ts'
import type * as ThinPage from './thin-page.ts'
import { UdpLine } from './udp-line.ts'

declare global {
  var thinPage: typeof ThinPage
}

/** Machines that run tests are busy, and a path's estimate takes its time. */
const PATIENCE_MS = 100_000
const TEST_MS = 240_000

let pages: SourcePages
let page: Page
let ended: AbortController
let line: UdpLine

beforeAll(async () => { pages = await startSourcePages(['--disable-features=WebRtcHideLocalIpsWithMdns']) }, 60_000)

afterAll(() => pages?.close())

beforeEach(async () => {
  ended = new AbortController()
  line = new UdpLine({ signal: ended.signal })
  page = await pages.open('/test/media/thin-page.ts', 'thinPage', async (opened) => {
    await opened.exposeFunction('benchAnnounce', line.add.bind(line))
    await opened.addInitScript(installIceDetour, MIRROR_HOST)
  })
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
