import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext } from 'playwright-core'
import { findChromium } from '../../scripts/chromium.ts'
import { writeFakeCamera } from '../browser/fake-camera.ts'
import { CHROMIUM_FLAGS, online, open, until } from '../browser/harness.ts'
import type { Person } from '../browser/harness.ts'
import { installFrameCounter, LOOK_EVERY_MS } from './frame-counter.ts'
import type { FrameNotes, MediaPath } from './frame-counter.ts'

/** Enough pictures a second to see short gaps, small enough for two browsers on two cores. */
const CAMERA = { width: 320, height: 180, framesPerSecond: 20 }
const VIEWPORT = { width: 480, height: 400 }

type PageNotes = { frameNotes: FrameNotes }

/**
 * Starts Chromium with fake devices inside a namespace; the caller closes it. Pages of `origins` count as secure although
 * they come by http.
 */
export async function startBrowser(namespace: string, origins: readonly string[]): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-lab-browser-'))
  const wrapper = join(folder, 'chromium')
  // `ip` becomes Chromium: the pipes by which it is driven go through.
  writeFileSync(wrapper, `#!/bin/sh\nexec ip netns exec ${namespace} '${findChromium()}' "$@"\n`)
  chmodSync(wrapper, 0o755)
  const secure = `--unsafely-treat-insecure-origin-as-secure=${origins.join(',')}`
  try {
    return await chromium.launch({
      executablePath: wrapper,
      args: [...CHROMIUM_FLAGS, `--use-file-for-fake-video-capture=${writeFakeCamera(CAMERA)}`, secure]
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Adds to a profile before its first page is opened. */
export type Prepare = (context: BrowserContext) => Promise<void>

/** Opens the link in a new profile, turns camera and microphone on, and waits in the lobby until a relay is connected. */
export async function openLink(browser: Browser, link: string, name: string, prepare?: Prepare): Promise<Person> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'], viewport: VIEWPORT })
  await prepare?.(context)
  await context.addInitScript(installFrameCounter, LOOK_EVERY_MS)
  const person = await open(browser, link, { name, context })
  for (const device of ['camera', 'microphone']) {
    await person.page.getByTestId(`${device}-toggle`).click()
    await person.page.locator(`[data-testid="${device}-toggle"][aria-pressed="true"]`).waitFor()
  }
  await online(person)
  return person
}

/** Presses Join; resolves with the time just before, milliseconds since 1970. */
export async function pressJoin({ page }: Person): Promise<number> {
  const now = Date.now()
  await page.getByTestId('join').click()
  return now
}

/** The times at which new pictures of others were seen, at or after `sinceMs`, in order and whoever sent them. */
export async function frameTimes({ page }: Person, sinceMs: number): Promise<number[]> {
  const times = await page.evaluate((since) => (globalThis as unknown as PageNotes).frameNotes.frames.flatMap((each) => each.filter((at) => at >= since)), sinceMs)
  return times.sort((a, b) => a - b)
}

/** When each receiver of pictures has decoded its first one: cameras and screens, again after each rebuilt connection. */
export async function firstPictures({ page }: Person): Promise<number[]> {
  return page.evaluate(() => (globalThis as unknown as PageNotes).frameNotes.frames.flatMap(([first]) => first ?? []))
}

/** Waits for the first new picture at or after `sinceMs`, and resolves with its time. */
export async function nextFrame(person: Person, sinceMs: number, withinMs = 60_000): Promise<number> {
  let first: number | undefined
  await until(`${person.name} to see new pictures`, async () => {
    [first] = await frameTimes(person, sinceMs)
    return first !== undefined
  }, withinMs)
  return first!
}

/** By which way this person's media travels now; undefined while there is none. */
export async function mediaPath({ page }: Person): Promise<MediaPath | undefined> {
  return page.evaluate(() => (globalThis as unknown as PageNotes).frameNotes.path())
}

/** What the person's page knows of relays and connections, in lines for whoever looks for the cause of a failure; never fails itself. */
export async function situation({ page, name }: Person): Promise<string> {
  try {
    const relays = await page.getByTestId('network-status').first().getAttribute('data-relays', { timeout: 1_000 }).catch(() => 'unknown')
    const connections = await page.evaluate(() => (globalThis as unknown as PageNotes).frameNotes.describe())
    return [`${name}: ${relays} relays, ${connections.length} connections`, ...connections].join('\n  ')
  } catch (error) {
    return `${name}: the page does not answer (${(error as Error).message})`
  }
}

/** Whether either end of the path is a TURN server. */
export function isRelayed(path: MediaPath): boolean {
  return path.local === 'relay' || path.remote === 'relay'
}
