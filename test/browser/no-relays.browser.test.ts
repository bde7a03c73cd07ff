import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { join, reads, relayToRelay, say, sees, seesAndHears, startChromium, startRelay, until } from './harness.ts'
import type { Person, TestRelay } from './harness.ts'

const TOPIC = 'castaways'
/** Four pages with cameras share two cores, and wait for each other. */
const TIME_LIMIT_MS = 600_000
const PATIENCE_MS = 120_000
/** Four faces fit on one page, beside a word about the missing relays: who is on another page sends no picture. */
const ROOMY = { width: 640, height: 560 }

/** Waits until the person's page has lost every relay. */
async function isAlone({ page }: Person): Promise<void> {
  await page.locator('[data-testid="network-status"][data-relays="0"]').waitFor({ state: 'attached' })
}

/** Closes the person's newest connection, as a browser does that has run out of something. */
async function breakOneLink({ page }: Person): Promise<void> {
  await page.evaluate(() => {
    const { peerConnections } = globalThis as unknown as { peerConnections: RTCPeerConnection[] }
    peerConnections.findLast((pc) => pc.connectionState === 'connected' && pc.getTransceivers().length > 0)?.close()
  })
}

/** Lets no page of this context reach the relay. */
async function hide({ address }: TestRelay, context: BrowserContext): Promise<void> {
  const port = /\/tcp\/(\d+)\/ws/.exec(address)?.[1]
  await context.routeWebSocket((url) => url.port === port, (socket) => socket.close())
}

describe('a call whose relays have all gone', () => {
  let browser: Browser
  const relays: TestRelay[] = []

  beforeAll(async () => {
    browser = await startChromium({ width: 64, height: 36, framesPerSecond: 5 })
    const first = await startRelay()
    relays.push(first, await startRelay([relayToRelay(first)]))
  })

  afterAll(async () => {
    await browser.close()
    await Promise.all(relays.map((relay) => relay.stop()))
  })

  async function enter(name: string, { url }: TestRelay): Promise<Person> {
    const context = await browser.newContext({ permissions: ['camera', 'microphone'], viewport: ROOMY })
    context.setDefaultTimeout(PATIENCE_MS)
    return join(browser, url, TOPIC, { name, context })
  }

  /** Waits until each of these people sees and hears each other one. */
  async function areTogether(...people: Person[]): Promise<void> {
    for (const person of people) {
      await sees(person, people.filter((each) => each !== person).map(({ name }) => name), PATIENCE_MS)
      await seesAndHears(person, people.length - 1, PATIENCE_MS)
    }
  }

  test('goes on, mends its links, and is found by whoever finds one of its members', { timeout: TIME_LIMIT_MS }, async () => {
    const [first, second] = [relays[0]!, relays[1]!]
    const [anna, ben, carla] = [await enter('Anna', first), await enter('Ben', first), await enter('Carla', second)]
    await areTogether(anna, ben, carla)

    await Promise.all(relays.splice(0).map((relay) => relay.stop()))
    for (const person of [anna, ben, carla]) await isAlone(person)
    await say(anna, 'we are on our own')
    for (const person of [ben, carla]) await reads(person, 'we are on our own')
    await ben.page.getByTestId('screen').click()
    for (const person of [anna, carla]) await person.page.getByTestId('screen-tile').first().waitFor()
    // Beside a screen the faces would take two pages.
    await ben.page.getByTestId('stop-sharing').click()

    await breakOneLink(anna)
    await areTogether(anna, ben, carla)
    await say(carla, 'all of us again')
    for (const person of [anna, ben]) await reads(person, 'all of us again')

    // By WebSocket only, for that is the way that is closed to Anna and Carla.
    const third = await startRelay([], { webrtcDirect: { enabled: false } })
    relays.push(third)
    for (const { context } of [anna, carla]) await hide(third, context)
    await ben.page.evaluate((address) => {
      location.hash = `${location.hash.split('?')[0]}?relay=${encodeURIComponent(address)}`
    }, third.address)
    await until('Ben to be on the new relay', async () => third.relay.libp2p.getPeers().length === 1, PATIENCE_MS)
    const dora = await enter('Dora', third)
    await areTogether(anna, ben, carla, dora)
    await say(dora, 'found you')
    for (const person of [anna, ben, carla]) await reads(person, 'found you')
    for (const person of [anna, carla]) await isAlone(person)
    expect(third.relay.libp2p.getPeers()).toHaveLength(2)
  })
})
