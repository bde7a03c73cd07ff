import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import { defaultConfig } from '../../relay/config/defaults.ts'
import { createRelay } from '../../relay/relay.ts'
import { requireChromium } from '../../scripts/chromium.ts'
import { childController, onAbort, type Lifetime } from '../../src/util/abort.ts'
import { UdpDelay } from './delay-proxy.ts'
import { progress } from '../report.ts'

const CHROMIUM_FLAGS = [
  '--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic',
  '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding', '--autoplay-policy=no-user-gesture-required',
  '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
  // The detour replaces addresses, so it must see them.
  '--disable-features=WebRtcHideLocalIpsWithMdns'
]

/** How far everybody is from the relay (`cs`) and from each other (`cc`): round trips, milliseconds. */
export interface Distance {
  cs: number
  cc: number
}

/** A distance with what makes it: visitors are opened at a place. */
export interface Place extends Distance, Lifetime {
  relayPort: number
  udp: UdpDelay
}

/** A relay that serves a fresh build, and a browser. */
export interface Lab {
  readonly browser: Browser
  /** Runs `work` at a distance, then closes its proxies. */
  at<T>(distance: Distance, work: (place: Place) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Builds the app and starts relay and browser. The caller awaits `close`. */
export async function openLab({ signal }: Lifetime): Promise<Lab> {
  const running = childController(signal)
  progress('building the app')
  await build({ logLevel: 'warn' })
  const relay = await createRelay({ ...defaultConfig(), port: 0, tcpPort: 0, host: '127.0.0.1', app: true, bootstrap: [], announce: [] }, { signal: running.signal })
  const browser = await chromium.launch({ executablePath: requireChromium(), args: CHROMIUM_FLAGS, handleSIGINT: false })
  onAbort(running.signal, () => void browser.close())
  return {
    browser,
    async at({ cs, cc }, work) {
      const place = childController(running.signal)
      const udp = new UdpDelay({ clientDelayMs: cc / 2, serverDelayMs: cs / 2, signal: place.signal })
      try {
        return await work({ cs, cc, udp, relayPort: Number(new URL(relay.httpUrl).port), signal: place.signal })
      } finally {
        place.abort()
      }
    },
    async close() {
      running.abort()
      await Promise.all([browser.close(), relay.close()])
    }
  }
}
