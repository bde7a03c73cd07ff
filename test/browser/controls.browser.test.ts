import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { joinColoured, speak } from './coloured-people.ts'
import { arrived, arriving, join, sees, seesAndHears, startBrowserAndRelay, THREE_CAMERAS, until } from './harness.ts'
import type { Person, TestRelay } from './harness.ts'

/** Without any sound, these are silence and no pause; of 48000 a second. */
const QUIET_SAMPLES = 24_000
const SCREEN = 2

let browser: Browser
let relay: TestRelay
let stop: () => Promise<void>

beforeAll(async () => {
  ({ browser, relay, stop } = await startBrowserAndRelay(THREE_CAMERAS))
})
afterAll(() => stop())

/** Sound energy that a person receives from all others together, in all or while so many samples are played. */
async function energyAt(person: Person, samples?: number): Promise<number> {
  const { audio } = samples === undefined ? await arrived(person) : await arriving(person, samples)
  return audio.reduce((sum, each) => sum + each, 0)
}

async function hears(person: Person): Promise<void> {
  const before = await energyAt(person)
  await until(`${person.name} to hear somebody`, async () => await energyAt(person) > before + 0.01)
}

async function hearsNobody(person: Person): Promise<void> {
  await until(`${person.name} to hear nobody`, async () => await energyAt(person, QUIET_SAMPLES) < 0.001)
}

describe('what buttons and keys do to what the others see and hear', () => {
  let ada: Person
  let ben: Person
  let cyd: Person

  beforeAll(async () => {
    ada = await joinColoured(browser, relay.url, 'controls', 'Ada', [200, 40, 40])
    ben = await joinColoured(browser, relay.url, 'controls', 'Ben', [40, 170, 60])
    cyd = await joinColoured(browser, relay.url, 'controls', 'Cyd', [40, 60, 200])
    await Promise.all([sees(ada, ['Ben', 'Cyd']), sees(ben, ['Ada', 'Cyd']), sees(cyd, ['Ada', 'Ben'])])
  })
  afterAll(async () => { await Promise.all([ada, ben, cyd].map(({ context }) => context.close())) })

  test('who is muted is heard for as long as Space is held, and not after it', async () => {
    await speak(ada, true)
    await hears(ben)
    await ada.page.keyboard.press('m')
    await hearsNobody(ben)
    await ada.page.keyboard.down(' ')
    await hears(ben)
    await ada.page.keyboard.up(' ')
    await hearsNobody(ben)
  })

  test('a raised hand is on the tile of everybody else, and goes with being lowered', async () => {
    await ada.page.keyboard.press('h')
    for (const { page } of [ben, cyd]) await page.locator('[data-testid=tile]', { hasText: 'Ada' }).getByTestId('tile-hand').waitFor()
    await ada.page.keyboard.press('h')
    for (const { page } of [ben, cyd]) await page.getByTestId('tile-hand').waitFor({ state: 'detached' })
  })

  test('two people share at once: the third sees both screens move, one as text in full size, and then as a film', async () => {
    for (const { page } of [ada, ben]) await page.keyboard.press('s')
    const videos = cyd.page.getByTestId('screen-tile').locator('video')
    const moving = (): Promise<number> => videos.evaluateAll((all: HTMLVideoElement[]) => all.filter(({ videoWidth, currentTime }) => videoWidth > 0 && currentTime > 0).length)
    await until('Cyd to see two screens', async () => await moving() === 2)
    const sent = (): Promise<Array<{ hint: string, preference: string | undefined }>> => ada.page.evaluate((section) =>
      (globalThis as unknown as { peerConnections: RTCPeerConnection[] }).peerConnections.filter(({ connectionState }) => connectionState === 'connected')
        .flatMap((pc) => pc.getTransceivers()[section]?.sender ?? [])
        .map((sender) => ({ hint: sender.track?.contentHint ?? '', preference: sender.getParameters().degradationPreference })), SCREEN)
    const sends = async (hint: string, preference: string): Promise<boolean> => {
      const all = await sent()
      return all.length === 2 && all.every((each) => each.hint === hint && each.preference === preference)
    }
    await until('Ada to send text to both', () => sends('text', 'maintain-resolution'))
    await ada.page.getByTestId('purpose-motion').check({ force: true })
    await until('Ada to send a film to both', () => sends('motion', 'maintain-framerate'))
    await ada.page.getByTestId('stop-sharing').click()
    await until('Cyd to see one screen', async () => await videos.count() === 1 && await moving() === 1)
    await ben.page.keyboard.press('s')
    await cyd.page.getByTestId('screen-tile').waitFor({ state: 'detached' })
  })
})

