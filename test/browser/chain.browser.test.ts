import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { join, reads, relayToRelay, say, sees, seesAndHears, startChromium, startRelay, until } from './harness.ts'
import type { TestRelay } from './harness.ts'

const LENGTH = 10
/** Ten relays and two pages share two cores. */
const TIME_LIMIT_MS = 300_000

describe('ten relays of which each knows only the one before it', () => {
  let browser: Browser
  let relays: TestRelay[]

  beforeAll(async () => {
    browser = await startChromium()
    relays = [await startRelay()]
    for (let index = 1; index < LENGTH; index++) relays.push(await startRelay([relayToRelay(relays[index - 1]!)]))
  })

  afterAll(async () => {
    await browser.close()
    await Promise.all(relays.map((relay) => relay.stop()))
  })

  /** Connected relays of each relay that still runs. */
  function neighbours(): number[] {
    const ids = new Set(relays.map(({ relay }) => relay.peerId))
    return relays.map(({ relay }) => relay.libp2p.getPeers().filter((peer) => ids.has(peer.toString())).length)
  }

  test('people at the ends meet although a relay between them was lost, and their call outlives all those between', { timeout: TIME_LIMIT_MS }, async () => {
    await until('every relay to have neighbours beyond the chain', async () => neighbours().every((count) => count >= 4), 60_000)
    await Promise.all(relays.splice(5, 1).map((relay) => relay.stop()))
    const [first, last] = [relays[0]!, relays.at(-1)!]
    const anna = await join(browser, first.url, 'chain', { name: 'Anna' })
    const ben = await join(browser, last.url, 'chain', { name: 'Ben' })
    await sees(anna, ['Ben'], 60_000)
    await sees(ben, ['Anna'], 60_000)
    await seesAndHears(anna, 1)
    await seesAndHears(ben, 1)

    await Promise.all(relays.splice(1, LENGTH - 3).map((relay) => relay.stop()))
    expect(relays).toEqual([first, last])
    for (const person of [anna, ben]) await seesAndHears(person, 1)
    await say(anna, 'only the ends are left')
    await reads(ben, 'only the ends are left')
  })
})
