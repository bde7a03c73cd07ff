import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { colourOf, isLike, joinColoured, speak, type Colour } from './coloured-people.ts'
import { arrived, arriving, choose, openThings, sees, startBrowserAndRelay, until, type Person, type TestRelay } from './harness.ts'

const RED: Colour = [200, 40, 40]
const GREEN: Colour = [40, 170, 60]
const BLUE: Colour = [40, 60, 200]
/** Two tiles high: our own and one other. */
const NARROW = { width: 212, height: 380 }
const ROOMY = { width: 640, height: 480 }
/** While so many samples of sound are played, of 48000 a second, several frames of ten a second come. */
const LOOK_SAMPLES = 36_000

let browser: Browser
let relay: TestRelay
let stop: () => Promise<void>

beforeAll(async () => {
  ({ browser, relay, stop } = await startBrowserAndRelay())
})
afterAll(() => stop())

/** From how many people new pictures arrive. */
async function pictures(person: Person): Promise<number> {
  return (await arriving(person, LOOK_SAMPLES)).frames.filter((count) => count > 0).length
}

/** The name on the largest tile. */
async function largest({ page }: Person): Promise<string> {
  const sizes = await page.locator('[data-testid=tile]').evaluateAll((tiles) => tiles.map((tile) => {
    const { width, height } = tile.getBoundingClientRect()
    return { area: width * height, name: tile.shadowRoot?.querySelector('[data-testid=tile-name]')?.textContent?.trim() ?? '' }
  }))
  return sizes.toSorted((a, b) => b.area - a.area)[0]?.name ?? ''
}

test('only who is seen sends a picture, the ring and the large tile follow who makes sound, and a pin holds whom it is on', async () => {
  const anna = await joinColoured(browser, relay.url, 'stage', 'Anna', RED, NARROW)
  const ben = await joinColoured(browser, relay.url, 'stage', 'Ben', GREEN)
  const cleo = await joinColoured(browser, relay.url, 'stage', 'Cleo', BLUE)
  for (const [person, others] of [[anna, ['Ben', 'Cleo']], [ben, ['Anna', 'Cleo']], [cleo, ['Anna', 'Ben']]] as const) await sees(person, [...others])
  const tile = (name: string) => anna.page.locator('[data-testid=tile]', { hasText: name })

  // One other on each page.
  await anna.page.getByTestId('page').waitFor()
  const isSeen = async (name: string): Promise<boolean> => tile(name).isVisible()
  const [first, second] = await isSeen('Ben') ? ['Ben', 'Cleo'] : ['Cleo', 'Ben']
  const colours: Record<string, Colour> = { Ben: GREEN, Cleo: BLUE }
  await until('one picture to come, and the other one to stop', async () => await pictures(anna) === 1)
  await until(`the picture to be ${first}'s`, async () => isLike(await colourOf(anna, first), colours[first] ?? RED))
  await anna.page.keyboard.press('PageDown')
  await tile(second).waitFor()
  await until(`the picture to be ${second}'s`, async () => isLike(await colourOf(anna, second), colours[second] ?? RED))
  await until('the other page’s picture to stop', async () => await pictures(anna) === 1)

  await anna.page.setViewportSize(ROOMY)
  await until('both pictures', async () => await pictures(anna) === 2)
  await choose(anna, 'view-speaker')
  const isSpeaking = (name: string): Promise<boolean> => tile(name).evaluate((each) => each.hasAttribute('speaking'))
  for (const [speaker, listener] of [[cleo, ben], [ben, cleo]] as const) {
    await speak(listener, false)
    await speak(speaker, true)
    await until(`a ring around ${speaker.name}, and ${listener.name} none`, async () => await isSpeaking(speaker.name) && !await isSpeaking(listener.name))
    await until(`${speaker.name} to be large`, async () => await largest(anna) === speaker.name)
    expect(isLike(await colourOf(anna, speaker.name), colours[speaker.name] ?? RED)).toBe(true)
  }

  // Ben goes on speaking.
  await tile('Cleo').hover()
  await tile('Cleo').getByTestId('tile-pin').click()
  await until('Cleo to be large', async () => await largest(anna) === 'Cleo')
  expect(isLike(await colourOf(anna, 'Cleo'), BLUE)).toBe(true)
  expect(await isSpeaking('Ben')).toBe(true)

  const before = await openThings(anna)
  await choose(anna, 'audio-only-item')
  await until('no picture to come any more', async () => await pictures(anna) === 0)
  const { audio } = await arrived(anna)
  await until('sound to go on', async () => (await arrived(anna)).audio.some((energy, index) => energy > (audio[index] ?? 0) + 0.01))
  expect((await openThings(anna)).liveTracks).toBe(before.liveTracks - 1)
  await anna.page.getByTestId('audio-only-end').click()
  await until('both pictures again', async () => await pictures(anna) === 2)
  await until('our own again', async () => isLike(await colourOf(ben, 'Anna'), RED))
}, 180_000)
