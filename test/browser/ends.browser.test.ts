import type { Browser } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { join, online, open, openThings, othersSeenBy, sees, seesAndHears, startBrowserAndRelay, startChromium, until } from './harness.ts'
import type { TestRelay } from './harness.ts'

describe('ends are clean', () => {
  let browser: Browser
  let relay: TestRelay

  beforeAll(async () => {
    let stop
    ({ browser, relay, stop } = await startBrowserAndRelay())
    return stop
  })

  test('after leaving nothing is open, and the others are told', async () => {
    const anna = await join(browser, relay.url, 'leaving', { name: 'Anna' })
    const ben = await open(browser, relay.url, { name: 'Ben' })
    await ben.page.getByTestId('topic').fill('leaving')
    await online(ben)
    const before = await openThings(ben)
    await ben.page.getByTestId('camera-toggle').click()
    await ben.page.getByTestId('microphone-toggle').click()
    await until('camera and microphone to run', async () => (await openThings(ben)).liveTracks === 2)
    await ben.page.getByTestId('join').click()
    await sees(ben, ['Anna'])
    await sees(anna, ['Ben'])
    await seesAndHears(anna, 1)
    await ben.page.getByTestId('leave').click()
    await ben.page.getByTestId('join').waitFor()
    await sees(anna, [], 5_000)
    await until('everything of the call to be closed', async () => {
      const now = await openThings(ben)
      return now.peerConnections === 0 && now.liveTracks === 0 && now.intervals <= before.intervals
    }, 10_000)
    const { libp2p } = relay.relay
    await anna.page.getByTestId('leave').click()
    await until('the relay to follow no topic any more', async () => libp2p.services.pubsub.getTopics().length === 0)
    await until('no stream to go through the relay any more', async () =>
      libp2p.getConnections().every((connection) => connection.streams.every((stream) => !stream.protocol.includes('/circuit/'))))
    await Promise.all([anna.context.close(), ben.context.close()])
  })

  test('a closed tab is gone long before silence would have told', async () => {
    const anna = await join(browser, relay.url, 'closing', { name: 'Anna' })
    const ben = await join(browser, relay.url, 'closing', { name: 'Ben' })
    await sees(anna, ['Ben'])
    await seesAndHears(anna, 1)
    await ben.page.close({ runBeforeUnload: false })
    await sees(anna, [], 4_000)
    await Promise.all([anna.context.close(), ben.context.close()])
  })

  test('a killed browser is gone without a word', async () => {
    const anna = await join(browser, relay.url, 'killing', { name: 'Anna' })
    const doomed = await startChromium()
    await join(doomed, relay.url, 'killing', { name: 'Ben' })
    await sees(anna, ['Ben'])
    await seesAndHears(anna, 1)
    const closed = new Promise<void>((resolve) => doomed.on('disconnected', () => resolve()))
    const session = await doomed.newBrowserCDPSession()
    session.send('Browser.crash').catch(() => {
      // A browser that dies does not answer.
    })
    await closed
    await sees(anna, [], 20_000)
    await anna.context.close()
  })

  test('a reload comes back as the same person and never leaves a second tile', async () => {
    const anna = await join(browser, relay.url, 'reloading', { name: 'Anna' })
    const ben = await join(browser, relay.url, 'reloading', { name: 'Ben' })
    await sees(anna, ['Ben'])
    const tile = anna.page.locator('[data-testid="tile"]:not([data-self])')
    const before = await tile.getAttribute('data-peer')
    for (let i = 0; i < 3; i++) {
      await ben.page.reload()
      await ben.page.getByTestId('call').waitFor()
      let most = 0
      await until('the reloaded Ben to be seen with a picture', async () => {
        const seen = await othersSeenBy(anna)
        most = Math.max(most, seen.length)
        return seen.length === 1 && (await othersSeenBy(ben)).length === 1
      })
      await seesAndHears(anna, 1)
      expect(most).toBe(1)
      expect(await tile.getAttribute('data-peer')).toBe(before)
    }
    await Promise.all([anna.context.close(), ben.context.close()])
  })
})
