/** People in a real Firefox, over WebDriver BiDi: how they open the app, what they press, and what they see and hear. */
import puppeteer from 'puppeteer-core'
import type { Browser, BrowserContext, Page } from 'puppeteer-core'
import { until, type Arrived } from './harness.ts'

/** Fake devices that need no permission, sound without a gesture, and connections within this machine. */
const PREFERENCES = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
}
const VIEWPORT = { width: 640, height: 480 }
const PATIENCE_MS = 60_000

/** Mean red, green and blue of a picture, 0..255. */
export type Colour = [red: number, green: number, blue: number]

/** Starts this Firefox with fake devices; the caller closes it. */
export function startFirefox(executablePath: string): Promise<Browser> {
  return puppeteer.launch({ browser: 'firefox', executablePath, headless: true, extraPrefsFirefox: PREFERENCES })
}

/** One person with an empty profile. */
export class FirefoxPerson {
  readonly name: string
  readonly page: Page
  readonly #profile: BrowserContext
  /** What the page has thrown and nobody has caught. */
  readonly errors: unknown[] = []

  private constructor(name: string, page: Page, profile: BrowserContext) {
    this.name = name
    this.page = page
    this.#profile = profile
    page.on('pageerror', (error) => this.errors.push(error))
  }

  /** Opens the app straight into a room, with camera and microphone. */
  static async join(browser: Browser, url: string, topic: string, name: string): Promise<FirefoxPerson> {
    const profile = await browser.createBrowserContext()
    const person = new FirefoxPerson(name, await profile.newPage(), profile)
    await person.page.setViewport(VIEWPORT)
    await person.page.evaluateOnNewDocument(() => {
      const peerConnections: RTCPeerConnection[] = []
      const Original = RTCPeerConnection
      Object.assign(globalThis, {
        peerConnections,
        RTCPeerConnection: class extends Original {
          constructor(configuration?: RTCConfiguration) { super(configuration); peerConnections.push(this) }
        },
      })
    })
    await person.page.goto(`${url}#/${encodeURIComponent(topic)}?join=now&name=${encodeURIComponent(name)}`)
    await person.shows('[data-testid="call"]')
    return person
  }

  /** Leaves without a word, as one who closes the window. */
  async close(): Promise<void> {
    await this.#profile.close()
  }

  /** Waits until something is shown. */
  async shows(selector: string): Promise<void> {
    await this.page.waitForSelector(`>>> ${selector}`, { visible: true, timeout: PATIENCE_MS })
  }

  async press(hook: string): Promise<void> {
    await this.page.locator(`>>> [data-testid="${hook}"]`).setTimeout(PATIENCE_MS).click()
  }

  async say(text: string): Promise<void> {
    await this.press('chat-toggle')
    await this.page.locator('>>> [data-testid="chat-input"]').fill(text)
    await this.press('chat-send')
    await this.press('chat-toggle')
  }

  async reads(text: string): Promise<void> {
    await this.press('chat-toggle')
    await until(`${this.name} to read "${text}"`, async () => (await this.#texts('chat-line')).some((line) => line.includes(text)))
    await this.press('chat-toggle')
  }

  /** Waits until exactly these people are on tiles. */
  async sees(names: string[]): Promise<void> {
    await until(`${this.name} to see [${names.join(', ')}]`, async () => {
      const tiles = await this.page.$$('>>> [data-testid="tile"]:not([data-self]) >>> [data-testid="tile-name"]')
      const seen = await Promise.all(tiles.map((tile) => tile.evaluate((element) => element.textContent?.trim() ?? '')))
      return seen.sort().join() === names.toSorted().join()
    })
  }

  /** The colour of the picture on a tile at this moment; null while there is none. */
  async colour(tile: string): Promise<Colour | null> {
    const video = await this.page.$(`>>> ${tile} >>> video`)
    return video === null ? null : video.evaluate(meanColour)
  }

  /** What arrives on each live connection of the call. */
  async arrived(): Promise<Omit<Arrived, 'samples'>> {
    return this.page.evaluate(async () => {
      const { peerConnections } = globalThis as unknown as { peerConnections: RTCPeerConnection[] }
      const live = peerConnections.filter((pc) => pc.connectionState === 'connected' && pc.getTransceivers().length > 0)
      const reports = await Promise.all(live.map(async (pc) => [...(await pc.getStats()).values()].filter(({ type }) => type === 'inbound-rtp')))
      const sum = (entries: Record<string, number>[], key: string): number => entries.reduce((total, entry) => total + (entry[key] ?? 0), 0)
      return {
        connections: live.length,
        frames: reports.map((entries) => sum(entries, 'framesDecoded')),
        audio: reports.map((entries) => sum(entries, 'totalAudioEnergy')),
      }
    })
  }

  /** Waits until new frames and new sound have come from exactly `count` others, counted from now. */
  async seesAndHears(count: number): Promise<void> {
    let before = await this.arrived()
    await until(`${this.name} to receive picture and sound from ${count}`, async () => {
      const now = await this.arrived()
      // After an ICE restart Firefox counts pictures from nothing again.
      if (before.connections !== count || now.frames.some((frames, i) => frames < (before.frames[i] ?? 0))) before = now
      return now.connections === count && now.frames.every((frames, i) => frames > (before.frames[i] ?? Infinity)) &&
        now.audio.every((energy, i) => energy > (before.audio[i] ?? Infinity))
    })
  }

  /** How many connections the page has made, closed ones too. */
  async connectionsMade(): Promise<number> {
    return this.page.evaluate(() => (globalThis as unknown as { peerConnections: unknown[] }).peerConnections.length)
  }

  /** What names the present ICE generation of each live connection of the call: another one after a restart. https://www.rfc-editor.org/rfc/rfc8839#section-5.4 */
  async iceGenerations(): Promise<string> {
    return this.page.evaluate(() => {
      const { peerConnections } = globalThis as unknown as { peerConnections: RTCPeerConnection[] }
      const live = peerConnections.filter((pc) => pc.connectionState !== 'closed' && pc.getTransceivers().length > 0)
      return live.map(({ localDescription }) => /^a=ice-ufrag:(\S+)/m.exec(localDescription?.sdp ?? '')?.[1]).join()
    })
  }

  async #texts(hook: string): Promise<string[]> {
    return this.page.$$eval(`>>> [data-testid="${hook}"]`, (elements) => elements.map(({ textContent }) => textContent ?? ''))
  }
}

/** For the page: the mean colour of what a video shows now, null before its first frame. */
export function meanColour(video: Element): Colour | null {
  const { videoWidth } = video as HTMLVideoElement
  if (videoWidth === 0) return null
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width: 16, height: 9 })
  const pen = canvas.getContext('2d')
  pen?.drawImage(video as HTMLVideoElement, 0, 0, 16, 9)
  const { data } = pen?.getImageData(0, 0, 16, 9) ?? { data: [] }
  const mean = (channel: number): number => Array.from(data).filter((_, i) => i % 4 === channel).reduce((sum, value) => sum + value, 0) / (16 * 9)
  return [mean(0), mean(1), mean(2)]
}
