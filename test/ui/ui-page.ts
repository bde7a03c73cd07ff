/** Builds the harness, or another page for looking at elements, serves it as the relay serves the app, and opens it in Chromium. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { build } from 'vite'
import type { Harness } from './harness.ts'

declare global {
  interface Window { harness: Harness }
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const HARNESS = 'test/ui/harness.html'
const FLAGS = [
  '--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run',
]
/** The relay's policy. */
const POLICY = "default-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:"
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }

/** A browser on the harness page. */
export class UiPages {
  readonly #server: Server
  readonly #browser: Browser
  readonly #path: string

  private constructor(server: Server, browser: Browser, path: string) {
    this.#server = server
    this.#browser = browser
    this.#path = path
  }

  /** Builds this page of the project. */
  static async start(path = HARNESS): Promise<UiPages> {
    const files = await bundle(path)
    const server = createServer(({ url = '/' }, response) => {
      const { pathname } = new URL(url, 'http://host')
      const body = files.get(pathname.slice(1)) ?? publicFile(pathname)
      response.writeHead(body === undefined ? 404 : 200, {
        'Content-Type': TYPES[extname(pathname)] ?? 'application/octet-stream', 'Content-Security-Policy': POLICY,
      }).end(body)
    })
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS })
    return new UiPages(server, browser, path)
  }

  /** A fresh page whose call code has loaded, unless `loaded` is false. */
  async open({ loaded = true, query = '', ...options }: BrowserContextOptions & { loaded?: boolean, query?: string } = {}): Promise<Page> {
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    await page.goto(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${this.#path}${query}`)
    await page.waitForFunction(() => 'harness' in window)
    if (loaded) await page.evaluate(() => window.harness.load())
    return page
  }

  async stop(): Promise<void> {
    await this.#browser.close()
    this.#server.closeAllConnections()
    await new Promise((resolve) => { this.#server.close(resolve) })
  }
}

/** Chooses something in the menu of the call. */
export async function chooseInMenu(page: Page, hook: string): Promise<void> {
  await page.getByTestId('menu').click()
  await page.getByTestId('menu-items').getByTestId(hook).click()
}

/** What is served as it is, such as the icon. */
function publicFile(path: string): Uint8Array | undefined {
  const file = join(ROOT, 'public', path)
  return existsSync(file) && statSync(file).isFile() ? readFileSync(file) : undefined
}

/** The page and its code by path: a hundred modules one by one would take longer than most tests. */
async function bundle(input: string): Promise<Map<string, string | Uint8Array>> {
  const [result] = [await build({
    configFile: false, root: ROOT, logLevel: 'error', worker: { format: 'es' },
    build: { write: false, minify: false, assetsInlineLimit: 0, modulePreload: { polyfill: false }, rolldownOptions: { input } },
  })].flat()
  if (result === undefined || !('output' in result)) throw new Error('nothing was built')
  return new Map(result.output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]))
}
