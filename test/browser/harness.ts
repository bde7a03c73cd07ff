/** Real relays and real Chromium for the browser tests: people who open the app, and what they see and hear. */
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { defaultConfig } from '../../relay/config/defaults.ts'
import type { RelayConfig } from '../../relay/config/types.ts'
import { createRelay } from '../../relay/relay.ts'
import type { Relay, RelayInside } from '../../relay/relay.ts'
import { findChromium } from '../../scripts/chromium.ts'
import { writeFakeCamera } from './fake-camera.ts'
import type { FakeCamera } from './fake-camera.ts'

/** How Chromium is started for tests: fake devices, and nothing that goes to the network by itself. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic',
  '--no-first-run', '--disable-gpu', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
  '--auto-select-desktop-capture-source=Entire screen', '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding', '--autoplay-policy=no-user-gesture-required'
]

/** What does not happen within this time, milliseconds, does not happen: on a machine that is busy with other things too. */
const PATIENCE_MS = 60_000

/** Receivers ask for no more than they show: small windows keep the encoders of six people within two cores. */
const VIEWPORT = { width: 480, height: 400 }

const CAMERA: FakeCamera = { width: 320, height: 180, framesPerSecond: 10 }

/** Chromium's own three cameras, of which the second one measures depths: nothing of it can be sent. */
export const THREE_CAMERAS = 'three cameras'

/** Starts a Chromium with fake devices, the camera from a file or painted, and with these flags besides the usual ones; the caller closes it. */
export async function startChromium(camera: FakeCamera | string = CAMERA, flags: string[] = []): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium: run `npm test`, or set CHROME_PATH')
  const device = camera === THREE_CAMERAS ? '--use-fake-device-for-media-stream=device-count=3'
    : `--use-file-for-fake-video-capture=${typeof camera === 'string' ? camera : writeFakeCamera(camera)}`
  return chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS, ...flags, device] })
}

export interface TestRelay {
  relay: Relay & RelayInside
  /** The app's address, for example http://127.0.0.1:41234/ */
  url: string
  /** A multiaddr that a browser can dial. */
  address: string
  stop: () => Promise<void>
}

/** Starts a relay in this process that serves the built app on a free port, and keeps nothing. */
export async function startRelay(bootstrap: string[] = [], changes: Partial<RelayConfig> = {}): Promise<TestRelay> {
  const base = defaultConfig()
  const config = { ...base, turn: { ...base.turn, port: 0 }, host: '127.0.0.1', port: 0, tcpPort: 0, bootstrap, ...changes }
  const relay = await createRelay(config, { signal: new AbortController().signal })
  const address = relay.multiaddrs().find((each) => each.includes('/ws'))
  if (address === undefined) throw new Error('the relay has no WebSocket address')
  return { relay, url: `${relay.httpUrl}/`, address, stop: () => relay.close() }
}

/** A multiaddr of the relay that other relays can dial. */
export function relayToRelay({ relay }: TestRelay): string {
  const address = relay.multiaddrs().find((each) => each.includes('/tcp/') && !each.includes('/ws'))
  if (address === undefined) throw new Error('the relay has no TCP address')
  return address
}

export interface Person {
  page: Page
  context: BrowserContext
  name: string
}

/** A browser and a relay, for tests that need nothing else. `stop` ends both, and is what a `beforeAll` may return. */
export async function startBrowserAndRelay(camera?: FakeCamera | string): Promise<{ browser: Browser, relay: TestRelay, stop: () => Promise<void> }> {
  const [browser, relay] = await Promise.all([startChromium(camera), startRelay()])
  return { browser, relay, stop: async () => { await Promise.all([browser.close(), relay.stop()]) } }
}

/** What a test may set before the app starts. */
export interface OpenOptions {
  name: string
  /** Ways of finding others that this person allows, comma separated; all when left out. */
  sources?: string
  /** How this person's media may travel; any way when left out. */
  iceTransportPolicy?: RTCIceTransportPolicy | 'direct'
  /** Goes on in an earlier person's profile. */
  context?: BrowserContext
}

