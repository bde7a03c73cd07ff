/** One person with a browser and a profile on the disk: in a browser without one, files would be kept in memory. */
import { chromium } from 'playwright-core'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { requireChromium } from '../../scripts/chromium.ts'

const CHROMIUM_FLAGS = [
  '--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--disable-gpu',
  '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding', '--autoplay-policy=no-user-gesture-required',
  '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
]
/** A gigabyte on a busy machine. */
const PATIENCE_MS = 1_200_000
const ROOM = 'files-bench'

/** What the person has seen so far, over all connections. */
export interface Seen {
  frames: number
  freezes: number
  frozenSeconds: number
}

export interface Caller {
  /** The folder of the profile, by which the browser's processes are known. */
  readonly folder: string
  /** Waits until the other's picture moves. */
  meets(): Promise<void>
  offers(path: string): Promise<void>
  /** Asks for the file, and waits until it is here and checked. */
  fetches(): Promise<void>
  /** The path of what was saved. */
  saves(): Promise<string>
  seen(): Promise<Seen>
  /** Bytes of the page's own heap. */
  heapBytes(): Promise<number>
  close(): Promise<void>
}

/** Opens a browser and joins the call. `chooses`: the person chooses where files go; nobody can press the dialog's button, so it chooses by itself. */
export async function openCaller(url: string, { name, folder, chooses }: { name: string, folder: string, chooses: boolean }): Promise<Caller> {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: requireChromium(), args: CHROMIUM_FLAGS, permissions: ['camera', 'microphone'], viewport: { width: 960, height: 640 }, acceptDownloads: true,
  })
  await context.addInitScript((chosen) => {
    const peerConnections: RTCPeerConnection[] = []
    Object.assign(globalThis, {
      peerConnections,
      RTCPeerConnection: class extends RTCPeerConnection {
        constructor(configuration?: RTCConfiguration) {
          super(configuration)
          peerConnections.push(this)
        }
      },
      showSaveFilePicker: chosen ? async () => (await navigator.storage.getDirectory()).getFileHandle('chosen.bin', { create: true }) : undefined,
    })
  }, chooses)
  const [page = await context.newPage()] = context.pages()
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto(`${url}#/${ROOM}?join=now&name=${name}`)
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  return caller({ context, page, session, folder, chooses })
}

function caller({ context, page, session, folder, chooses }: { context: BrowserContext, page: Page, session: CDPSession, folder: string, chooses: boolean }): Caller {
  const openChat = async (): Promise<void> => { if (!await page.getByTestId('chat-input').isVisible()) await page.getByTestId('chat-toggle').click() }
  let saved: Promise<string> | undefined
  return {
    folder,
    async meets() {
      await page.locator('[data-testid="tile"]:not([data-self])').waitFor()
      while ((await seenBy(page)).frames < 20) await new Promise((resolve) => { setTimeout(resolve, 200) })
      await openChat()
    },
    async offers(path) {
      await page.getByTestId('file-input').setInputFiles(path)
      await page.locator('[data-testid="file"][data-phase="shared"]').waitFor()
    },
    async fetches() {
      if (!chooses) saved = page.waitForEvent('download').then((download) => download.path())
      await page.getByTestId('file-download').click()
      const ended = page.locator('[data-testid="file"][data-phase="arrived"], [data-testid="file"][data-phase="failed"]')
      await ended.waitFor()
      if (await ended.getAttribute('data-phase') === 'failed') throw new Error(`the file did not arrive: ${await ended.innerText()}`)
    },
    async saves() {
      if (chooses) {
        saved = page.waitForEvent('download').then((download) => download.path())
        await page.evaluate(async () => {
          const handle = await (await navigator.storage.getDirectory()).getFileHandle('chosen.bin')
          Object.assign(document.createElement('a'), { href: URL.createObjectURL(await handle.getFile()), download: 'chosen.bin' }).click()
        })
      }
      return await saved ?? ''
    },
    seen: () => seenBy(page),
    async heapBytes() {
      const { metrics } = await session.send('Performance.getMetrics')
      return metrics.find((metric) => metric.name === 'JSHeapUsedSize')?.value ?? 0
    },
    close: () => context.close(),
  }
}

function seenBy(page: Page): Promise<Seen> {
  return page.evaluate(async () => {
    const { peerConnections } = globalThis as unknown as { peerConnections: RTCPeerConnection[] }
    const seen = { frames: 0, freezes: 0, frozenSeconds: 0 }
    for (const pc of peerConnections) {
      if (pc.connectionState !== 'connected') continue
      for (const stat of (await pc.getStats()).values()) {
        if (stat.type !== 'inbound-rtp' || stat.kind !== 'video') continue
        seen.frames += stat.framesDecoded ?? 0
        seen.freezes += stat.freezeCount ?? 0
        seen.frozenSeconds += stat.totalFreezesDuration ?? 0
      }
    }
    return seen
  })
}
