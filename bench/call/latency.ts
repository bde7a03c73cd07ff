import type { Page } from 'playwright-core'
import type { Lifetime } from '../../src/util/abort.ts'
import { median } from '../fit.ts'
import { progress, table, whole } from '../report.ts'
import { openCall, startBrowser, startSite, visit } from './world.ts'

/** Time for the browser to draw what an action changed, and for calls to go on meanwhile, milliseconds. */
const PAUSE_MS = 400
/** Event Timing leaves out what took less than this, milliseconds, and rounds to 8. https://w3c.github.io/event-timing/ */
const FLOOR_MS = 16

export interface LatencyOptions {
  people: number
  times: number
}

/** Something that a person does, and as often as asked. */
interface Action {
  name: string
  act: (page: Page) => Promise<unknown>
}

const LOBBY: readonly Action[] = [
  { name: 'microphone off, on', act: (page) => page.getByTestId('microphone-toggle').click() },
  { name: 'settings open, closed', act: settings },
  { name: 'a key in a text', act: (page) => page.getByTestId('topic').press('a') },
]

const CALL: readonly Action[] = [
  { name: 'mute, unmute', act: (page) => page.getByTestId('mute').click() },
  { name: 'chat open, closed', act: (page) => page.getByTestId('chat-toggle').click() },
  { name: 'menu open, speaker view', act: (page) => choose(page, 'view-speaker') },
  { name: 'menu open, grid', act: (page) => choose(page, 'view-grid') },
]

const CHAT: readonly Action[] = [
  { name: 'a key in a chat line', act: (page) => page.getByTestId('chat-input').press('a') },
  { name: 'a chat line sent', act: (page) => page.getByTestId('chat-input').press('b').then(() => page.getByTestId('chat-input').press('Enter')) },
]

/** How long the page takes to show what a person did, in a call and beside it in the lobby. */
export async function latency({ people, times }: LatencyOptions, lifetime: Lifetime): Promise<string> {
  const site = await startSite(lifetime)
  const url = `${site.httpUrl}/`
  try {
    const { browser, close } = await startBrowser(lifetime)
    const rows: string[][] = []
    const { page: lobby } = await visit(browser, url)
    await lobby.getByTestId('microphone-toggle').click()
    rows.push(...await measure(lobby, 'lobby', LOBBY, times))
    await lobby.context().close()
    const [first] = await openCall(browser, url, people)
    if (first === undefined) throw new Error('nobody is in the call')
    const { page } = first
    rows.push(...await measure(page, `call of ${people}`, CALL, times))
    await page.getByTestId('chat-toggle').click()
    rows.push(...await measure(page, `call of ${people}`, CHAT, times))
    await close()
    return [`Interaction latency: from the press to the next picture (Event Timing, rounded to 8 ms; below ${FLOOR_MS} ms it says nothing)`,
      table(['', 'action', 'times', `below ${FLOOR_MS} ms`, 'median (ms)', 'worst (ms)'], rows)].join('\n\n')
  } finally {
    await site.close()
  }
}

async function settings(page: Page): Promise<void> {
  await page.getByTestId('settings').click()
  const dialog = page.locator('dialog[open]')
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
}

async function choose(page: Page, hook: string): Promise<void> {
  await page.getByTestId('menu').click()
  await page.getByTestId(hook).click()
}

async function measure(page: Page, where: string, actions: readonly Action[], times: number): Promise<string[][]> {
  const rows: string[][] = []
  for (const { name, act } of actions) {
    progress(`${where}: ${name}`)
    // What an action loads for the first time is not what is measured.
    await act(page)
    await page.waitForTimeout(PAUSE_MS)
    await page.evaluate(watchEvents, FLOOR_MS)
    for (let i = 0; i < times; i++) {
      await act(page)
      await page.waitForTimeout(PAUSE_MS)
    }
    const durations = await page.evaluate(() => (globalThis as unknown as { interactions: () => number[] }).interactions())
    const short = durations.filter((duration) => duration < FLOOR_MS).length
    rows.push([where, name, String(durations.length), String(short), whole(median(durations)), whole(Math.max(...durations))])
  }
  return rows
}

/** For the page: notes each press from now on, and how long the longest of its events took until the next picture. */
function watchEvents(floorMs: number): void {
  const world = globalThis as unknown as { interactions?: () => number[], stopWatching?: () => void }
  world.stopWatching?.()
  const ids = new Map<number, number>()
  let presses = 0
  const press = ({ type }: Event): void => { if (type === 'pointerdown' || type === 'keydown') presses++ }
  for (const type of ['pointerdown', 'keydown']) addEventListener(type, press, { capture: true })
  const take = (entries: PerformanceEntryList): void => {
    for (const entry of entries as PerformanceEventTiming[]) {
      const { interactionId = 0 } = entry as PerformanceEventTiming & { interactionId?: number }
      if (interactionId > 0) ids.set(interactionId, Math.max(ids.get(interactionId) ?? 0, entry.duration))
    }
  }
  const observer = new PerformanceObserver((list) => take(list.getEntries()))
  observer.observe({ type: 'event', durationThreshold: floorMs } as PerformanceObserverInit)
  world.stopWatching = () => observer.disconnect()
  world.interactions = () => {
    take(observer.takeRecords())
    // Presses of which nothing was reported took less than what is reported.
    return [...ids.values(), ...Array.from({ length: Math.max(0, presses - ids.size) }, () => 0)]
  }
}
