import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textAnswer } from '../../relay/http/answer.ts'
import { createHttpServer } from '../../relay/http/http-server.ts'
import type { Health, Route } from '../../relay/http/http-server.ts'
import { loadSite } from '../../relay/http/site.ts'

const PEER = '12D3KooWJUfBDTzP5r2Rm4x44fykBfkTbbiEj19ccJ3ZGum4CWPD'
const SCRIPT = 'export const answer = 42\n'.repeat(100)
const folder = mkdtempSync(join(tmpdir(), 'parley-site-'))
const dist = join(folder, 'dist')
let health: Health = 'ok'
let crowded = false
const ROUTES: Record<string, Route> = {
  '/extra': () => textAnswer(200, 'extra\n'),
  '/late': async () => textAnswer(200, 'late\n'),
  '/hidden': () => undefined,
  '/broken': async () => { throw new Error('secret of the house') }
}
let server: ReturnType<typeof createHttpServer>
let port: number

beforeAll(async () => {
  mkdirSync(join(dist, 'assets'), { recursive: true })
  mkdirSync(join(dist, '.vite'))
  writeFileSync(join(folder, 'secret.txt'), 'not for you')
  writeFileSync(join(dist, '.vite', 'manifest.json'), '{}')
  writeFileSync(join(dist, 'index.html'), '<html><head><meta name="parley-relays" content=""></head></html>')
  writeFileSync(join(dist, 'icon.svg'), '<svg/>')
  writeFileSync(join(dist, 'assets', 'app-abc.js'), SCRIPT)
  writeFileSync(join(dist, 'assets', 'app-abc.js.br'), brotliCompressSync(SCRIPT))
  writeFileSync(join(dist, 'assets', 'app-abc.js.gz'), gzipSync(SCRIPT))
  const announced = ['/dns4/relay.example/tcp/443/tls/ws/p2p/' + PEER, '/ip4/192.0.2.1/tcp/80/ws/p2p/' + PEER]
  server = createHttpServer({
    site: await loadSite(dist),
    network: 'friends',
    addresses: () => ({ peerId: PEER, announced, listened: [], host: undefined }),
    health: () => health,
    routes: new Map(Object.entries(ROUTES)),
    isCrowded: () => crowded
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})

afterAll(() => {
  server.close()
  server.closeAllConnections()
  rmSync(folder, { recursive: true })
})

async function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<{ response: IncomingMessage, body: Buffer }> {
  const asked = request({ port, host: '127.0.0.1', path, method, headers: { host: `127.0.0.1:${port}`, ...headers } }).end()
  const [response] = await once(asked, 'response') as [IncomingMessage]
  return { response, body: Buffer.concat(await response.toArray() as Buffer[]) }
}

/** Sends the bytes as they are: clients tidy up paths. */
async function raw(text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(text)
  return Buffer.concat(await socket.toArray() as Buffer[]).toString()
}

describe('the page', () => {
  const relaysIn = (body: Buffer): string[] => /name="parley-relays" content="([^"]*)"/.exec(body.toString())?.[1]?.split(' ').filter(Boolean) ?? []

  test('tells the relay under the host and port by which it was asked for', async () => {
    const phone = await get('/', { host: '192.168.1.5:8080' })
    expect(relaysIn(phone.body)[0]).toBe(`/ip4/192.168.1.5/tcp/8080/ws/p2p/${PEER}`)
    const here = await get('/', { host: `localhost:${port}` })
    expect(relaysIn(here.body)[0]).toBe(`/ip4/127.0.0.1/tcp/${port}/ws/p2p/${PEER}`)
    const six = await get('/', { host: '[2001:db8::1]:80' })
    expect(relaysIn(six.body)[0]).toBe(`/ip6/2001:db8::1/tcp/80/ws/p2p/${PEER}`)
  })

  test('behind a TLS proxy tells a secure address, and none that the browser would block', async () => {
    const { body } = await get('/', { host: 'call.example', 'x-forwarded-proto': 'https' })
    expect(relaysIn(body)).toEqual([`/dns4/call.example/tcp/443/tls/ws/p2p/${PEER}`, `/dns4/relay.example/tcp/443/tls/ws/p2p/${PEER}`])
  })

  test.each(['"><script>', 'a b', 'host/p2p/x', '256.1.1.1', '[::1', '[1.2.3.4]', 'a..b', 'h:99999', 'h:', '-a'])('ignores the malformed host %j', async (host) => {
    const { response, body } = await get('/', { host })
    expect(response.statusCode).toBe(200)
    expect(relaysIn(body)).toHaveLength(2)
    expect(body.toString()).not.toContain('<script>')
  })

  test('is asked for again each time and allows neither foreign scripts nor framing', async () => {
    const { response } = await get('/')
    expect(response.headers['cache-control']).toBe('no-cache')
    const policy = response.headers['content-security-policy']
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
    expect(policy).not.toContain("'unsafe-inline'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(response.headers['x-content-type-options']).toBe('nosniff')
    expect(response.headers['referrer-policy']).toBe('no-referrer')
  })

  test('is compressed', async () => {
    const { response, body } = await get('/', { 'accept-encoding': 'gzip, br' })
    expect(response.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(body).toString()).toContain('parley-relays')
  })
})

describe('files', () => {
  test('with a hash in their name are kept for ever and sent as the build compressed them', async () => {
    const { response, body } = await get('/assets/app-abc.js', { 'accept-encoding': 'br, gzip' })
    expect(response.headers['cache-control']).toContain('immutable')
    expect(response.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(response.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(body).toString()).toBe(SCRIPT)
  })

  test.each([['gzip', 'gzip'], ['br;q=0, gzip', 'gzip'], ['identity', undefined], ['', undefined], ['*', 'br']])('are encoded as %j allows', async (accept, encoding) => {
    const { response, body } = await get('/assets/app-abc.js', { 'accept-encoding': accept })
    expect(response.headers['content-encoding']).toBe(encoding)
    expect(response.headers.vary).toBe('Accept-Encoding')
    expect((encoding === 'gzip' ? gunzipSync(body) : encoding === 'br' ? brotliDecompressSync(body) : body).toString()).toBe(SCRIPT)
  })

  test('are not sent twice to a browser that has them', async () => {
    const { response: first } = await get('/icon.svg')
    expect(first.headers['cache-control']).toBe('no-cache')
    const { response, body } = await get('/icon.svg', { 'if-none-match': first.headers.etag ?? '' })
    expect([response.statusCode, body.length]).toEqual([304, 0])
  })

  test('are described without being sent when only asked about', async () => {
    const { response, body } = await get('/assets/app-abc.js', {}, 'HEAD')
    expect([response.statusCode, body.length, response.headers['content-length']]).toEqual([200, 0, String(SCRIPT.length)])
  })
})

test.each(['/../secret.txt', '/assets/../../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets/%00', '//etc/passwd', '/.vite/manifest.json', '/assets', '/assets/app-abc.js.br', '/nothing'])('nothing is at %s', async (path) => {
  const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
  expect(answer).toMatch(/^HTTP\/1\.1 404 /)
  expect(answer).not.toContain('not for you')
})

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused', async (method) => {
  const { response } = await get('/', {}, method)
  expect([response.statusCode, response.headers.allow]).toEqual([405, 'GET, HEAD'])
})

