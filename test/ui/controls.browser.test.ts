import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { callStrings } from '../../src/ui/call-strings.ts'
import { strings } from '../../src/ui/strings.ts'
import { UiPages, chooseInMenu } from './ui-page.ts'
import { controlStrings } from '../../src/ui/control-strings.ts'

let pages: UiPages
let page: Page

beforeAll(async () => { pages = await UiPages.start() })
afterAll(() => pages.stop())
afterEach(async () => {
  expect(await page.evaluate(() => window.harness.violations), 'the security policy holds').toEqual([])
  await page.context().close()
})

const callsOf = (name: string): Promise<unknown[][]> => page.evaluate((wanted) => window.harness.calls.filter(([made]) => made === wanted), name)
const focused = (): Promise<string | null | undefined> => page.evaluate(() => {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  return active?.getAttribute('data-testid')
})
const pressed = (hook: string): Promise<string | null> => page.getByTestId(hook).getAttribute('aria-pressed')

async function joined(options: Parameters<UiPages['open']>[0] = {}): Promise<void> {
  page = await pages.open(options)
  await page.getByTestId('topic').fill('standup')
  await page.getByTestId('join').click()
  await page.getByTestId('call').waitFor()
}

async function withMicrophone(): Promise<void> {
  await joined()
  await page.getByTestId('mute').click()
  await expect.poll(() => pressed('mute')).toBe('true')
}

describe('the menu', () => {
  test('is opened, walked through and closed by keys, and the focus returns to its button', async () => {
    await joined()
    await page.getByTestId('menu').focus()
    await page.keyboard.press('ArrowDown')
    const first = await focused()
    await page.keyboard.press('End')
    expect(await focused()).not.toBe(first)
    await page.keyboard.press('ArrowDown')
    expect(await focused()).toBe(first)
    await page.keyboard.type(callStrings.invite.title.charAt(0).toLowerCase())
    expect(await focused()).toBe('invite')
    await page.keyboard.press('Escape')
    expect(await focused()).toBe('menu')
    expect(await page.getByTestId('menu-items').count()).toBe(0)
    await page.keyboard.press('Enter')
    await page.keyboard.type(callStrings.invite.title.charAt(0))
    await page.keyboard.press('Enter')
    await page.getByTestId('invite-dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByTestId('invite-dialog').waitFor({ state: 'detached' })
    expect(await page.getByTestId('call').count(), 'Escape only closes').toBe(1)
  })

  test('is closed by its button and by a press elsewhere', async () => {
    await joined()
    for (const elsewhere of ['menu', 'call']) {
      await page.getByTestId('menu').click()
      await page.getByTestId('menu-items').waitFor()
      await page.getByTestId(elsewhere).click(elsewhere === 'call' ? { position: { x: 5, y: 5 } } : {})
      await page.getByTestId('menu-items').waitFor({ state: 'detached' })
    }
  })

  test('of microphones shows the one in use, and switches', async () => {
    await withMicrophone()
    await page.getByTestId('mute-menu').click()
    expect(await page.getByRole('menuitemradio', { checked: true }).innerText()).toContain('Built-in microphone')
    await page.getByRole('menuitemradio').last().click()
    expect((await callsOf('openMicrophone')).at(-1)).toEqual(['openMicrophone', 'mic-2'])
    expect(await focused()).toBe('mute-menu')
  })

  test('has what a narrow screen has no place for, and everything can be reached by a finger', async () => {
    await joined({ viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true })
    expect(await page.getByTestId('screen').isVisible()).toBe(false)
    const bar = page.locator('parley-control-bar button')
    for (const box of await Promise.all((await bar.all()).map((each) => each.boundingBox()))) {
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44)
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320)
    }
    await chooseInMenu(page, 'react-clap')
    expect(await callsOf('react')).toEqual([['react', 'clap']])
    await chooseInMenu(page, 'screen')
    await page.getByText(callStrings.call.sharing).waitFor()
  })
})

