import type { Browser, BrowserContext, Page } from 'playwright-core'
import { installIceDetour } from './ice-detour.ts'
import { delayTcp, MIRROR_HOST } from './delay-proxy.ts'
import type { TcpDelay } from './delay-proxy.ts'
import type { Place } from './lab.ts'

/** Longest wait for anything in a page; a join that takes longer has failed. */
const TIMEOUT_MS = 30_000
/** Nothing may have passed the proxy for this long, and for some round trips, before everything counts as settled. */
const QUIET_MS = 600
const QUIET_ROUND_TRIPS = 4
/** A visitor who is never quiet, because of some heartbeat, is not waited for longer than so many of those times. */
const QUIET_ATTEMPTS = 6

/** What went over the wire since the visitor came: bytes through the TCP proxy, and WebSocket messages. */
export interface Traffic {
  up: number
  down: number
  sent: number
  received: number
}

/** Milestones of one join by name, milliseconds since the navigation started, in the browser's own clock. */
export type Timeline = Map<string, number>

/** One browser profile with its own path to the relay. */
export class Visitor {
  readonly page: Page
  readonly #context: BrowserContext
  readonly #tcp: TcpDelay
  readonly #csMs: number
  readonly #messages = { sent: 0, received: 0 }
  readonly #waiting = new Map<string, PromiseWithResolvers<void>>()

  private constructor(page: Page, tcp: TcpDelay, csMs: number) {
    this.page = page
    this.#context = page.context()
    this.#tcp = tcp
    this.#csMs = csMs
  }

  /** Opens an empty tab in a fresh profile; `close` ends it. */
  static async open(browser: Browser, { relayPort, cs, udp, signal }: Place): Promise<Visitor> {
    const context = await browser.newContext({ permissions: ['camera', 'microphone'] })
    const tcp = await delayTcp({ target: relayPort, delayMs: cs / 2, signal })
    await context.exposeFunction('benchAnnounce', udp.add.bind(udp))
    await context.addInitScript(installIceDetour, MIRROR_HOST)
    const page = await context.newPage()
    page.setDefaultTimeout(TIMEOUT_MS)
    const visitor = new Visitor(page, tcp, cs)
    await page.exposeFunction('benchMark', (name: string) => visitor.#waiting.get(name)?.resolve())
    await page.addInitScript(watchMarks)
    page.on('websocket', (socket) => {
      socket.on('framesent', () => { visitor.#messages.sent++ })
      socket.on('framereceived', () => { visitor.#messages.received++ })
    })
    page.on('pageerror', (error) => process.stderr.write(`page error: ${error.message}\n`))
    return visitor
  }

  /** Goes to `fragment` of the app; the page counts as new even when only the fragment differs. */
  async visit(fragment: string): Promise<void> {
    await this.page.goto(`http://127.0.0.1:${this.#tcp.port}/${fragment}`, { waitUntil: 'commit' })
  }

  /** Stays in the lobby until camera and microphone are open, a relay is connected and everything has fallen quiet. */
  async settleInLobby(fragment: string): Promise<void> {
    await this.visit(fragment)
    for (const device of ['camera', 'microphone']) {
      await this.page.getByTestId(`${device}-toggle`).click()
      await this.page.locator(`[data-testid="${device}-toggle"][aria-pressed="true"]`).waitFor()
    }
    await this.page.locator('[data-testid="network-status"][data-status="online"]').waitFor()
    await this.quiet()
  }

  /** Resolves when nothing has passed between the relay and this visitor for a while, or after a few attempts. */
  async quiet(): Promise<void> {
    const quietMs = Math.max(QUIET_MS, QUIET_ROUND_TRIPS * this.#csMs)
    let before = -1
    for (let attempt = 0; attempt < QUIET_ATTEMPTS; attempt++) {
      const now = this.#tcp.bytes.up + this.#tcp.bytes.down
      if (now === before) return
      before = now
      await new Promise((resolve) => setTimeout(resolve, quietMs))
    }
  }

  /** Resolves when the page sets the mark `name`; ask before doing what leads to it. */
  async reached(name: string): Promise<void> {
    const waiting = Promise.withResolvers<void>()
    this.#waiting.set(name, waiting)
    const timer = setTimeout(() => waiting.reject(new Error(`no "${name}" within ${TIMEOUT_MS} ms`)), TIMEOUT_MS)
    await waiting.promise.finally(() => clearTimeout(timer))
  }

  /** Resolves when nobody else is on the stage. */
  async alone(): Promise<void> {
    await this.page.locator('[data-testid="tile"]:not([data-self])').waitFor({ state: 'detached' })
  }

  traffic(): Traffic {
    return { ...this.#tcp.bytes, ...this.#messages }
  }

  async timeline(): Promise<Timeline> {
    return new Map(await this.page.evaluate(readTimeline))
  }

  /** Leaves the call as a person does, if there is one, and drops the profile. */
  async close(): Promise<void> {
    const leave = this.page.getByTestId('leave')
    if (await leave.isVisible()) {
      await leave.click()
      await this.page.getByTestId('join').waitFor()
    }
    await this.#context.close()
  }
}

/** Runs inside the page: reports every mark as it is set. */
function watchMarks(): void {
  const report = (globalThis as unknown as { benchMark(name: string): Promise<void> }).benchMark
  new PerformanceObserver((list) => { for (const { name } of list.getEntries()) void report(name) }).observe({ type: 'mark' })
}

/** Runs inside the page: the app's own marks, the latest of each name, and when page and code had arrived. */
function readTimeline(): [string, number][] {
  const marks = performance.getEntriesByType('mark').map(({ name, startTime }): [string, number] => [name, startTime])
  const joined = marks.findLast(([name]) => name === 'join')?.[1] ?? Infinity
  const scripts = (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
    .filter(({ name, responseEnd }) => name.endsWith('.js') && responseEnd <= joined).map(({ responseEnd }) => responseEnd)
  const navigation = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined
  return [['page', navigation?.responseEnd ?? NaN], ['first script', Math.min(...scripts)], ['last script', Math.max(...scripts)], ...marks]
}
