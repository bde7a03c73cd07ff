/** Blank pages of a real browser that import the project's modules straight from their sources. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { createServer } from 'vite'
import { findChromium } from '../../scripts/chromium.ts'
import { CHROMIUM_FLAGS } from '../browser/harness.ts'

const ROOT = join(import.meta.dirname, '../..')

export interface SourcePages {
  /** A page in which `module`, a path like `/test/media/link-page.ts`, is the global `name`. `prepare` comes before it is loaded. */
  open(module: string, name: string, prepare?: (page: Page) => Promise<void>): Promise<Page>
  close(): Promise<void>
}

/** Starts a browser, with further `flags`, and a server of sources. @throws where no Chromium is found */
export async function startSourcePages(flags: readonly string[] = []): Promise<SourcePages> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium: run `npm test`, or set CHROME_PATH')
  const cacheDir = await mkdtemp(join(tmpdir(), 'parley-vite-'))
  const server = await createServer({
    root: ROOT, cacheDir, configFile: false, appType: 'custom', logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    plugins: [{
      name: 'blank-page',
      configureServer: ({ middlewares }) => {
        middlewares.use('/blank', (_request, response) => void response.setHeader('content-type', 'text/html').end('<!doctype html><body>'))
      },
    }],
  })
  await server.listen()
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS, ...flags] })
  return {
    async open(module, name, prepare) {
      const page = await browser.newPage()
      await prepare?.(page)
      await page.goto(new URL('/blank', server.resolvedUrls?.local[0]).href)
      // As text, because the test runner would rewrite the import for itself.
      await page.evaluate(`import('${module}').then((module) => { globalThis.${name} = module })`)
      return page
    },
    async close() {
      await browser.close()
      await server.close()
      await rm(cacheDir, { recursive: true, force: true })
    }
  }
}