describe('keys', () => {
  test('do what the buttons do, but not while somebody types or a dialog is open', async () => {
    await withMicrophone()
    await page.keyboard.press('m')
    await expect.poll(() => pressed('mute')).toBe('false')
    await page.keyboard.press('v')
    await expect.poll(() => pressed('camera')).toBe('true')
    await page.keyboard.press('h')
    await expect.poll(() => pressed('hand')).toBe('true')
    await page.keyboard.press('Control+h')
    await page.keyboard.press('c')
    await page.getByTestId('chat-input').pressSequentially('hm? v m')
    expect(await page.getByTestId('chat-input').inputValue()).toBe('hm? v m')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByTestId('keys-dialog').waitFor()
    await page.keyboard.press('m')
    await page.keyboard.press('v')
    expect([await pressed('mute'), await pressed('camera'), await pressed('hand')]).toEqual(['false', 'true', 'true'])
  })

  test('can be switched off, in the sheet that explains them', async () => {
    await withMicrophone()
    await chooseInMenu(page, 'keys')
    await page.getByTestId('keys-on').uncheck()
    await page.keyboard.press('Escape')
    await page.getByTestId('keys-dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('v')
    await page.keyboard.press('?')
    expect(await pressed('camera')).toBe('false')
    expect(await page.getByTestId('keys-dialog').count()).toBe(0)
    expect(await page.getByTestId('mute').getAttribute('title')).toBe(callStrings.controls.mute)
  })

  test('Space unmutes for as long as it is held, after a click on a button too, and not beyond what the page sees', async () => {
    await withMicrophone()
    await page.getByTestId('mute').click()
    const muted = (): Promise<boolean> => page.evaluate(() => window.harness.fake.local.muted.value)
    expect(await muted()).toBe(true)
    await page.keyboard.down(' ')
    await page.getByTestId('talking').waitFor()
    expect(await muted()).toBe(false)
    await page.keyboard.up(' ')
    await expect.poll(muted).toBe(true)
    await page.keyboard.down(' ')
    expect(await muted()).toBe(false)
    await page.evaluate(() => window.dispatchEvent(new Event('blur')))
    expect(await muted()).toBe(true)
    await page.keyboard.up(' ')
    // Reached by keys, a button is pressed by Space.
    await page.keyboard.press('Tab')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press(' ')
    await expect.poll(muted).toBe(false)
    await page.waitForFunction(() => !window.harness.fake.local.muted.value)
  })

  test('who talks while muted is told, and can unmute there', async () => {
    await withMicrophone()
    await page.getByTestId('mute').click()
    await page.evaluate(() => {
      const { level } = window.harness.fake.local
      setInterval(() => { level.value = 0.6 + 0.01 * (Math.round(performance.now()) % 7) }, 50)
    })
    const hint = page.getByTestId('muted-hint')
    await hint.waitFor()
    await hint.getByRole('button').click()
    await hint.waitFor({ state: 'detached' })
    expect(await pressed('mute')).toBe('true')
  })
})

describe('hands and reactions', () => {
  test('hands stand on the tiles in their order and are announced', async () => {
    await joined()
    await page.evaluate(() => {
      window.harness.arrive('ada', { name: 'Ada' })
      window.harness.arrive('bob', { name: 'Bob' })
      window.harness.call.hands.value = ['bob', 'ada'] as never
    })
    await page.getByRole('status').getByText(controlStrings.hands.raised('Ada')).waitFor()
    const place = (peer: string): Promise<string | null> => page.locator(`[data-testid=tile][data-peer=${peer}]`).getByTestId('tile-hand').getAttribute('aria-label')
    expect([await place('bob'), await place('ada')]).toEqual([controlStrings.hands.place(1), controlStrings.hands.place(2)])
    await page.getByTestId('hand').click()
    await page.locator('[data-testid=tile][data-self]').getByTestId('tile-hand').waitFor()
    expect(await page.getByTestId('hand').getAttribute('title')).toContain(controlStrings.hands.lower)
    expect(await page.getByText(controlStrings.hands.raised(strings.guest)).count(), 'no news to oneself').toBe(0)
  })

  test('a reaction rises from its tile and is read out, several of them together', async () => {
    await joined()
    await page.evaluate(() => {
      for (const name of ['Ada', 'Bob']) window.harness.arrive(name, { name })
      window.harness.call.reactions.value = [{ id: 1, peer: 'Ada', reaction: 'clap' }, { id: 2, peer: 'Bob', reaction: 'clap' }] as never
    })
    await page.locator('[data-testid=tile][data-peer=Ada]').getByTestId('tile-reaction').waitFor()
    await page.getByTestId('spoken-reactions').getByText(controlStrings.reactions.by(['Ada', 'Bob'], controlStrings.reactions.clap)).waitFor({ state: 'attached' })
    await page.evaluate(() => { window.harness.call.reactions.value = [] })
    await page.getByTestId('tile-reaction').waitFor({ state: 'detached' })
    await page.getByTestId('reactions').click()
    await page.getByRole('menuitem', { name: controlStrings.reactions.party }).click()
    expect(await callsOf('react')).toEqual([['react', 'party']])
  })
})
