/** Everything fits: in the languages with the longest words on a phone, and from right to left. */
import { writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SCREENS } from './screens.ts'
import { UiPages } from './ui-page.ts'

const PHONE = { width: 360, height: 740 }
/** A directory for pictures of every screen, to be looked at; none are made when it is not set. */
const PICTURES = process.env['PICTURES']

let pages: UiPages

beforeAll(async () => { pages = await UiPages.start() })
afterAll(() => pages.stop())

describe.each(SCREENS)('$name', ({ name, show }) => {
  test('fits a phone in German and Dutch, and turned round', async () => {
    const page = await pages.open({ viewport: PHONE, hasTouch: true, reducedMotion: 'reduce', locale: 'de-DE' })
    try {
      await show(page)
      const german = await misfits(page)
      await picture(page, `${name}-de`)
      await page.evaluate(() => window.harness.speak('nl'))
      const dutch = await misfits(page)
      await page.evaluate(() => { document.documentElement.dir = 'rtl' })
      const turned = await misfits(page)
      await picture(page, `${name}-rtl`)
      expect({ german, dutch, turned }).toEqual({ german: [], dutch: [], turned: [] })
    } finally {
      await page.context().close()
    }
  })
})

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined) writeFileSync(`${PICTURES}/${name.replace(/\W+/g, '-')}.png`, await page.screenshot())
}

/** Controls that stand outside the page or whose words do not fit, and whatever makes the page wider than the window. */
async function misfits(page: Page): Promise<string[]> {
  await page.evaluate(() => new Promise(requestAnimationFrame))
  return page.evaluate(() => {
    const CONTROLS = 'button, input, select, textarea, summary, a[href], [role=menuitem], [role=menuitemcheckbox], [role=menuitemradio]'
    const elements = (root: Document | ShadowRoot): HTMLElement[] => [...root.querySelectorAll<HTMLElement>('*')].flatMap((each) => [each, ...each.shadowRoot === null ? [] : elements(each.shadowRoot)])
    const called = (element: Element): string => `${element.localName} “${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)}”`
    const shown = elements(document).filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.closest('.visually-hidden') === null)
    const outside = shown.filter((element) => element.matches(CONTROLS)).filter((element) => {
      const { left, right, width } = element.getBoundingClientRect()
      return width > 0 && (left < -0.5 || right > innerWidth + 0.5)
    })
    const clipped = shown.filter((element) => element.matches('button, summary, label, h1, h2, h3, p, legend, [role^=menuitem]')
      && getComputedStyle(element).textOverflow !== 'ellipsis' && getComputedStyle(element).overflow !== 'visible' && element.scrollWidth > element.clientWidth + 1)
    const spilling = shown.filter((element) => element.matches('button, summary') && element.textContent?.trim() !== '' && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1)
    const wide = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []
    return [...outside.map((each) => `${called(each)} is outside`), ...clipped.map((each) => `${called(each)} is cut`), ...spilling.map((each) => `${called(each)} spills`), ...wide]
  })
}
