import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { UiPages } from '../ui/ui-page.ts'

declare global {
  interface Window {
    /** The names of all scenes: `frame.ts` puts them there. */
    scenes: string[]
  }
}

const UI = fileURLToPath(new URL('../../src/ui', import.meta.url))

/** Elements that no scene can show, with the reason. */
const UNSEEN: Readonly<Record<string, string>> = { 'parley-small-call': 'stands in a window of its own: test/ui/small-window.browser.test.ts' }

let pages: UiPages

beforeAll(async () => { pages = await UiPages.start('test/gallery/frame.html') })
afterAll(() => pages.stop())

test('the gallery shows every element that there is, and every scene of it can be set', async () => {
  const page = await pages.open({ loaded: false })
  const problems: string[] = []
  const seen = new Set<string>()
  page.on('pageerror', ({ message }) => problems.push(message))
  const address = page.url()
  for (const scene of await page.evaluate(() => window.scenes)) {
    await page.goto(`${address}?scene=${scene}`)
    await page.waitForSelector('html[data-scene]', { state: 'attached' })
    const { state, tags, violations } = await page.evaluate(() => {
      const below = (root: ParentNode): Element[] => [...root.querySelectorAll('*')].flatMap((element) => [element, ...element.shadowRoot === null ? [] : below(element.shadowRoot)])
      return { state: document.documentElement.dataset['scene'], tags: below(document).map(({ localName }) => localName), violations: window.harness.violations }
    })
    for (const tag of tags) seen.add(tag)
    if (state !== 'stands') problems.push(`${scene}: ${state}`)
    problems.push(...violations.map((violation) => `${scene}: ${violation}`))
  }
  expect(problems).toEqual([])
  expect(defined().filter((name) => !seen.has(name) && !(name in UNSEEN)), 'a scene in test/gallery for each').toEqual([])
})

/** The names of all elements of the interface. */
function defined(): string[] {
  const sources = readdirSync(UI, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(UI, name), 'utf8'))
  return sources.flatMap((source) => [...source.matchAll(/customElements\.define\('([^']+)'/g)].map(([, name]) => name ?? ''))
}
