import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { arrived, join, reads, relayToRelay, say, sees, seesAndHears, startChromium, startRelay, until } from './harness.ts'
import type { Person, TestRelay } from './harness.ts'

describe('a call over three relays', () => {
  let browser: Browser
  const relays: TestRelay[] = []

  beforeAll(async () => {
    browser = await startChromium()
    const first = await startRelay()
    relays.push(first, await startRelay([relayToRelay(first)]), await startRelay([relayToRelay(first)]))
  })

  afterAll(async () => {
    await browser.close()
    await Promise.all(relays.map((relay) => relay.stop()))
  })

  test('people on different relays meet, a third joins later, and the call outlives every relay', async () => {
    const [r1, r2, r3] = relays as [TestRelay, TestRelay, TestRelay]
    const anna = await join(browser, r1.url, 'three relays', { name: 'Anna' })
    const ben = await join(browser, r2.url, 'three relays', { name: 'Ben' })
    await sees(anna, ['Ben'])
    await sees(ben, ['Anna'])
    await say(anna, 'hello from Anna')
    await reads(ben, 'hello from Anna')

    const carla = await join(browser, r3.url, 'three relays', { name: 'Carla' })
    const people: Person[] = [anna, ben, carla]
    await sees(anna, ['Ben', 'Carla'])
    await sees(ben, ['Anna', 'Carla'])
    await sees(carla, ['Anna', 'Ben'])
    for (const person of people) await seesAndHears(person, 2)
    await reads(carla, 'hello from Anna')

    await Promise.all(relays.splice(0).map((relay) => relay.stop()))
    for (const { name, page } of people) {
      await until(`${name} to notice that no relay is left`, async () => await page.getByTestId('network-status').getAttribute('data-relays') === '0')
    }

    for (const person of people) await seesAndHears(person, 2)
    await say(ben, 'no relay is left')
    for (const person of people) await reads(person, 'no relay is left')

    await anna.page.getByTestId('mute').click()
    for (const person of [ben, carla]) {
      await person.page.locator('[data-testid="tile"]', { hasText: 'Anna' }).getByTestId('tile-muted').waitFor()
    }

    const before = await arrived(carla)
    await ben.page.getByTestId('screen').click()
    for (const person of [anna, carla]) await person.page.getByTestId('screen-tile').first().waitFor()
    for (const person of [anna, carla]) {
      await until(`${person.name} to see the shared screen`, () => person.page.getByTestId('screen-tile').first().locator('video').evaluate(
        (video: HTMLVideoElement) => video.videoWidth > 0 && video.getVideoPlaybackQuality().totalVideoFrames > 0))
    }
    expect((await arrived(carla)).connections).toBe(before.connections)
    for (const person of people) await sees(person, people.filter((each) => each !== person).map((each) => each.name))
  })
})