test('what is not HTTP gets a plain refusal', async () => {
  expect(await raw('hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
})

test('/healthz tells whether the relay can take connections', async () => {
  const told: Array<[number | undefined, string]> = []
  for (health of ['starting', 'draining', 'ok'] as const) {
    const { response, body } = await get('/healthz')
    told.push([response.statusCode, body.toString()])
  }
  expect(told).toEqual([[503, 'starting\n'], [503, 'draining\n'], [200, 'ok\n']])
})

test('further answers are plugged in by path, and one that fails tells no more than that', async () => {
  expect((await get('/extra?x=1')).body.toString()).toBe('extra\n')
  expect((await get('/late')).body.toString()).toBe('late\n')
  expect((await get('/hidden')).response.statusCode).toBe(404)
  const { response, body } = await get('/broken')
  expect(response.statusCode).toBe(500)
  expect(body.toString()).not.toContain('secret')
})

test('a visitor with many connections open is not offered to keep another', async () => {
  expect((await get('/icon.svg')).response.headers.connection).toBe('keep-alive')
  crowded = true
  expect((await get('/icon.svg')).response.headers.connection).toBe('close')
  crowded = false
})

test('the page names the network that it belongs to', async () => {
  const { body } = await get('/')
  expect(body.toString()).toContain('<meta name="parley-network" content="friends">')
})
