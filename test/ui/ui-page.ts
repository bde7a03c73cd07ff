/** Serves the harness by Vite and opens it in Chromium. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'
import type { Harness } from './harness.ts'

declare global {
  interface Window { harness: Harness }
}

const FLAGS = [
  '--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run',
]
/** The relay's policy, and Vite's own socket. */
const POLICY = "default-src 'self'; style-src 'self'; connect-src 'self' ws:"

/** A browser on the harness page. */
export class UiPages {
  readonly #server: ViteDevServer
  readonly #browser: Browser
  readonly #cacheDir: string

  private constructor(server: ViteDevServer, browser: Browser, cacheDir: string) {
    this.#server = server
    this.#browser = browser
    this.#cacheDir = cacheDir
  }

  static async start(): Promise<UiPages> {
    const cacheDir = await mkdtemp(join(tmpdir(), 'parley-ui-'))
    const server = await createServer({
      configFile: false,
      root: join(import.meta.dirname, '../..'),
      cacheDir,
      logLevel: 'error',
      server: { host: '127.0.0.1', port: 0, hmr: false, watch: null, headers: { 'Content-Security-Policy': POLICY } },
      optimizeDeps: {
        // Named here, so that finding one late does not reload the page in the middle of a test.
        noDiscovery: true,
        include: ['lit', 'lit/directives/repeat.js', '@preact/signals-core', '@lit-labs/preact-signals', 'qr'],
      },
    })
    await server.listen()
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS })
    return new UiPages(server, browser, cacheDir)
  }

  /** A fresh page whose call code has loaded, unless `loaded` is false. */
  async open({ loaded = true, ...options }: BrowserContextOptions & { loaded?: boolean } = {}): Promise<Page> {
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    const address = this.#server.httpServer?.address()
    if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
    await page.goto(`http://127.0.0.1:${address.port}/test/ui/harness.html`)
    await page.waitForFunction(() => 'harness' in window)
    if (loaded) await page.evaluate(() => window.harness.load())
    return page
  }

  async stop(): Promise<void> {
    await this.#browser.close()
    await this.#server.close()
    await rm(this.#cacheDir, { recursive: true, force: true })
  }
}
