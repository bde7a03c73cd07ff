import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { writeNoisyVoice } from './fake-voice.ts'
import { join, seesAndHears, startChromium, startRelay, type Person, type TestRelay } from './harness.ts'

/** The fake microphone's fan and voice take turns in this time, milliseconds. */
const TURN_MS = 4_000
const LOOK_MS = 100

let browser: Browser
let relay: TestRelay

beforeAll(async () => {
  const microphone = [`--use-file-for-fake-audio-capture=${writeNoisyVoice()}`];
  [browser, relay] = await Promise.all([startChromium(undefined, microphone), startRelay()])
  return async () => { await Promise.all([browser.close(), relay.stop()]) }
})

test('with noise removed the other side hears the voice, and hardly the fan', async () => {
  const bea = await join(browser, relay.url, 'fan', { name: 'Bea' })
  const context = await browser.newContext({ permissions: ['camera', 'microphone'], viewport: { width: 480, height: 400 } })
  await context.addInitScript(() => localStorage.setItem('parley:noise', localStorage.getItem('parley:noise') ?? 'off'))
  const ann = await join(browser, relay.url, 'fan', { name: 'Ann', context })
  await seesAndHears(bea, 1)
  const kept = await listen(bea)

  await ann.page.getByTestId('menu').click()
  await ann.page.getByTestId('settings').click()
  await ann.page.getByTestId('noise-strong').check()
  await ann.page.locator('[data-testid="noise-status"][data-phase="on"]').waitFor({ state: 'attached' })
  expect(await ann.page.evaluate(() => (globalThis as unknown as { tracks: MediaStreamTrack[] }).tracks
    .filter(({ kind, readyState }) => kind === 'audio' && readyState === 'live').map((track) => {
      const { noiseSuppression, echoCancellation } = track.getSettings()
      return { noiseSuppression, echoCancellation }
    }))).toEqual([{ noiseSuppression: false, echoCancellation: true }])
  const removed = await listen(bea)

  expect(removed.fan, 'the fan, decibels').toBeLessThan(kept.fan - 10)
  expect(removed.voice, 'the voice, decibels').toBeGreaterThan(kept.voice - 8)
})

/** How loud the quiet half and the loud half of a turn are that somebody hears, decibels below full scale. */
async function listen(person: Person): Promise<{ fan: number, voice: number }> {
  const levels: number[] = []
  while (levels.length < TURN_MS / LOOK_MS) levels.push(await level(person))
  levels.sort((a, b) => a - b)
  const at = (share: number): number => levels[Math.floor(share * levels.length)] ?? NaN
  return { fan: at(0.25), voice: at(0.85) }
}

/** The mean level of what arrives in the next moment, decibels below full scale. */
async function level({ page }: Person): Promise<number> {
  return page.evaluate(async (ms) => {
    const { peerConnections } = globalThis as unknown as { peerConnections: RTCPeerConnection[] }
    const heard = async (): Promise<{ energy: number, seconds: number }> => {
      const sum = { energy: 0, seconds: 0 }
      for (const pc of peerConnections.filter(({ connectionState }) => connectionState === 'connected')) {
        for (const stat of (await pc.getStats()).values()) {
          if (stat.type !== 'inbound-rtp' || stat.kind !== 'audio') continue
          sum.energy += stat.totalAudioEnergy ?? 0
          sum.seconds += stat.totalSamplesDuration ?? 0
        }
      }
      return sum
    }
    const before = await heard()
    await new Promise((resolve) => setTimeout(resolve, ms))
    const after = await heard()
    // Where no packets come for long nothing is played, and no time passes.
    const seconds = after.seconds - before.seconds
    return seconds === 0 ? -100 : 10 * Math.log10((after.energy - before.energy) / seconds + 1e-10)
  }, LOOK_MS)
}
