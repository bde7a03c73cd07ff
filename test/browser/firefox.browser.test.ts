import type { Browser } from 'playwright-core'
import type { Browser as Firefox } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findFirefox } from '../../scripts/firefox.ts'
import { Cable } from './cable.ts'
import { FirefoxPerson, meanColour, startFirefox, type Colour } from './firefox.ts'
import { join, reads, say, sees, seesAndHears, startChromium, startRelay, until, type Person, type TestRelay } from './harness.ts'

const path = findFirefox()

/** Fakes of Firefox's change their colour slowly: a picture that is this near, of 255 in each channel, is the same one. */
const NEAR = 40
/** And one that is this far away is a later one. */
const FAR = 60

/** Chromium's people are green, which Firefox's fake camera never is. */
const GREEN = { width: 320, height: 180, framesPerSecond: 10, tint: [70, 70] } as const

describe.skipIf(path === undefined)(`Firefox${path === undefined ? ' (skipped: there is none here)' : ''}`, () => {
  let chromium: Browser
  let firefox: Firefox
  let relay: TestRelay

  beforeAll(async () => {
    [chromium, firefox, relay] = await Promise.all([startChromium(GREEN), startFirefox(path ?? ''), startRelay([], { webrtcDirect: { enabled: false } })])
  })

  afterAll(async () => {
    await Promise.all([chromium.close(), firefox.close(), relay.stop()])
  })

  test('and Chromium see and hear each other, talk, mute and leave', async () => {
    const anna = await join(chromium, relay.url, 'two browsers', { name: 'Anna' })
    const fox = await FirefoxPerson.join(firefox, relay.url, 'two browsers', 'Fox')
    const ben = await join(chromium, relay.url, 'two browsers', { name: 'Ben' })
    await fox.sees(['Anna', 'Ben'])
    await fox.seesAndHears(2)
    for (const person of [anna, ben]) await seesAndHears(person, 2)

    const green = (colour: Colour | null): boolean => colour !== null && colour[1] > colour[0] + NEAR && colour[1] > colour[2] + NEAR
    await until('Fox to see green pictures', async () => green(await fox.colour(tileOf(await peerOf(ben, 'Anna')))) && green(await fox.colour(tileOf(await peerOf(anna, 'Ben')))))
    await Promise.all([anna, ben].map((person) => looksLike(person, fox)))

    await say(anna, 'hello Fox')
    await fox.reads('hello Fox')
    await fox.say('hello from Firefox')
    for (const person of [anna, ben]) await reads(person, 'hello from Firefox')

    await fox.press('mute')
    await tile(anna, 'Fox').getByTestId('tile-muted').waitFor()
    await anna.page.getByTestId('mute').click()
    await fox.shows(`${tileOf(await peerOf(ben, 'Anna'))} >>> [data-testid="tile-muted"]`)

    await fox.press('camera')
    await until('Anna to see that Fox has no picture', async () => await tile(anna, 'Fox').locator('.avatar').count() === 1)
    await fox.press('camera')
    await until('Anna to see Fox again', async () => await tile(anna, 'Fox').locator('.avatar').count() === 0)
    await looksLike(anna, fox)

    await anna.page.getByTestId('screen').click()
    await fox.shows('[data-testid="screen-tile"]')
    await until("Fox to see Anna's screen", async () => await fox.colour('[data-testid="screen-tile"]') !== null)

    await anna.page.getByTestId('leave').click()
    await fox.sees(['Ben'])
    await fox.close()
    await sees(ben, [])
    expect(fox.errors).toEqual([])
    await Promise.all([anna.context.close(), ben.context.close()])
  })

  test('keeps its call with Chromium when the path between them has to be found anew', async () => {
    const cable = new Cable(relay)
    const anna = await join(chromium, relay.url, 'another path', { name: 'Anna', context: await cable.profile(chromium) })
    const fox = await FirefoxPerson.join(firefox, relay.url, 'another path', 'Fox')
    await fox.seesAndHears(1)
    await seesAndHears(anna, 1)
    const made = await fox.connectionsMade()
    const generation = await fox.iceGenerations()
    cable.moveMedia()
    await until('ICE to be restarted', async () => await fox.iceGenerations() !== generation)
    await fox.seesAndHears(1)
    await seesAndHears(anna, 1)
    await looksLike(anna, fox)
    expect(await fox.connectionsMade(), 'an ICE restart does; nothing has to be built anew').toBe(made)
    await Promise.all([fox.close(), anna.context.close()])
    cable.stop()
  })
})

function tile({ page }: Person, name: string) {
  return page.locator('[data-testid="tile"]:not([data-self])', { hasText: name })
}

async function peerOf(person: Person, name: string): Promise<string> {
  return await tile(person, name).getAttribute('data-peer') ?? ''
}

function tileOf(peer: string): string {
  return `[data-testid="tile"][data-peer="${peer}"]`
}

/** Waits until somebody sees on Firefox's tile what that films, now and when it has become another picture. */
async function looksLike(person: Person, fox: FirefoxPerson): Promise<void> {
  let first: Colour | null = null
  const difference = (a: Colour, b: Colour): number => Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? 0))))
  await until(`${person.name} to see what Fox films`, async () => {
    const [filmed, seen] = await Promise.all([fox.colour('[data-testid="tile"][data-self]'), tile(person, fox.name).locator('video').evaluate(meanColour)])
    if (filmed === null || seen === null || difference(filmed, seen) > NEAR) return false
    first ??= filmed
    return difference(filmed, first) > FAR
  })
}
