/** The examination in a real browser, against real relays that are well, half well, or dead. */
import type { Browser, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { defaultConfig } from '../../relay/config/defaults.ts'
import { writeSilence } from './fake-microphone.ts'
import { choose, join, online, open, openThings, sees, startBrowserAndRelay, startChromium, startRelay, until } from './harness.ts'
import type { Person, TestRelay } from './harness.ts'

const UNREACHABLE = '/ip4/127.0.0.1/tcp/9/ws/p2p/12D3KooWBmAwcd4PJNJvfV89HwE48nwkRmAgo8Vy3uQEyNNHBox2'

/** Opens the examination from wherever the person is, and waits for its end. */
async function examine(person: Person): Promise<void> {
  const { page } = person
  await choose(person, 'settings')
  await page.getByTestId('doctor').click()
  await page.locator('[data-testid="doctor-summary"][data-done="true"]').waitFor({ timeout: 90_000 })
}

async function findings(page: Page): Promise<(string | null)[]> {
  return page.getByTestId('finding').evaluateAll((items) => items.map((item) => item.getAttribute('data-code')))
}

/** The results of all lines of one check. */
async function results(page: Page, check: string): Promise<(string | null)[]> {
  return page.locator(`[data-testid="check"][data-check="${check}"]`).evaluateAll((items) => items.map((item) => item.getAttribute('data-result')))
}

async function close({ page }: Person): Promise<void> {
  await page.getByTestId('doctor-close').click()
  await page.getByTestId('doctor-dialog').waitFor({ state: 'detached' })
}

describe('the examination', () => {
  let browser: Browser
  let relay: TestRelay

  beforeAll(async () => {
    let stop
    ({ browser, relay, stop } = await startBrowserAndRelay())
    return stop
  })

  test('finds everything in order where it is, and leaves nothing open', async () => {
    const anna = await open(browser, relay.url, { name: 'Anna' })
    await online(anna)
    await until('a place on the relay', async () => relay.relay.libp2p.services.circuitRelay.reservations.size > 0)
    await examine(anna)
    const all = Object.fromEntries(await Promise.all(['page', 'camera', 'microphone', 'stun', 'turn-udp', 'turn-tcp', 'udp', 'tcp']
      .map(async (check) => [check, await results(anna.page, check)])))
    expect(all).toEqual({
      page: ['secure'], camera: ['picture'], microphone: ['heard'], stun: ['answered'], 'turn-udp': ['carried'],
      'turn-tcp': ['carried', 'carried'], udp: ['open'], tcp: ['open'],
    })
    expect(await results(anna.page, 'relay')).toEqual(['reached', 'reserved'])
    expect(await findings(anna.page)).toEqual(['all-fine'])
    await close(anna)
    const { peerConnections, liveTracks } = await openThings(anna)
    expect({ peerConnections, liveTracks }).toEqual({ peerConnections: 0, liveTracks: 0 })
    await anna.context.close()
  })

  test('names the relay that does not answer, and keeps its name out of the report until asked', async () => {
    const anna = await open(browser, `${relay.url}#/standup?relay=${encodeURIComponent(UNREACHABLE)}`, { name: 'Anna' })
    await online(anna)
    await examine(anna)
    expect(await findings(anna.page)).toContain('relay-silent')
    expect((await results(anna.page, 'relay')).filter((result) => result === 'no-answer')).toHaveLength(1)
    const report = anna.page.getByTestId('report')
    expect(await report.textContent()).not.toContain('127.0.0.1')
    await anna.page.locator('parley-doctor-report summary').click()
    await anna.page.getByTestId('report-detailed').check()
    expect(await report.textContent()).toContain('127.0.0.1')
    await anna.context.close()
  })

  test('says so when no relay carries calls', async () => {
    const without = await startRelay([], { turn: { ...defaultConfig().turn, enabled: false } })
    const anna = await open(browser, without.url, { name: 'Anna' })
    await online(anna)
    await examine(anna)
    expect(await findings(anna.page)).toContain('turn-none')
    expect(await results(anna.page, 'turn-udp')).toEqual([])
    await anna.context.close()
    await without.stop()
  })

  test('says so when no relay answers at all', async () => {
    const dying = await startRelay()
    const anna = await open(browser, dying.url, { name: 'Anna' })
    await online(anna)
    // Its code must be there before the relay, which serves it, is gone.
    await examine(anna)
    await dying.stop()
    await anna.page.getByTestId('doctor-again').click()
    await anna.page.locator('[data-testid="doctor-summary"][data-done="false"]').waitFor()
    await anna.page.locator('[data-testid="doctor-summary"][data-done="true"]').waitFor({ timeout: 90_000 })
    expect(await findings(anna.page)).toEqual(['no-relay-answers'])
    await anna.context.close()
  })

  test('in a call it tells the way to each person, and neither shows nor sends what it opened', async () => {
    const anna = await join(browser, relay.url, 'checkup', { name: 'Anna' })
    const ben = await join(browser, relay.url, 'checkup', { name: 'Ben' })
    await sees(anna, ['Ben'])
    await anna.page.locator('[data-testid="tile"][data-connection="connected"]').first().waitFor()
    await anna.page.getByTestId('camera').click()
    await anna.page.getByTestId('mute').click()
    await examine(anna)
    expect(await results(anna.page, 'person')).toEqual(['direct'])
    expect(await results(anna.page, 'camera')).toEqual(['picture'])
    expect(await results(anna.page, 'microphone')).toEqual(['heard'])
    expect(await findings(anna.page)).toEqual(['muted-here'])
    await close(anna)
    expect(await anna.page.getByTestId('camera').getAttribute('aria-pressed')).toBe('false')
    expect(await anna.page.getByTestId('mute').getAttribute('aria-pressed')).toBe('false')
    await Promise.all([anna.context.close(), ben.context.close()])
  })
})

test('a microphone that is open and silent is found out', async () => {
  const browser = await startChromium(undefined, [`--use-file-for-fake-audio-capture=${writeSilence()}`])
  const relay = await startRelay()
  const anna = await open(browser, relay.url, { name: 'Anna' })
  await online(anna)
  await examine(anna)
  expect(await results(anna.page, 'microphone')).toEqual(['silent'])
  expect(await findings(anna.page)).toContain('microphone-silent')
  await browser.close()
  await relay.stop()
})
