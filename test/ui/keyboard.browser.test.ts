/** Without a mouse, and for eyes that need other colours or no movement. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { SCREENS } from './screens.ts'
import { UiPages } from './ui-page.ts'

let pages: UiPages
let page: Page

beforeAll(async () => { pages = await UiPages.start() })
afterAll(() => pages.stop())
afterEach(() => page.context().close())

const screen = (name: string) => SCREENS.find((each) => each.name === name)!

/** The element that has the focus, whichever shadow it stands in. */
const focused = (): Promise<{ hook: string, outline: number, path: string }> => page.evaluate(() => {
  let element: Element | null = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  const { outlineStyle, outlineWidth } = element === null ? { outlineStyle: 'none', outlineWidth: '0' } : getComputedStyle(element)
  const { x = 0, y = 0 } = element?.getBoundingClientRect() ?? {}
  return {
    hook: element?.getAttribute('data-testid') ?? element?.localName ?? '', outline: outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth),
    path: `${element?.localName} ${element?.getAttribute('aria-label') ?? element?.textContent?.trim()} ${Math.round(x)},${Math.round(y)}`,
  }
})

/** Hooks of what Tab reaches, in its order, from the top of the page once round. */
async function tabOrder(): Promise<{ hooks: string[], unseen: string[] }> {
  const hooks: string[] = []
  const seen = new Set<string>()
  const unseen: string[] = []
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab')
    const { hook, outline, path } = await focused()
    if (seen.has(path)) break
    seen.add(path)
    hooks.push(hook)
    // A field shows its focus inside, others around them; two pixels are what WCAG 2.4.13 asks for.
    if (hook !== 'body' && outline < 2) unseen.push(path)
  }
  return { hooks, unseen }
}

describe('the keyboard', () => {
  test('reaches everything in the lobby in the order of reading', async () => {
    page = await pages.open()
    await screen('lobby').show(page)
    const { hooks, unseen } = await tabOrder()
    const wanted = ['microphone-toggle', 'camera-toggle', 'name', 'topic', 'join', 'new-call', 'ring-address', 'ring', 'codes', 'settings']
    // Tab went on from where the screen left the focus, and round to it again.
    const reached = [...new Set(hooks.filter((hook) => wanted.includes(hook)))]
    const start = reached.indexOf('microphone-toggle')
    expect([...reached.slice(start), ...reached.slice(0, start)]).toEqual(wanted)
    expect(unseen).toEqual([])
  })

  test.each([['light', 'none'], ['dark', 'none'], ['dark', 'active']] as const)('sees the focus on every control of a call, %s with forced colours %s', async (colorScheme, forcedColors) => {
    page = await pages.open({ colorScheme, forcedColors })
    await screen('chat').show(page)
    const { hooks, unseen } = await tabOrder()
    expect(hooks).toEqual(expect.arrayContaining(['mute', 'camera', 'screen', 'chat-toggle', 'menu', 'leave', 'chat-input', 'chat-send']))
    expect(unseen).toEqual([])
  })

  test.each(['invite', 'settings', 'doctor-menu', 'codes'])('opens %s from the menu, leaves it with Escape, and is back where it was', async (hook) => {
    page = await pages.open()
    await screen('alone').show(page)
    await page.getByTestId('menu').focus()
    await page.keyboard.press('Enter')
    const item = page.getByTestId('menu-items').getByTestId(hook)
    await item.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(async () => (await focused()).hook).toBe('menu')
  })
})

/** Names of what moves on the page now, in every shadow. */
const moving = (): Promise<string[]> => page.evaluate(() => {
  const roots = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => [root, ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot === null ? [] : roots(shadowRoot))]
  return roots(document).flatMap((root) => root.getAnimations()).filter(({ playState }) => playState === 'running')
    .map((animation) => animation instanceof CSSAnimation ? animation.animationName : 'transition')
})

test('nothing moves for those who asked for less movement', async () => {
  page = await pages.open()
  await screen('call of three with a screen').show(page)
  expect(await moving()).toContain('turn')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expect.poll(moving).toEqual([])
})

test('those who ask for more contrast get seven to one for words', async () => {
  page = await pages.open({ contrast: 'more', colorScheme: 'light' })
  const ratio = (): Promise<number> => page.evaluate(() => {
    const styles = getComputedStyle(document.querySelector('parley-app')!)
    const light = (name: string): number => {
      const [red = 0, green = 0, blue = 0] = (styles.getPropertyValue(name).match(/[0-9a-f]{2}/gi) ?? []).map((part) => Number.parseInt(part, 16) / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const pairs = [['--text-quiet', '--background'], ['--text-quiet', '--raised'], ['--accent', '--surface'], ['--on-accent', '--accent'], ['--danger-text', '--danger-quiet'], ['--on-danger', '--danger'], ['--text', '--surface']]
    return Math.min(...pairs.map(([one = '', other = '']) => {
      const [bright = 0, dark = 0] = [light(one), light(other)].toSorted((a, b) => b - a)
      return (bright + 0.05) / (dark + 0.05)
    }))
  })
  expect(await ratio()).toBeGreaterThan(7)
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await ratio()).toBeGreaterThan(7)
})
