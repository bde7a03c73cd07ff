import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { createLog } from '../../src/util/log.ts'
import type { FrontRefusal } from '../front/refusals.ts'
import { Tally } from '../tally.ts'
import { send, textAnswer } from './answer.ts'
import type { Answer, Route } from './answer.ts'
import { fileAnswer, headerText, pageAnswer } from './files.ts'
import { secureUrl } from './host-address.ts'
import { pageWith, relaysForPage } from './page.ts'
import type { RelayAddresses } from './page.ts'
import type { Site } from './site.ts'

export type { Answer, Route } from './answer.ts'

/** Whether the relay takes on clients. */
export type Health = 'ok' | 'starting' | 'draining'

/** What the HTTP side of a relay needs to know. */
export interface HttpServerOptions {
  /** The built app; undefined when the relay serves none. */
  site: Site | undefined
  network: string
  /** Where the relay is; asked for each page, since some of it becomes known only when the node has started. */
  addresses: () => RelayAddresses
  /** What `/healthz` tells. */
  health: () => Health
  /** Whether what came by plain HTTP is sent on to https; `/healthz` and `routes` answer all the same. */
  requiresTls?: boolean
  /** Further answers, by path. */
  routes?: ReadonlyMap<string, Route>
  /** Whether a visitor has so many connections open that it should not keep this one for later. */
  isCrowded?: (request: IncomingMessage) => boolean
  refusals?: Tally<FrontRefusal>
}

/** Browsers keep their connection for the next request this long, milliseconds. */
const KEEP_ALIVE_MS = 65_000
/** How long a request's headers may take, and a whole request, milliseconds: generous for a phone, and finite. */
const TIMES = { headersTimeout: 10_000, requestTimeout: 20_000, connectionsCheckingInterval: 5_000 }

const log = createLog('relay:http')

/**
 * The server of the app and of `/healthz`; not listening yet. The relay hangs its WebSocket listener onto the same server.
 * The caller closes it.
 */
export function createHttpServer(options: HttpServerOptions): Server {
  const refusals = options.refusals ?? new Tally<FrontRefusal>()
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, ...TIMES }, (request, response) => {
    if (options.isCrowded?.(request) === true) response.shouldKeepAlive = false
    const found = answer(request, options)
    if (!(found instanceof Promise)) return send(request, response, found)
    found.catch(failed).then((late) => send(request, response, late), failed)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    refusals.add(error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'http-timeout' : 'http-malformed')
    if (socket.writable) endWith(socket, 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
    else socket.destroy()
  })
  return server
}

function answer(request: IncomingMessage, options: HttpServerOptions): Answer | Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return textAnswer(405, 'Only GET and HEAD are understood here.\n', { Allow: 'GET, HEAD', Connection: 'close' })
  }
  const [path = '/'] = (request.url ?? '/').split('?')
  const own = path === '/healthz' ? healthAnswer(options.health()) : options.routes?.get(path)?.(request)
  if (own !== undefined) return own
  if (options.requiresTls === true && !isEncrypted(request)) return toHttps(request)
  if (path === '/' || path === '/index.html') return page(request, options)
  const file = options.site?.files.get(path)
  return file === undefined ? textAnswer(404, 'There is nothing here.\n') : fileAnswer(request, file)
}

function healthAnswer(health: Health): Answer {
  return textAnswer(health === 'ok' ? 200 : 503, `${health}\n`)
}

/** 308 keeps the method and is kept by browsers, and is not asked for again. */
function toHttps(request: IncomingMessage): Answer {
  const url = secureUrl(request.headers.host, request.url ?? '/')
  return url === undefined
    ? textAnswer(400, 'This port speaks https.\n')
    : textAnswer(308, 'This port speaks https.\n', { Location: url })
}

function page(request: IncomingMessage, { site, network, addresses }: HttpServerOptions): Answer {
  if (site === undefined) return textAnswer(200, 'This is a Parley relay. It serves no app.\n')
  // The visitor's own page is all that a forged header could change, so this one is believed without a trusted proxy, too.
  const secure = isEncrypted(request) || /^https\b/.test(headerText(request, 'x-forwarded-proto') ?? '')
  const relays = relaysForPage({ host: request.headers.host, secure }, addresses())
  return pageAnswer(request, pageWith(site.page, { relays, network }))
}

function isEncrypted({ socket }: IncomingMessage): boolean {
  return (socket as TLSSocket).encrypted === true
}

function failed(error: unknown): Answer {
  log.warn('a request could not be answered', error)
  return textAnswer(500, 'That did not work.\n')
}

/** Nobody waits for the other side to end its half. */
function endWith(socket: Duplex, text: string): void {
  socket.end(text, () => socket.destroy())
}
