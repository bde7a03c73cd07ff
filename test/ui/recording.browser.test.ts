import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OthersRecording, PeerKey, StoredRecording } from '../../src/room/views.ts'
import { UiPages } from './ui-page.ts'

const STORED: StoredRecording = {
  id: 'one', topic: 'garden', kind: 'mixed', state: 'finished', startedAt: 1_790_000_000_000, endedAt: 1_790_000_754_000, bytes: 187_000_000,
  files: [{ name: '1.webm', person: '', startMs: 0 }],
}
const ADA: OthersRecording = { peer: 'Ada' as PeerKey, id: 'take', answer: 'waiting' }

let pages: UiPages
let page: Page
beforeAll(async () => { pages = await UiPages.start() })
afterAll(() => pages.stop())
beforeEach(async () => {
  page = await pages.open()
  await page.evaluate(async () => {
    await window.harness.call.views.room.join('garden', 'secret')
    window.harness.arrive('Ada')
  })
  return () => page.context().close()
})

const asks = (...others: OthersRecording[]): Promise<void> => page.evaluate((all) => { window.harness.call.othersRecording.value = all }, others)
const calls = (): Promise<unknown[]> => page.evaluate(() => window.harness.calls)
const openDialog = async (): Promise<void> => {
  await page.getByTestId('menu').click()
  await page.getByTestId('record').click()
  await page.getByTestId('record-dialog').waitFor()
}

describe('being recorded', () => {
  test('is asked, said aloud, and takes no focus from somebody who types', async () => {
    await page.getByTestId('chat-toggle').click()
    await page.getByTestId('chat-input').fill('I was saying')
    await asks(ADA)
    await page.getByTestId('recording-other').waitFor()
    expect(await page.getByTestId('recording-said').innerText()).toMatch(/Ada records this call.*May you be seen and heard/)
    await page.keyboard.type(' …')
    expect(await page.getByTestId('chat-input').inputValue()).toBe('I was saying …')
  })

  test('is answered with a button, and the answer can be changed as long as it lasts', async () => {
    await asks(ADA)
    await page.getByTestId('recording-allow').click()
    expect(await page.getByTestId('recording-other').innerText()).toContain('You are in it')
    await page.getByTestId('recording-refuse').click()
    expect(await page.getByTestId('recording-other').innerText()).toContain('You are left out')
    expect(await calls()).toEqual(expect.arrayContaining([['answer-recording', 'Ada', 'take', true], ['answer-recording', 'Ada', 'take', false]]))
    await asks()
    await page.getByTestId('recording-other').waitFor({ state: 'detached' })
  })
})

describe('recording', () => {
  test('begins in a dialog, says who is not in it, and ends with a button', async () => {
    await openDialog()
    expect(await page.getByTestId('record-dialog').innerText()).toContain('about 42 hours')
    await page.getByTestId('record-separate').check()
    await page.getByTestId('record-start').click()
    await page.getByTestId('record-dialog').waitFor({ state: 'detached' })
    expect(await calls()).toContainEqual(['record', 'separate'])
    expect(await page.getByTestId('recording-left-out').innerText()).toContain('Ada')
    await page.getByTestId('recording-stop').click()
    await page.getByTestId('recording-own').waitFor({ state: 'detached' })
    await page.getByTestId('toast').filter({ hasText: 'save it' }).waitFor()
  })

  test('leaves a list, from which each is saved, or deleted after a question', async () => {
    await page.evaluate((stored) => { window.harness.call.stored.value = stored }, [STORED, { ...STORED, id: 'two', state: 'cut', endedAt: null }] as const)
    await openDialog()
    const first = page.getByTestId('recording').first()
    expect(await first.innerText()).toMatch(/garden[\s\S]*12:34[\s\S]*187 MB/)
    await first.getByTestId('recording-save').click()
    expect(await calls()).toContainEqual(['save-recording', 'one'])
    await first.getByTestId('recording-delete').click()
    await first.getByTestId('recording-delete-yes').click()
    expect(await page.getByTestId('recording').count()).toBe(1)
    expect(await page.getByTestId('recording').innerText()).toContain('cut off')
  })
})

describe('numbers', () => {
  test('stand beside the call for whoever asks, and go with Escape', async () => {
    await page.evaluate(() => {
      const reading = { at: 0, receivedBps: 900_000, sentBps: 400_000, roundTripMs: 30, path: { relay: null, protocol: 'udp' as const, roundTripMs: 30 }, flows: [] }
      window.harness.call.statistics.value = [{ peer: 'Ada' as never, readings: [reading, { ...reading, at: 1_000, receivedBps: 1_200_000 }] }]
    })
    await page.getByTestId('menu').click()
    await page.getByTestId('statistics').click()
    const person = page.getByTestId('statistics-person')
    expect(await person.innerText()).toMatch(/Ada[\s\S]*1.2 Mbit\/s[\s\S]*direct, UDP/)
    expect(await person.getByRole('img').first().getAttribute('aria-label')).toBe('Received, last minute: now 1.2 Mbit/s, between 900 kbit/s and 1.2 Mbit/s')
    await page.keyboard.press('Escape')
    await person.waitFor({ state: 'detached' })
  })

  test('sum a call up above the lobby, and one key takes them away, unless it is a dialog’s', async () => {
    await page.evaluate(async () => {
      await window.harness.call.views.room.leave()
      window.harness.call.summary.value = {
        topic: 'garden', startedAt: 0, endedAt: 61_000, people: ['Ada'], receivedBytes: 5e6, sentBytes: 2e6, relayed: 0, worstRoundTripMs: 90, troubles: [],
      }
    })
    const summary = page.getByTestId('call-summary')
    expect(await summary.innerText()).toMatch(/garden[\s\S]*1:01 min[\s\S]*Ada[\s\S]*0%/)
    await page.getByTestId('settings').click()
    await page.locator('parley-settings-dialog dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('parley-settings-dialog').waitFor({ state: 'detached' })
    expect(await summary.isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    await summary.waitFor({ state: 'detached' })
  })
})