describe('another device, chosen from the menu beside its button', () => {
  let dora: Person
  let emil: Person

  beforeAll(async () => {
    const context = await browser.newContext({ permissions: ['camera', 'microphone'], viewport: { width: 640, height: 400 } })
    dora = await join(browser, relay.url, 'devices', { name: 'Dora', context })
    emil = await join(browser, relay.url, 'devices', { name: 'Emil' })
    await Promise.all([seesAndHears(dora, 1), seesAndHears(emil, 1)])
  })
  afterAll(async () => { await Promise.all([dora, emil].map(({ context }) => context.close())) })

  test('takes the first one’s place: the other side goes on seeing, and nothing freezes', async () => {
    await expectNoGap('camera', (before, now) => now.frames > before.frames + 30, ({ freezes }) => freezes)
  })

  test('takes the first one’s place: the other side goes on hearing, and no silence is put in', async () => {
    // The fake microphones beep once a second.
    await expectNoGap('mute', (before, now) => now.energy > before.energy + 0.001, ({ silence }) => silence)
  })

  type Received = Awaited<ReturnType<typeof received>>

  /** On a busy machine something may be late by itself: there and back again, until one change is not noticed. */
  async function expectNoGap(control: 'camera' | 'mute', more: (before: Received, now: Received) => boolean, gaps: (now: Received) => number): Promise<void> {
    const seen: number[] = []
    let place = 0
    await until('a change that nobody notices', async () => {
      place = place === 0 ? 2 : 0
      const before = await received(emil)
      const label = await chooseDevice(dora, control, place)
      await until(`Dora to send what ${label} gives`, async () => (await sentBy(dora)).includes(`${label} live`))
      const then = await received(emil)
      await until('more to come', async () => more(then, await received(emil)))
      seen.push(gaps(await received(emil)) - gaps(before))
      return seen.at(-1) === 0
    }).catch((error: Error) => { throw new Error(`${error.message}; gaps: ${seen.join(', ')}`) })
  }
})

/** Chooses a device of the menu by its place in it; resolves its name. */
async function chooseDevice({ page }: Person, control: 'camera' | 'mute', place: number): Promise<string> {
  await page.getByTestId(`${control}-menu`).click()
  const item = page.getByTestId('device').nth(place)
  const label = (await item.innerText()).trim()
  await item.click()
  return label
}

/** The names of the tracks that a person sends, and whether they run. */
function sentBy({ page }: Person): Promise<string[]> {
  return page.evaluate(() => (globalThis as unknown as { peerConnections: RTCPeerConnection[] }).peerConnections
    .flatMap((pc) => pc.getSenders()).map(({ track }) => `${track?.label} ${track?.readyState}`))
}

/** What the one connection of a person has received. */
function received({ page }: Person): Promise<{ frames: number, freezes: number, energy: number, silence: number }> {
  return page.evaluate(async () => {
    const { peerConnections } = globalThis as unknown as { peerConnections: RTCPeerConnection[] }
    const sum = { frames: 0, freezes: 0, energy: 0, silence: 0 }
    for (const pc of peerConnections.filter(({ connectionState }) => connectionState === 'connected')) {
      for (const entry of (await pc.getStats()).values()) {
        if (entry.type !== 'inbound-rtp') continue
        sum.frames += entry.framesDecoded ?? 0
        // What lasts longer is a pause.
        sum.freezes += (entry.freezeCount ?? 0) + (entry.pauseCount ?? 0)
        sum.energy += entry.totalAudioEnergy ?? 0
        sum.silence += entry.silentConcealedSamples ?? 0
      }
    }
    return sum
  })
}
