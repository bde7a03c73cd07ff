/** What axe-core knows of WCAG 2.2 AA, on every screen in both colour schemes. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SCREENS } from './screens.ts'
import { UiPages } from './ui-page.ts'

declare global {
  interface Window { axe: { run(options: RunOptions): Promise<AxeResults> } }
}

const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

let pages: UiPages

beforeAll(async () => { pages = await UiPages.start() })
afterAll(() => pages.stop())

describe.each(SCREENS)('$name', ({ show }) => {
  test('axe finds nothing, light or dark', async () => {
    const page = await pages.open({ reducedMotion: 'reduce', colorScheme: 'light' })
    try {
      await show(page)
      await page.evaluate(AXE)
      const light = await findings(page)
      await page.emulateMedia({ colorScheme: 'dark' })
      expect({ light, dark: await findings(page) }).toEqual({ light: [], dark: [] })
    } finally {
      await page.context().close()
    }
  })
})

/** What axe finds wrong, in a line each. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate((tags) => window.axe.run({ runOnly: tags, rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] }), TAGS)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary = '' }) => `${id} at ${target.flat().join(' ')}: ${failureSummary.split('\n').slice(1).join(' ').trim()}`))
}
