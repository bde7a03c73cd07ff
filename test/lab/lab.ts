import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { startBrowser } from './person.ts'
import { Internet } from './internet.ts'
import { Namespaces } from './namespaces.ts'
import { startRelay } from './relay-process.ts'
import type { LabRelay } from './relay-process.ts'
import { createSite } from './site.ts'
import type { Site } from './site.ts'
import type { SiteKind } from './kinds.ts'

/** Only what goes to this port leaves a site that is https-only. */
const HTTPS_PORT = 443

/** Sites, relays and browsers that find each other over an internet of their own. */
export interface Lab {
  /** The relays in order; the first is on port 443. */
  relays: readonly LabRelay[]
  /** Builds a site with a running browser. */
  addSite: (kind: SiteKind, options?: { withLink?: boolean }) => Promise<BrowserSite>
  /** Ends everything; nothing of it is left on the machine. */
  close: () => Promise<void>
}

export interface BrowserSite extends Site {
  browser: Browser
}

/**
 * Builds the internet and its relays, which know each other. What a lab of a dead process has left behind is removed
 * first; several labs may be open at the same time.
 */
export async function openLab({ relays: count = 2 }: { relays?: number } = {}): Promise<Lab> {
  const namespaces = await Namespaces.open()
  const folder = mkdtempSync(join(tmpdir(), 'parley-lab-'))
  const browsers: Browser[] = []
  const close = async (): Promise<void> => {
    await Promise.all(browsers.map((browser) => browser.close()))
    await namespaces.close()
    rmSync(folder, { recursive: true })
  }
  try {
    const internet = await Internet.create(namespaces)
    const relays: LabRelay[] = []
    for (let number = 1; number <= count; number++) {
      const bootstrap = relays.slice(0, 1).map(({ address }) => address)
      relays.push(await startRelay(namespaces, internet, { name: `relay${number}`, port: number === 1 ? HTTPS_PORT : 8_080, bootstrap, folder }))
    }
    let sites = 0
    const addSite: Lab['addSite'] = async (kind, options) => {
      const site = await createSite(namespaces, internet, { name: `site${++sites}`, kind, ...options })
      const browser = await startBrowser(site.namespace, relays.map(({ url }) => new URL(url).origin))
      browsers.push(browser)
      return { ...site, browser }
    }
    return { relays, addSite, close }
  } catch (error) {
    await close()
    throw error
  }
}