/** Opens the app as a new person with an empty profile. */
export async function open(browser: Browser, url: string, { name, sources, iceTransportPolicy, context }: OpenOptions): Promise<Person> {
  const profile = context ?? await browser.newContext({ permissions: ['camera', 'microphone'], viewport: VIEWPORT })
  const page = await profile.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await page.addInitScript(({ name, sources, iceTransportPolicy }) => {
    if (iceTransportPolicy !== undefined) localStorage.setItem('parley:ice-transport-policy', iceTransportPolicy)
    if (sources !== undefined) localStorage.setItem('parley:sources', sources)
    if (localStorage.getItem('parley:name') === null) localStorage.setItem('parley:name', name)
    // Tests look at what the app has open; nothing in the app knows of these lists.
    const peerConnections: RTCPeerConnection[] = []
    const tracks: MediaStreamTrack[] = []
    const intervals = new Set<unknown>()
    const Original = RTCPeerConnection
    const { setInterval: set, clearInterval: clear } = globalThis
    const capture = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await capture(constraints)
      tracks.push(...stream.getTracks())
      return stream
    }
    Object.assign(globalThis, {
      peerConnections, tracks, intervals,
      RTCPeerConnection: class extends Original {
        constructor(configuration?: RTCConfiguration) { super(configuration); peerConnections.push(this) }
      },
      setInterval: (...args: Parameters<typeof set>) => { const id = set(...args); intervals.add(id); return id },
      clearInterval: (id: number) => { intervals.delete(id); clear(id) }
    })
  }, { name, sources, iceTransportPolicy })
  await page.goto(url)
  return { page, context: profile, name }
}

/** Opens the app straight into a room, with camera and microphone. */
export async function join(browser: Browser, url: string, topic: string, options: OpenOptions & { parameters?: string }): Promise<Person> {
  const extra = options.parameters === undefined ? '' : `&${options.parameters}`
  const person = await open(browser, `${url}#/${encodeURIComponent(topic)}?join=now&name=${encodeURIComponent(options.name)}${extra}`, options)
  await person.page.getByTestId('call').waitFor()
  return person
}

/** Waits until the lobby's network has found a relay; from then on it opens nothing more by itself. */
export async function online({ page }: Person): Promise<void> {
  await page.locator('[data-testid="network-status"][data-status="online"]').waitFor()
}

