/** The page in other languages. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { strings as english } from '../../src/ui/strings.ts'
import german from '../../src/ui/languages/de.ts'
import dutch from '../../src/ui/languages/nl.ts'
import { UiPages, chooseInMenu } from './ui-page.ts'

let pages: UiPages
let page: Page

beforeAll(async () => { pages = await UiPages.start() })
afterAll(() => pages.stop())
afterEach(async () => {
  expect(await page.evaluate(() => window.harness.violations), 'the security policy holds').toEqual([])
  await page.context().close()
})

const documentLanguage = (): Promise<string> => page.evaluate(() => document.documentElement.lang)
const fetchedLanguages = (): Promise<string[]> => page.evaluate(() =>
  performance.getEntriesByType('resource').map(({ name }) => /\/(?<tag>de|es|fr|nl)-[^/]*\.js$/.exec(name)?.groups?.['tag'] ?? '').filter((tag) => tag !== ''))

test('a browser that reads German is spoken to in German from the first word on, and fetches no other language', async () => {
  page = await pages.open({ locale: 'de-AT' })
  await page.getByText(german.app.lobby.title).waitFor()
  expect(await documentLanguage()).toBe('de')
  expect(await fetchedLanguages()).toEqual(['de'])
})

test('a language that we do not speak gets English, which fetches nothing', async () => {
  page = await pages.open({ locale: 'ja-JP' })
  await page.getByText(english.lobby.title).waitFor()
  expect(await fetchedLanguages()).toEqual([])
})

test('another language is chosen in the settings and holds at once, in a call too, and for what is said later', async () => {
  page = await pages.open()
  await page.getByTestId('topic').fill('standup')
  await page.getByTestId('join').click()
  await page.getByTestId('call').waitFor()
  await page.evaluate(() => window.harness.arrive('ada', { name: 'Ada', connection: 'connecting' }))
  const tile = page.locator('[data-testid=tile][data-peer=ada]')
  await tile.getByText(english.tile.connecting).waitFor()
  await chooseInMenu(page, 'settings')
  await page.getByTestId('language').selectOption('nl')
  await page.getByRole('dialog', { name: dutch.app.devices.settings }).waitFor()
  expect(await page.evaluate(() => window.harness.fake.language.value)).toBe('nl')
  await page.getByRole('button', { name: dutch.app.close, exact: true }).click()
  // Tiles know nothing of the change but the words themselves.
  await tile.getByText(dutch.app.tile.connecting).waitFor()
  await page.getByText(dutch.app.call.people(2)).waitFor()
  expect(await documentLanguage()).toBe('nl')
  await page.evaluate(() => window.harness.depart('ada'))
  await page.getByRole('status').getByText(dutch.app.call.left(['Ada'])).waitFor()
})

test('a language whose words do not come changes nothing, and can be asked for again', async () => {
  page = await pages.open()
  await page.route(/\/es-[^/]*\.js$/, (route) => route.abort(), { times: 1 })
  await page.getByRole('button', { name: english.lobby.settings }).click()
  const choice = page.getByTestId('language')
  await choice.selectOption('es')
  await page.getByRole('alert').getByText(english.trouble.notLoaded).waitFor()
  expect(await choice.inputValue()).toBe('en')
  expect(await page.evaluate(() => window.harness.fake.language.value)).toBe('')
})
