import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Cable } from './cable.ts'
import { join, othersSeenBy, reads, say, sees, seesAndHears, startChromium, startRelay, until } from './harness.ts'
import type { Person, TestRelay } from './harness.ts'

/** A connection state on somebody's tile. */
async function shows({ page, name }: Person, other: string, state: string, ms = 60_000): Promise<void> {
  const tile = page.locator(`[data-testid="tile"]:not([data-self])[data-connection="${state}"]`).filter({ hasText: other })
  await until(`${name} to see ${other} as ${state}`, async () => await tile.count() === 1, ms)
}

/** Notes each connection state that somebody's tile shows from now on, however short: what is soon over is missed by asking. */
async function noteStates({ page }: Person, other: string): Promise<() => Promise<string[]>> {
  const tile = page.locator('[data-testid="tile"]:not([data-self])').filter({ hasText: other })
  const states = await tile.evaluateHandle((element) => {
    const noted: string[] = []
    new MutationObserver(() => noted.push(element.getAttribute('data-connection') ?? '')).observe(element, { attributeFilter: ['data-connection'] })
    return noted
  })
  return async () => await states.jsonValue()
}

describe('a broken path', () => {
  let browser: Browser
  let relay: TestRelay
  let cable: Cable
  let anna: Person
  let ben: Person

  beforeAll(async () => {
    browser = await startChromium()
    // Its only door is the one that the cable leads to.
    relay = await startRelay([], { webrtcDirect: { enabled: false } })
  })

  afterAll(async () => {
    await browser.close()
    await relay.stop()
  })

  beforeEach(async ({ task }) => {
    cable = new Cable(relay)
    anna = await join(browser, relay.url, task.id, { name: 'Anna', context: await cable.profile(browser) })
    ben = await join(browser, relay.url, task.id, { name: 'Ben' })
    await sees(anna, ['Ben'])
    await seesAndHears(anna, 1)
    await seesAndHears(ben, 1)
  }, 180_000)

  afterEach(async () => {
    await Promise.all([anna.context.close(), ben.context.close()])
    cable.stop()
  })

  test('is told by the tile: direct, or through which relay', async () => {
    await anna.page.getByTestId('tile-path').and(anna.page.getByLabel(/^Through relay 127\.0\.0\.1 \(UDP\)/)).waitFor()
    await ben.page.getByTestId('tile-path').and(ben.page.getByLabel(/^Through relay 127\.0\.0\.1/)).waitFor()
  })

  test('that is whole again after a long cut is used again, and everybody is where they were and knows what was said', async () => {
    cable.pull()
    await shows(anna, 'Ben', 'reconnecting')
    await anna.page.getByTestId('outage').waitFor()
    // Ben knows that his own network is well, so that it is Anna who is away.
    await sees(ben, [])
    await say(ben, 'where are you?')
    await anna.page.locator('[data-testid="outage"][data-reach="no-relay"]').waitFor()
    expect(await othersSeenBy(anna)).toEqual(['Ben'])
    cable.plug()
    await sees(ben, ['Anna'])
    await shows(anna, 'Ben', 'connected')
    await seesAndHears(anna, 1)
    await seesAndHears(ben, 1)
    await anna.page.getByTestId('outage').waitFor({ state: 'detached' })
    await reads(anna, 'where are you?')
  }, 120_000)

  test('on which one direction is blocked is broken for both, and heals', async () => {
    cable.letMedia({ up: false, down: true })
    await shows(ben, 'Anna', 'reconnecting')
    // Anna still hears Ben, who tells her that he does not hear her.
    await shows(anna, 'Ben', 'reconnecting')
    cable.letMedia({ up: true, down: true })
    await shows(anna, 'Ben', 'connected')
    await seesAndHears(anna, 1)
    await seesAndHears(ben, 1)
  }, 120_000)

  test('is replaced when the address at one end changes in the middle of the call', async () => {
    const states = await noteStates(ben, 'Anna')
    cable.moveMedia()
    await until('Ben to have seen Anna reconnect', async () => (await states()).join(' ').endsWith('reconnecting connected'))
    await shows(anna, 'Ben', 'connected')
    await seesAndHears(anna, 1)
    await seesAndHears(ben, 1)
  }, 120_000)

  test('between two people who still talk to the room is told as such, and tried again', async () => {
    cable.letMedia({ up: false, down: false })
    await shows(ben, 'Anna', 'unreachable', 60_000)
    expect(await othersSeenBy(ben)).toEqual(['Anna'])
    cable.letMedia({ up: true, down: true })
    await shows(ben, 'Anna', 'connected', 60_000)
    await seesAndHears(ben, 1)
  }, 180_000)
})
