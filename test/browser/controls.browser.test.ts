import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { joinColoured, speak } from './coloured-people.ts'
import { arrived, sees, startBrowserAndRelay, until } from './harness.ts'
import type { Person, TestRelay } from './harness.ts'

/** Sound sent before a mute has been played by then, milliseconds. */
const LISTEN_MS = 1_000
const SCREEN = 2

let browser: Browser
let relay: TestRelay
let stop: () => Promise<void>

beforeAll(async () => {
  ({ browser, relay, stop } = await startBrowserAndRelay())
})
afterAll(() => stop())

/** Sound energy that a person receives within a moment, from all others together. */
async function loudnessAt(person: Person): Promise<number> {
  const sum = async (): Promise<number> => (await arrived(person)).audio.reduce((a, b) => a + b, 0)
  const before = await sum()
  await new Promise((resolve) => { setTimeout(resolve, LISTEN_MS) })
  return await sum() - before
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
    await until('Ben to hear Ada', async () => await loudnessAt(ben) > 0.01)
    await ada.page.keyboard.press('m')
    await until('Ben to hear nobody', async () => await loudnessAt(ben) < 0.001)
    await ada.page.keyboard.down(' ')
    await until('Ben to hear Ada again', async () => await loudnessAt(ben) > 0.01)
    await ada.page.keyboard.up(' ')
    await until('Ben to hear nobody any more', async () => await loudnessAt(ben) < 0.001)
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
