import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { codeStrings } from '../../src/ui/code-strings.ts'
import { errors, strings } from '../../src/ui/strings.ts'
import { UiPages, chooseInMenu } from './ui-page.ts'

let pages: UiPages
let page: Page

beforeAll(async () => { pages = await UiPages.start() })
afterAll(() => pages.stop())
afterEach(async () => {
  expect(await page.evaluate(() => window.harness.violations), 'the security policy holds').toEqual([])
  await page.context().close()
})

const callsOf = (name: string): Promise<unknown[][]> => page.evaluate((wanted) => window.harness.calls.filter(([made]) => made === wanted), name)

async function invite(): Promise<void> {
  await page.getByTestId('codes').click()
  await page.getByTestId('codes-invite').click()
  await page.getByTestId('own-code').waitFor()
}

test('an invitation in the link is shown with its sender, and answered only when asked', async () => {
  page = await pages.open()
  await page.evaluate(() => { window.harness.fake.link.value = { topic: '', secret: '', code: 'parley:x', joinNow: false, error: null } })
  const question = page.getByTestId('code-question')
  await question.waitFor()
  expect(await question.textContent()).toContain(codeStrings.from('Ada'))
  expect(await callsOf('answer')).toEqual([])
  await page.getByTestId('answer-code').click()
  expect(await page.getByTestId('own-code').textContent()).toMatch(/^parley:/)
  expect(await callsOf('answer')).toEqual([['answer', 'parley:x']])
  await page.evaluate(() => { window.harness.call.handed.value = 'connected' })
  await page.getByTestId('code-dialog').waitFor({ state: 'detached' })
})

test('a refused code is explained at its field, which has the focus, and Enter tries again', async () => {
  page = await pages.open()
  await invite()
  const field = page.getByTestId('code-field')
  await field.fill('code-used')
  await field.press('Enter')
  const error = page.getByTestId('code-dialog').getByTestId('error')
  await error.waitFor()
  expect(await error.textContent()).toContain(errors['code-used'])
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  await expect.poll(() => field.evaluate((element) => (element.getRootNode() as ShadowRoot).activeElement === element)).toBe(true)
  await field.fill('parley:y')
  await error.waitFor({ state: 'detached' })
  await field.press('Enter')
  await page.getByTestId('code-dialog').waitFor({ state: 'detached' })
  expect(await callsOf('complete')).toEqual([['complete', 'code-used'], ['complete', 'parley:y']])
})

test('an invitation that became too old can be made anew', async () => {
  page = await pages.open()
  await invite()
  await page.evaluate(() => { window.harness.call.handed.value = 'expired' })
  await page.getByText(codeStrings.expired).waitFor()
  await page.getByTestId('new-code').click()
  await page.getByTestId('own-code').waitFor()
})

test('in a call the dialog goes straight to the invitation, and Escape leads back to the call', async () => {
  page = await pages.open()
  await page.getByTestId('new-call').click()
  await page.getByTestId('call').waitFor()
  await chooseInMenu(page, 'codes')
  await page.getByTestId('own-code').waitFor()
  expect(await page.getByTestId('code-dialog').locator('h2').textContent()).toBe(strings.codes.titleInCall)
  await page.keyboard.press('Escape')
  await page.getByTestId('code-dialog').waitFor({ state: 'detached' })
})

test('on a narrow phone nothing is cut off at the side', async () => {
  page = await pages.open({ viewport: { width: 320, height: 568 } })
  await invite()
  const { scrolls, client } = await page.getByTestId('code-dialog').evaluate(({ scrollWidth, clientWidth }) => ({ scrolls: scrollWidth, client: clientWidth }))
  expect(scrolls).toBe(client)
})
