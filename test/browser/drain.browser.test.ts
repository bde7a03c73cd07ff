import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { join, relayToRelay, reads, say, sees, seesAndHears, startChromium, startRelay, until } from './harness.ts'
import type { TestRelay } from './harness.ts'

describe('a relay that is about to stop', () => {
  let browser: Browser
  let staying: TestRelay
  let leaving: TestRelay

  beforeAll(async () => {
    browser = await startChromium()
    staying = await startRelay()
    // Longer than the test may take: that it ends earlier is because everybody has left.
    leaving = await startRelay([relayToRelay(staying)], { drainMs: 110_000 })
  })

  afterAll(async () => {
    await browser.close()
    await Promise.all([staying.stop(), leaving.stop()])
  })

  test('is left by everybody in a call, who never lose each other and can be joined', async () => {
    const anna = await join(browser, leaving.url, 'moving', { name: 'Anna' })
    const ben = await join(browser, leaving.url, 'moving', { name: 'Ben' })
    await sees(anna, ['Ben'])
    await seesAndHears(anna, 1)
    let lost = 0
    const drained = leaving.relay.drain()
    const watch = setInterval(() => {
      void anna.page.locator('[data-testid="tile"]:not([data-self])').count().then((tiles) => { if (tiles !== 1) lost++ })
    }, 100)
    await drained
    clearInterval(watch)
    expect(lost).toBe(0)
    await leaving.stop()
    for (const { page } of [anna, ben]) {
      await until('the page to be connected', async () => await page.locator('[data-testid="network-status"][data-relays="0"]').count() === 0)
    }
    const carla = await join(browser, staying.url, 'moving', { name: 'Carla' })
    await sees(carla, ['Anna', 'Ben'])
    await sees(anna, ['Ben', 'Carla'])
    await seesAndHears(carla, 2)
    await say(carla, 'still here')
    await reads(anna, 'still here')
    await Promise.all([anna.context.close(), ben.context.close(), carla.context.close()])
  })
})
