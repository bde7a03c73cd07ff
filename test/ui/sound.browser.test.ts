import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { lobbyStrings } from '../../src/ui/lobby-strings.ts'
import { UiPages } from './ui-page.ts'

let pages: UiPages
let page: Page

beforeAll(async () => { pages = await UiPages.start() })
afterAll(() => pages.stop())
afterEach(async () => {
  expect(await page.evaluate(() => window.harness.violations), 'the security policy holds').toEqual([])
  await page.context().close()
})

/** A browser with two loudspeakers that notes which element plays on which: headless ones have none of their own. */
async function openWithSpeakers(): Promise<void> {
  page = await pages.open()
  await page.evaluate(() => {
    const { fake } = window.harness
    const outputs = ['desk', 'headset'].map((deviceId) => ({ kind: 'audiooutput' as const, deviceId, label: deviceId }))
    fake.local.devices.value = [...fake.local.devices.value, ...outputs]
    HTMLMediaElement.prototype.setSinkId = async function (this: HTMLMediaElement, id: string) {
      Object.defineProperty(this, 'sinkId', { value: id, configurable: true })
    }
  })
}

async function arrive(peer: string): Promise<void> {
  await page.evaluate((name) => window.harness.arrive(name, { name, audio: window.harness.toneStream() }), peer)
}

/** Where each person is heard. */
const sinks = (): Promise<string[]> => page.evaluate(() => {
  const found: string[] = []
  const search = (root: ParentNode): void => {
    for (const element of root.querySelectorAll('*')) {
      if (element instanceof HTMLAudioElement && element.srcObject !== null) found.push(element.sinkId)
      if (element.shadowRoot !== null) search(element.shadowRoot)
    }
  }
  search(document)
  return found
})

test('everybody is heard on the loudspeaker that was chosen, also who comes later, and by the system’s own when it is gone', async () => {
  await openWithSpeakers()
  await page.getByTestId('settings').click()
  await page.getByRole('dialog').getByTestId('speaker').selectOption('headset')
  await page.keyboard.press('Escape')
  await page.getByTestId('topic').fill('choir')
  await page.getByTestId('join').click()
  await arrive('ada')
  await expect.poll(sinks).toEqual(['headset'])
  await arrive('bob')
  await expect.poll(sinks).toEqual(['headset', 'headset'])
  await page.evaluate(() => { window.harness.fake.speaker.value = 'desk' })
  await expect.poll(sinks).toEqual(['desk', 'desk'])
  await page.evaluate(() => {
    const { devices } = window.harness.fake.local
    devices.value = devices.value.filter(({ deviceId }) => deviceId !== 'desk')
  })
  await expect.poll(sinks).toEqual(['', ''])
  await page.getByText(lobbyStrings.sound.lost).first().waitFor()
})

test('a sound is played to test it, and what to do without one is said', async () => {
  await openWithSpeakers()
  await page.evaluate(() => {
    const play = HTMLMediaElement.prototype.play
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      window.harness.calls.push(['play', this.sinkId, this.src.split(':')[0]])
      return play.call(this)
    }
    window.harness.fake.speaker.value = 'desk'
  })
  await page.getByTestId('settings').click()
  await page.getByRole('dialog').getByTestId('test-speaker').click()
  await page.getByRole('dialog').getByText(lobbyStrings.sound.heardIt).waitFor()
  expect(await page.evaluate(() => window.harness.calls.filter(([name]) => name === 'play'))).toEqual([['play', 'desk', 'blob']])
})

test('who speaks into a microphone that is off at the headset is told so, once', async () => {
  page = await pages.open()
  await page.getByTestId('topic').fill('choir')
  await page.getByTestId('join').click()
  await page.getByTestId('call').waitFor()
  await page.evaluate(() => { window.harness.fake.local.missesSound.value = true })
  await page.getByText(lobbyStrings.sound.notHeard).first().waitFor()
})

test('calls are remembered unless that is switched off', async () => {
  page = await pages.open()
  await page.getByTestId('settings').click()
  await page.getByTestId('remember-calls').uncheck()
  expect(await page.evaluate(() => window.harness.fake.recent.remembers.value)).toBe(false)
})
