import { afterAll, beforeAll, expect, test } from 'vitest'
import { join, seesAndHears, startBrowserAndRelay, until, type Person } from './harness.ts'

let started: Awaited<ReturnType<typeof startBrowserAndRelay>>
beforeAll(async () => { started = await startBrowserAndRelay() })
afterAll(() => started.stop())

/** How many are compared with what came meanwhile: a picture is sent at no steady rate. */
const READINGS = 4

/** Of the camera that arrives: what the panel shows, and what the connection counts. */
async function shown({ page }: Person): Promise<string> {
  return await page.locator('[data-flow="received camera"]').first().innerText()
}

function counted({ page }: Person): Promise<{ bytes: number, at: number, size: string }> {
  return page.evaluate(async () => {
    const { peerConnections } = globalThis as unknown as { peerConnections: RTCPeerConnection[] }
    for (const pc of peerConnections) {
      for (const entry of (await pc.getStats()).values()) {
        if (entry.type === 'inbound-rtp' && entry.kind === 'video' && entry.bytesReceived > 0) {
          return { bytes: entry.bytesReceived, at: entry.timestamp, size: `${entry.frameWidth} × ${entry.frameHeight}` }
        }
      }
    }
    throw new Error('no video arrives')
  })
}

test('the statistics panel shows what the connection counts, and is read only while it is open', async () => {
  const { browser, relay } = started
  const anna = await join(browser, relay.url, 'numbers', { name: 'Anna' })
  await join(browser, relay.url, 'numbers', { name: 'Ben' })
  await seesAndHears(anna, 1)
  await anna.page.getByTestId('menu').click()
  await anna.page.getByTestId('statistics').click()
  await anna.page.locator('[data-flow="received camera"]').waitFor()
  const before = await counted(anna)
  const rates: number[] = []
  let last = await shown(anna)
  await until('some readings', async () => {
    const text = await shown(anna)
    if (text === last) return false
    last = text
    const rate = /([\d.]+) (k|M)bit/.exec(text)
    return rates.push(Number(rate?.[1]) * (rate?.[2] === 'M' ? 1_000 : 1)) === READINGS
  })
  const now = await counted(anna)
  const wanted = (now.bytes - before.bytes) * 8 / (now.at - before.at)
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length
  expect(mean).toBeGreaterThan(wanted / 2)
  expect(mean).toBeLessThan(wanted * 2)
  expect(await shown(anna)).toContain(now.size)
  expect(await shown(anna)).toContain('VP8')

  const timers = await anna.page.evaluate(() => (globalThis as unknown as { intervals: Set<unknown> }).intervals.size)
  await anna.page.getByTestId('statistics-close').click()
  await anna.page.getByTestId('statistics-panel').waitFor({ state: 'detached' })
  expect(await anna.page.evaluate(() => (globalThis as unknown as { intervals: Set<unknown> }).intervals.size)).toBe(timers - 1)
})
