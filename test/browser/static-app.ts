/** The built app from a plain web server: no relay behind it, none named in the page. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SECURITY_HEADERS } from '../../relay/http/headers.ts'

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url))
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.webmanifest': 'application/manifest+json',
}

export interface StaticApp {
  /** For example http://127.0.0.1:41234/ */
  url: string
  stop: () => Promise<void>
}

/** Serves dist on a port of this machine, a free one when left out; `edit` may change what is sent as text. */
export async function startStaticApp({ port = 0, edit = (text) => text }: { port?: number, edit?: (text: string) => string } = {}): Promise<StaticApp> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://host').pathname)
    const file = join(DIST, path === '/' ? 'index.html' : path)
    readFile(file).then((body) => {
      response.writeHead(200, { ...SECURITY_HEADERS, 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' })
        .end(/\.(html|js)$/.test(file) ? edit(body.toString('utf8')) : body)
    }, () => {
      response.writeHead(404).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}