/** Waits until `condition` holds, asking every `everyMs` milliseconds; fails with `what` after `ms` milliseconds. */
export async function until(what: string, condition: () => Promise<boolean>, ms = PATIENCE_MS, everyMs = 100): Promise<void> {
  const end = Date.now() + ms
  while (!await condition()) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

/** The names on the tiles of other people. */
export async function othersSeenBy({ page }: Person): Promise<string[]> {
  const names = await page.locator('[data-testid="tile"]:not([data-self]) [data-testid="tile-name"]').allTextContents()
  return names.map((name) => name.trim()).sort()
}

/** Waits until exactly these people are on tiles. */
export async function sees(person: Person, names: string[], ms = PATIENCE_MS): Promise<void> {
  const wanted = [...names].sort().join(', ')
  let seen = ''
  await until(`${person.name} to see [${wanted}]`, async () => {
    seen = (await othersSeenBy(person)).join(', ')
    return seen === wanted
  }, ms).catch((error: Error) => { throw new Error(`${error.message}; saw [${seen}]`) })
}

/** Media that has arrived, over all live connections of the page. */
export interface Arrived {
  connections: number
  /** For each live connection: frames decoded, and total audio energy that is not silence. */
  frames: number[]
  audio: number[]
  /** Samples of sound that were played, made up where nothing came: a clock that a busy machine slows down as it does the rest. */
  samples: number[]
}

/** Reads the receiving side of every live RTCPeerConnection that carries media. */
export async function arrived({ page }: Person): Promise<Arrived> {
  return page.evaluate(async () => {
    const { peerConnections } = globalThis as unknown as { peerConnections: RTCPeerConnection[] }
    const live = peerConnections.filter((pc) => pc.connectionState === 'connected' && pc.getTransceivers().length > 0)
    const result = { connections: live.length, frames: [] as number[], audio: [] as number[], samples: [] as number[] }
    for (const pc of live) {
      let frames = 0
      let audio = 0
      let samples = 0
      for (const stat of (await pc.getStats()).values()) {
        if (stat.type !== 'inbound-rtp') continue
        if (stat.kind === 'video') frames += stat.framesDecoded ?? 0
        else audio += stat.totalAudioEnergy ?? 0
        samples = Math.max(samples, stat.totalSamplesReceived ?? 0)
      }
      result.frames.push(frames)
      result.audio.push(audio)
      result.samples.push(samples)
    }
    return result
  })
}

/** What arrives from each, and nobody comes or goes, while at least so many samples of sound are played. */
export async function arriving(person: Person, samples: number): Promise<Arrived> {
  const before = await arrived(person)
  let now = before
  await until(`${person.name} to play ${samples} samples`, async () => {
    now = await arrived(person)
    return now.samples.every((count, index) => count - (before.samples[index] ?? 0) >= samples)
  })
  const since = (of: 'frames' | 'audio' | 'samples'): number[] => now[of].map((value, index) => value - (before[of][index] ?? 0))
  return { connections: now.connections, frames: since('frames'), audio: since('audio'), samples: since('samples') }
}

/** Waits until the person decodes new frames and hears new sound from exactly `count` others, counted from now. */
export async function seesAndHears(person: Person, count: number, ms = PATIENCE_MS): Promise<void> {
  const before = await arrived(person)
  const baseFrames = Math.max(0, ...before.frames)
  await until(`${person.name} to receive picture and sound from ${count}`, async () => {
    const now = await arrived(person)
    if (now.connections !== count) return false
    if (before.connections !== count) return now.frames.every((frames) => frames > 5) && now.audio.every((energy) => energy > 0)
    return now.frames.every((frames, i) => frames > (before.frames[i] ?? baseFrames)) &&
      now.audio.every((energy, i) => energy > (before.audio[i] ?? 0))
  }, ms)
}

/** Presses what stands on the page in the lobby, and in the menu in a call. */
export async function choose({ page }: Person, hook: string): Promise<void> {
  if (await page.getByTestId('menu').isVisible()) await page.getByTestId('menu').click()
  await page.getByTestId(hook).click()
}

/** Sends a chat line through the panel. */
export async function say({ page }: Person, text: string): Promise<void> {
  await openChat(page)
  await page.getByTestId('chat-input').fill(text)
  await page.getByTestId('chat-send').click()
  await closeChat(page)
}

/** Waits until a chat line with this text is shown. */
export async function reads({ page }: Person, text: string): Promise<void> {
  await openChat(page)
  await page.getByTestId('chat-line').filter({ hasText: text }).first().waitFor()
  await closeChat(page)
}

/** In small windows the panel covers the stage. */
async function closeChat(page: Page): Promise<void> {
  await page.getByTestId('chat-input').press('Escape')
  await page.getByTestId('chat-input').waitFor({ state: 'hidden' })
}

/** Opens the chat, unless it is open. */
export async function openChat(page: Page): Promise<void> {
  if (!await page.getByTestId('chat-input').isVisible()) await page.getByTestId('chat-toggle').click()
}

/** What a page has open of the things that a call needs. */
export interface OpenThings {
  peerConnections: number
  liveTracks: number
  intervals: number
}

/** Counts what the page has open. */
export async function openThings({ page }: Person): Promise<OpenThings> {
  return page.evaluate(() => {
    const { peerConnections, tracks, intervals } = globalThis as unknown as
      { peerConnections: RTCPeerConnection[], tracks: MediaStreamTrack[], intervals: Set<unknown> }
    return {
      peerConnections: peerConnections.filter((pc) => pc.connectionState !== 'closed').length,
      liveTracks: tracks.filter((track) => track.readyState === 'live').length,
      intervals: intervals.size
    }
  })
}
