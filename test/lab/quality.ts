/** Sound and picture on bad lines: a link of ours against a plain RTCPeerConnection, one after the other on the same line. */
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { fileURLToPath } from 'node:url'
import { progress, table } from '../../bench/report.ts'
import { Internet } from './internet.ts'
import { Namespaces } from './namespaces.ts'
import { startBrowser } from './person.ts'
import { CONDITIONS, type Condition } from './quality-lines.ts'
import { HEAD, rowOf, worseIn, type Outcome } from './quality-score.ts'
import type * as SidePage from './quality-side.ts'
import { createSite, type Site } from './site.ts'

const SIDE = fileURLToPath(new URL('quality-side.ts', import.meta.url))
/** Pages there count as secure, and the browser asks nobody for them. */
const PAGE = 'http://localhost/quality'
/** From the first picture until the line turns bad, milliseconds: the estimates have settled by then. */
const SETTLE_MS = 10_000
const CONNECT_MS = 60_000
const EVERY_MS = 500
const KINDS = ['plain', 'parley'] as const

type Browsers = [Browser, Browser]

/** Measures each condition `runs` times with either; resolves with how many lines ours was not better on. */
export async function quality(names: readonly string[] | undefined, runs: number): Promise<number> {
  const chosen = CONDITIONS.filter(({ name }) => names === undefined || names.some((each) => name.includes(each)))
  const namespaces = await Namespaces.open()
  const browsers: Browser[] = []
  const rows: string[][] = []
  let worse = 0
  try {
    const internet = await Internet.create(namespaces)
    const sites: [Site, Site] = [
      await createSite(namespaces, internet, { name: 'near', kind: 'open', withLink: true }),
      await createSite(namespaces, internet, { name: 'far', kind: 'open', withLink: true }),
    ]
    for (const { namespace } of sites) browsers.push(await startBrowser(namespace, []))
    const script = await bundle()
    for (const condition of chosen) {
      const outcomes: Record<typeof KINDS[number], Outcome[]> = { plain: [], parley: [] }
      for (let run = 0; run < runs; run++) {
        for (const kind of KINDS) {
          progress(`${condition.name}, ${kind}, ${run + 1} of ${runs}`)
          outcomes[kind].push(await measure(kind, condition, sites, browsers as Browsers, script))
        }
      }
      for (const kind of KINDS) rows.push(rowOf(condition, kind, outcomes[kind]))
      process.stderr.write(`${table(HEAD, rows.slice(-2))}\n`)
      const points = worseIn(condition, outcomes)
      if (points.length > 0) progress(`${condition.name}: ours is worse in ${points.join(', ')}`)
      if (points.length > 0 && condition.isBad) worse++
    }
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()))
    await namespaces.close()
  }
  process.stdout.write(`${table(HEAD, rows)}\n`)
  return worse
}

/** One call on one line: good at first, then as the condition says. */
async function measure(kind: SidePage.Kind, condition: Condition, sites: [Site, Site], browsers: Browsers, script: string): Promise<Outcome> {
  const shape = async (each: Condition['phases'][number] | undefined): Promise<void> => {
    await sites[0].link?.set({ up: each?.near.up ?? {}, down: each?.near.down ?? {} })
    await sites[1].link?.set({})
  }
  await shape(condition.start)
  const pages = await Promise.all(browsers.map((browser) => openPage(browser, script)))
  const [near, far] = pages as [Page, Page]
  try {
    await join(near, far)
    for (const page of [far, near]) await page.evaluate(([kind, offers]) => qualitySide.start(kind, offers), [kind, page === near] as const)
    await far.waitForFunction(async () => (await qualitySide.hear()).frames > 5, undefined, { timeout: CONNECT_MS, polling: 200 })
    await watch(far, SETTLE_MS, [])
    const phases: SidePage.Heard[][] = []
    for (const phase of condition.phases) {
      await shape(phase)
      const heard: SidePage.Heard[] = []
      await watch(far, phase.ms, heard)
      phases.push(heard)
    }
    return { phases }
  } finally {
    await Promise.all(pages.map((page) => page.context().close()))
  }
}

async function openPage(browser: Browser, script: string): Promise<Page> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] })
  const page = await context.newPage()
  page.on('pageerror', (error) => progress(String(error)))
  await page.route(PAGE, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><body></body>' }))
  await page.goto(PAGE)
  await page.addScriptTag({ content: script })
  return page
}

/** Carries what each says to the other, in order. */
async function join(near: Page, far: Page): Promise<void> {
  for (const [from, to] of [[near, far], [far, near]] as const) {
    let last: Promise<unknown> = Promise.resolve()
    await from.exposeFunction('qualitySend', (text: string) => {
      last = last.then(() => to.evaluate((said) => qualitySide.take(said), text)).catch((error: Error) => progress(error.message))
    })
  }
}

/** Notes what the page has received, again and again, for so long. */
async function watch(page: Page, ms: number, into: SidePage.Heard[]): Promise<void> {
  const end = Date.now() + ms
  into.push(await page.evaluate(() => qualitySide.hear()))
  while (Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(EVERY_MS, end - Date.now())))
    into.push(await page.evaluate(() => qualitySide.hear()))
  }
}

/** The page's code in one piece. */
async function bundle(): Promise<string> {
  const [result] = [await build({
    configFile: false, logLevel: 'error',
    build: { write: false, minify: false, lib: { entry: SIDE, formats: ['iife'], name: 'bundled' } },
  })].flat()
  if (result === undefined || !('output' in result)) throw new Error('nothing was built')
  return result.output[0].code
}
