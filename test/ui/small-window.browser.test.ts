import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callStrings } from '../../src/ui/call-strings.ts'
import { UiPages, chooseInMenu } from './ui-page.ts'

let pages: UiPages
let page: Page

beforeAll(async () => { pages = await UiPages.start() })
afterAll(() => pages.stop())

test('the call goes on in a small window: the speaker, four buttons, and what is seen there is asked for while the page is hidden', async () => {
  page = await pages.open()
  await page.getByTestId('topic').fill('standup')
  await page.getByTestId('join').click()
  await page.getByTestId('call').waitFor()
  await page.evaluate(() => {
    window.harness.arrive('ada', { name: 'Ada', camera: window.harness.pictureStream(20) })
    window.harness.arrive('bob', { name: 'Bob', camera: window.harness.pictureStream(90) })
  })
  const opened = page.context().waitForEvent('page')
  await chooseInMenu(page, 'small-window')
  const small = await opened
  await small.getByTestId('small-name').getByText('Ada').waitFor()
  await expect.poll(() => small.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth)).toBeGreaterThan(0)
  expect(await small.getByTestId('small-leave').evaluate((button) => getComputedStyle(button).borderRadius), 'it is styled').not.toBe('0px')
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  const lastOf = (peer: string): Promise<unknown> => page.evaluate((wanted) => window.harness.calls.findLast(([name, of]) => name === 'showAt' && of === wanted)?.slice(2), peer)
  await expect.poll(() => lastOf('bob')).toEqual([{ width: 0, height: 0 }, { width: 0, height: 0 }])
  expect(await lastOf('ada')).toMatchObject([{ width: expect.any(Number) as number }, { width: 0, height: 0 }])
  expect((await lastOf('ada') as { width: number }[])[0]?.width).toBeGreaterThan(100)
  await small.getByTestId('small-mute').click()
  await small.getByRole('button', { name: callStrings.controls.mute }).waitFor()
  await page.evaluate(() => { window.harness.depart('ada') })
  await small.getByTestId('small-name').getByText('Bob').waitFor()
  const closed = small.waitForEvent('close')
  await small.getByTestId('small-leave').click()
  await closed
  await page.getByTestId('join').waitFor()
  expect(await page.evaluate(() => window.harness.violations), 'the security policy holds').toEqual([])
})
