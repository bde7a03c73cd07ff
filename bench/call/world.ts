import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core'
import { build } from 'vite'
import { defaultConfig } from '../../relay/config/defaults.ts'
import { createRelay, type Relay } from '../../relay/relay.ts'
import { requireChromium } from '../../scripts/chromium.ts'
import { childController, onAbort, type Lifetime } from '../../src/util/abort.ts'
import { progress } from '../report.ts'

/** Small enough for many people on a machine with two cores; the picture is Chromium's own, whose size is what is asked for. */
export const CAMERA = { width: 160, height: 120, frameRate: 5 }
const WINDOW = { width: 800, height: 600 }

const FLAGS = [
  '--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--disable-gpu',
  '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding', '--autoplay-policy=no-user-gesture-required',
  `--use-fake-device-for-media-stream=fps=${CAMERA.frameRate}`, '--use-fake-ui-for-media-stream', '--disable-features=WebRtcHideLocalIpsWithMdns',
]

/**
 * Sound in packets of this length, milliseconds, instead of 20: eight people send 56 streams of it, of which packets alone
 * take more than two cores have. The same for the app and for what it is compared with.
 */
const PACKET_MS = 120

/** Somebody's page. */
export interface Visitor {
  page: Page
  devtools: CDPSession
}

/** A relay that serves a fresh build. */
export async function startSite({ signal }: Lifetime): Promise<Relay> {
  progress('building the app')
  await build({ logLevel: 'warn' })
  return createRelay({ ...defaultConfig(), port: 0, tcpPort: 0, host: '127.0.0.1', app: true, bootstrap: [], announce: [] }, { signal })
}

/** A browser for one crowd; closed by the signal at the latest. */
export async function startBrowser(lifetime: Lifetime): Promise<{ browser: Browser, close: () => Promise<void> }> {
  const running = childController(lifetime.signal)
  const browser = await chromium.launch({ executablePath: requireChromium(), args: FLAGS, handleSIGINT: false })
  onAbort(running.signal, () => void browser.close())
  return { browser, close: async () => { await browser.close() } }
}

/** Opens a page as a new person, with the small camera, whose peer connections can be looked at. */
export async function visit(browser: Browser, url: string): Promise<Visitor> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'], viewport: WINDOW })
  const page = await context.newPage()
  page.setDefaultTimeout(120_000)
  await page.addInitScript(({ camera, packetMs }) => {
    const connections: RTCPeerConnection[] = []
    const Original = RTCPeerConnection
    const capture = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices)
    if (capture !== undefined) navigator.mediaDevices.getUserMedia = (asked = {}) => capture(asked.video ? { ...asked, video: camera } : asked)
    Object.assign(globalThis, {
      connections,
      RTCPeerConnection: class extends Original {
        constructor(configuration?: RTCConfiguration) {
          super(configuration)
          connections.push(this)
        }

        // As if the other side had asked for it. https://www.rfc-editor.org/rfc/rfc8866#name-ptime-packet-time
        override setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
          const sdp = description.sdp?.replaceAll(/^(m=audio .*(?:\r\n(?!m=|a=).*)*)/gm, `$1\r\na=ptime:${packetMs}\r\na=maxptime:${packetMs}`)
          return super.setRemoteDescription({ type: description.type, ...sdp === undefined ? {} : { sdp } })
        }
      },
    })
  }, { camera: CAMERA, packetMs: PACKET_MS })
  await page.goto(url)
  return { page, devtools: await context.newCDPSession(page) }
}

/** So many people in one call of the app, each of whom is connected with all the others. */
export async function openCall(browser: Browser, url: string, people: number): Promise<Visitor[]> {
  const visitors: Visitor[] = []
  for (let i = 0; i < people; i++) {
    visitors.push(await visit(browser, `${url}#/bench-call?join=now&name=${encodeURIComponent(`Person ${i + 1}`)}`))
    progress(`${i + 1} of ${people} joined`)
  }
  await Promise.all(visitors.map(({ page }) => page.waitForFunction((others) => {
    const { connections } = globalThis as unknown as { connections: RTCPeerConnection[] }
    return connections.filter(({ connectionState }) => connectionState === 'connected').length >= others
  }, people - 1, { polling: 1_000, timeout: 300_000 })))
  return visitors
}
