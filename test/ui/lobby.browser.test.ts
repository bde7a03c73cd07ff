import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { lobbyStrings } from '../../src/ui/lobby-strings.ts'
import { strings } from '../../src/ui/strings.ts'
import { UiPages } from './ui-page.ts'

const SECRET = 'AAAAAAAAAAAAAAAAAAAAAA'

let pages: UiPages
let page: Page

beforeAll(async () => { pages = await UiPages.start() })
afterAll(() => pages.stop())
afterEach(async () => {
  expect(await page.evaluate(() => window.harness.violations), 'the security policy holds').toEqual([])
  await page.context().close()
})

const callsOf = (name: string): Promise<unknown[][]> => page.evaluate((wanted) => window.harness.calls.filter(([made]) => made === wanted), name)
const see = (names: string[] | null): Promise<void> => page.evaluate((seen) => { window.harness.call.sighting.value = seen }, names)
const who = (): Promise<string> => page.getByTestId('who-is-there').innerText()

async function invite(topic = 'team', secret = SECRET): Promise<void> {
  await page.evaluate((link) => { window.harness.fake.link.value = { ...link, code: '', joinNow: false, error: null } }, { topic, secret })
}

async function remember(topics: string[]): Promise<void> {
  await page.evaluate(([secret, names]) => {
    window.harness.fake.recent.rooms.value = names.map((topic) => ({ topic, secret, at: 0 }))
  }, [SECRET, topics] as const)
}

describe('who is there', () => {
  test('is told of a call that one is invited to, as it changes', async () => {
    page = await pages.open()
    await invite()
    await expect.poll(() => callsOf('look')).toEqual([['look', 'team', SECRET]])
    expect(await who()).toBe('')
    await see([])
    await expect.poll(who).toBe(strings.lobby.nobodyThere)
    await see(['Anna'])
    await expect.poll(who).toBe('Anna is there')
    await see(['Anna', ''])
    await expect.poll(who).toBe(`Anna and ${strings.guest} are there`)
    await see(['Anna', 'Ben', 'Cyd', 'Dan', 'Eve'])
    await expect.poll(who).toBe('Anna, Ben, Cyd, and 2 others are there')
    await see(null)
    await expect.poll(who).toBe('')
  })

  test('is not asked about a name that is being typed, until somebody wants to know', async () => {
    page = await pages.open()
    await page.getByTestId('topic').fill('tea')
    await page.getByTestId('ask-who').waitFor()
    expect(await callsOf('look')).toEqual([])
    await page.getByTestId('ask-who').click()
    await expect.poll(() => callsOf('look')).toEqual([['look', 'tea', '']])
    await expect.poll(who).toBe(strings.lobby.looking)
    await page.getByTestId('topic').fill('team')
    await expect.poll(() => callsOf('looked')).toEqual([['looked', 'tea']])
    expect(await callsOf('look')).toHaveLength(1)
  })

  test('is asked no more once the call is entered', async () => {
    page = await pages.open()
    await invite()
    await expect.poll(() => callsOf('look')).toHaveLength(1)
    await page.getByTestId('join').click()
    await page.getByTestId('call').waitFor()
    expect(await callsOf('looked')).toEqual([['looked', 'team']])
  })
})

describe('a new call', () => {
  test('is one tap away, or a link first that can be sent before joining', async () => {
    page = await pages.open()
    await page.getByTestId('new-link-first').click()
    expect(await page.getByTestId('new-link').innerText()).toBe(`https://parley.example/#/quiet-harbour/${SECRET}`)
    expect(await page.evaluate(() => location.hash)).toBe(`#/quiet-harbour/${SECRET}`)
    await expect.poll(() => callsOf('look')).toEqual([['look', 'quiet-harbour', SECRET]])
    await page.getByRole('button', { name: strings.showCode }).click()
    await page.getByRole('img', { name: strings.codeLabel(strings.call.link) }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByTestId('join').click()
    await expect.poll(() => callsOf('join')).toEqual([['join', 'quiet-harbour', SECRET]])
  })

  test('that the address asks for is made once: coming back from it offers the lobby as always', async () => {
    page = await pages.open({ query: '?new-call' })
    await page.getByTestId('made').waitFor()
    await page.getByTestId('join').click()
    await page.getByTestId('leave').click()
    await page.getByTestId('new-call').waitFor()
    expect(await page.getByTestId('made').count()).toBe(0)
  })

  test('is left by typing another name, whose call is a public one', async () => {
    page = await pages.open()
    await page.getByTestId('new-link-first').click()
    await page.getByTestId('topic').fill('tea')
    await page.getByTestId('new-call').waitFor()
    expect(await page.getByTestId('made').count()).toBe(0)
    await page.getByTestId('join').click()
    await expect.poll(() => callsOf('join')).toEqual([['join', 'tea', '']])
  })

  test('is sent by the system where the system can', async () => {
    page = await pages.open()
    await page.evaluate(() => { navigator.share = async (data) => { window.harness.calls.push(['share', data?.url]) } })
    await page.getByTestId('new-link-first').click()
    await page.getByTestId('share-link').click()
    await expect.poll(() => callsOf('share')).toEqual([['share', `https://parley.example/#/quiet-harbour/${SECRET}`]])
  })
})

describe('recent calls', () => {
  test('are entered again with one tap', async () => {
    page = await pages.open()
    await remember(['choir', 'team'])
    await page.getByTestId('recent-call').filter({ hasText: 'team' }).click()
    await expect.poll(() => callsOf('join')).toEqual([['join', 'team', SECRET]])
  })

  test('are forgotten one by one, with the focus on the next, or all', async () => {
    page = await pages.open()
    await remember(['choir', 'team', 'tea'])
    await page.getByRole('button', { name: lobbyStrings.recent.forget('choir') }).click()
    await expect.poll(() => page.getByTestId('recent-call').allInnerTexts()).toEqual(['team', 'tea'])
    expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.shadowRoot?.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label')))
      .toBe(lobbyStrings.recent.forget('team'))
    await page.getByRole('button', { name: lobbyStrings.recent.forgetAll }).click()
    await expect.poll(() => page.getByTestId('recent').count()).toBe(0)
  })
})

test('on a phone, upright or sideways, nothing is cut off and Join is a thumb away', async () => {
  for (const viewport of [{ width: 360, height: 640 }, { width: 740, height: 360 }]) {
    page = await pages.open({ viewport })
    await invite()
    await remember(['choir', 'a-call-with-a-name-that-is-far-too-long-for-any-telephone-to-show'])
    await see(['Anna', 'Ben'])
    const sideways = await page.evaluate(() => document.querySelector('parley-app')!.scrollWidth - innerWidth)
    expect(sideways).toBeLessThanOrEqual(0)
    const join = await page.getByTestId('join').boundingBox()
    expect(join!.height).toBeGreaterThanOrEqual(44)
    if (viewport.width < 740) await page.context().close()
  }
})
