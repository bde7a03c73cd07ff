import { createServer } from 'node:http'
import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from 'node:http'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { acceptedEncodings, SECURITY_HEADERS } from './headers.ts'
import type { Encoding } from './headers.ts'
import { pageWithRelays, relaysForPage } from './page.ts'
import type { Site, StaticFile } from './site.ts'

/** What the HTTP side of a relay needs to know. */
export interface HttpServerOptions {
  /** The built app; undefined when the relay serves none. */
  site: Site | undefined
  peerId: string
  /** Addresses to tell besides the one by which a visitor came. */
  announced: readonly string[]
  /** False until the relay can take connections; `/healthz` tells. */
  healthy: () => boolean
}

/** Browsers keep their connection for the next request this long, milliseconds. */
const KEEP_ALIVE_MS = 65_000
/** Quick, and the page is small; files are compressed harder, at build time. */
const PAGE_BROTLI_QUALITY = 5
const TEXT = 'text/plain; charset=utf-8'

/** An answer before it is written. */
interface Answer {
  status: number
  headers: OutgoingHttpHeaders
  body: Buffer
}

/**
 * The server of the app and of `/healthz`; not listening yet. The relay hangs its WebSocket listener onto the same server.
 * The caller closes it.
 */
export function createHttpServer(options: HttpServerOptions): Server {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    send(request, response, answer(request, options))
  })
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
  })
  return server
}

function answer(request: IncomingMessage, options: HttpServerOptions): Answer {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return text(405, 'Only GET and HEAD are understood here.\n', { Allow: 'GET, HEAD' })
  }
  const [path = '/'] = (request.url ?? '/').split('?')
  if (path === '/healthz') return options.healthy() ? text(200, 'ok\n') : text(503, 'starting\n')
  if (path === '/' || path === '/index.html') return page(request, options)
  const file = options.site?.files.get(path)
  return file === undefined ? text(404, 'There is nothing here.\n') : fileAnswer(request, file)
}

function page(request: IncomingMessage, { site, peerId, announced }: HttpServerOptions): Answer {
  if (site === undefined) return text(200, 'This is a Parley relay. It serves no app.\n')
  // Only the visitor's own answer depends on this header, so a forged one harms nobody else.
  const secure = /^https\b/.test(headerText(request, 'x-forwarded-proto') ?? '')
  const relays = relaysForPage({ host: request.headers.host, secure }, peerId, announced)
  const html = Buffer.from(pageWithRelays(site.page, relays))
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache', Vary: 'Accept-Encoding' }
  const [encoding] = acceptedEncodings(headerText(request, 'accept-encoding'))
  if (encoding === undefined) return { status: 200, headers, body: html }
  return { status: 200, headers: { ...headers, 'Content-Encoding': encoding }, body: COMPRESS[encoding](html) }
}

const COMPRESS: Record<Encoding, (body: Buffer) => Buffer> = {
  br: (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: PAGE_BROTLI_QUALITY } }),
  gzip: (body) => gzipSync(body)
}

function fileAnswer(request: IncomingMessage, file: StaticFile): Answer {
  const headers: OutgoingHttpHeaders = { 'Cache-Control': file.cacheControl, ETag: file.etag, Vary: 'Accept-Encoding' }
  if (request.headers['if-none-match']?.includes(file.etag) === true) return { status: 304, headers, body: Buffer.alloc(0) }
  headers['Content-Type'] = file.type
  for (const encoding of acceptedEncodings(headerText(request, 'accept-encoding'))) {
    const body = file.compressed[encoding]
    if (body !== undefined) return { status: 200, headers: { ...headers, 'Content-Encoding': encoding }, body }
  }
  return { status: 200, headers, body: file.body }
}

function text(status: number, body: string, headers: OutgoingHttpHeaders = {}): Answer {
  return { status, headers: { 'Content-Type': TEXT, 'Cache-Control': 'no-store', ...headers }, body: Buffer.from(body) }
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer): void {
  const length = status === 304 ? {} : { 'Content-Length': body.length }
  response.writeHead(status, { ...SECURITY_HEADERS, ...headers, ...length })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function headerText(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(',') : value
}
