import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { Front } from '../../../relay/front/front.ts'
import type { FrontOptions } from '../../../relay/front/front.ts'
import { createHttpServer } from '../../../relay/http/http-server.ts'
import { Tally } from '../../../relay/tally.ts'
import { testConfig, until } from '../clients.ts'
import { fingerprintOf, newKeyPair } from './key-pairs.ts'
import { startProxy } from './proxies.ts'

/** A STUN binding request. https://www.rfc-editor.org/rfc/rfc8489#section-5 */
const STUN = Buffer.from('000100002112a442000102030405060708090a0b', 'hex')

type TestOptions = Partial<Omit<FrontOptions, 'config'>> & { config?: Parameters<typeof testConfig>[0] }

async function startFront({ config = {}, ...options }: TestOptions = {}) {
  const whole = testConfig(config)
  const http = createHttpServer({
    site: undefined, network: 'parley', addresses: () => ({ peerId: '', announced: [], listened: [], host: undefined }),
    health: () => 'ok', requiresTls: whole.tls.kind === 'files'
  })
  const received: Buffer[] = []
  const turn = {
    acceptStream: (socket: Socket) => {
      socket.on('data', (data) => {
        received.push(data)
        socket.write('from turn')
      })
    }
  }
  const front = new Front({ config: whole, http, refusals: new Tally(), turn: () => turn, ...options })
  const sockets = new WebSocketServer({ noServer: true })
  front.http.on('upgrade', (request, socket, head) => sockets.handleUpgrade(request, socket, head, (accepted) => accepted.send('hello')))
  await front.listen()
  onTestFinished(() => front.close())
  const { port } = front.address() ?? { port: 0 }
  return { front, port, received, counts: () => Object.fromEntries(front.refusals.counts) }
}

/** Sends the bytes one by one, each as a packet of its own as far as can be, and gives all that comes back. */
async function say(socket: Socket, bytes: Buffer | string, enough: (answer: string) => boolean = () => false): Promise<string> {
  socket.setNoDelay(true)
  let answer = ''
  const done = new Promise<void>((resolve) => {
    socket.on('data', (data) => {
      answer += String(data)
      if (enough(answer)) resolve()
    })
    socket.on('close', () => resolve())
    socket.on('error', () => resolve())
  })
  for (const byte of Buffer.from(bytes)) {
    socket.write(Buffer.of(byte))
    await new Promise((resolve) => { setImmediate(resolve) })
  }
  await done
  socket.destroy()
  return answer
}

const REQUEST = 'GET /healthz HTTP/1.1\r\nHost: relay.example:8443\r\nConnection: close\r\n\r\n'
const overTls = (port: number) => connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
const fromTurn = (answer: string) => answer.startsWith('from turn')

test.each([['plain', connect], ['TLS', overTls]])('HTTP, WebSockets and TURN share one port by %s, however the bytes arrive', async (kind, open) => {
  const { front, port, received } = await startFront()
  if (kind === 'TLS') front.useCertificate(newKeyPair())
  expect(await say(open(port), REQUEST)).toMatch(/^HTTP\/1\.1 200 /)
  expect(await say(open(port), STUN, fromTurn)).toMatch(/^from turn/)
  await until(() => expect(Buffer.concat(received)).toEqual(STUN))
  const socket = new WebSocket(`${kind === 'TLS' ? 'wss' : 'ws'}://127.0.0.1:${port}/any/path`, { rejectUnauthorized: false, origin: 'https://elsewhere.example' })
  expect(String((await once(socket, 'message'))[0])).toBe('hello')
  socket.terminate()
})

test('TURN clients that name their protocol inside TLS are understood, as are those that name none', async () => {
  const { front, port } = await startFront()
  front.useCertificate(newKeyPair())
  const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, ALPNProtocols: ['stun.turn'] })
  await once(socket, 'secureConnect')
  expect(socket.alpnProtocol).toBe('stun.turn')
  expect(await say(socket, STUN, fromTurn)).toMatch(/^from turn/)
})

test('where TLS is required, plain HTTP is sent to https on the same port, and health is told all the same', async () => {
  const { front, port, counts } = await startFront({ config: { tls: { kind: 'files', cert: '', key: '' } } })
  front.useCertificate(newKeyPair())
  expect(await say(connect(port, '127.0.0.1'), REQUEST.replace('/healthz', '/a?b=c'))).toMatch(/^HTTP\/1\.1 308 [^]*\r\nLocation: https:\/\/relay\.example:8443\/a\?b=c\r\n/)
  expect(await say(connect(port, '127.0.0.1'), REQUEST.replace('relay.example:8443', 'a b'))).toMatch(/^HTTP\/1\.1 (200|400) /)
  expect(await say(connect(port, '127.0.0.1'), REQUEST)).toMatch(/^HTTP\/1\.1 200 /)
  const upgrade = front.admitUpgrade({ headers: {}, socket: { remoteAddress: '192.0.2.1', remotePort: 1 } as Socket })
  expect(upgrade).toEqual({ kind: 'refused', status: 403 })
  expect(counts()).toEqual({ 'plain-websocket': 1 })
})

test('TLS below 1.2 is refused', async () => {
  const { front, port, counts } = await startFront()
  front.useCertificate(newKeyPair())
  const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })
  await once(socket, 'error')
  await until(() => expect(counts()).toEqual({ 'tls-handshake': 1 }))
})

test('a renewed certificate serves who comes next, and who is there stays', async () => {
  const { front, port } = await startFront()
  const [old, renewed] = [newKeyPair(), newKeyPair()]
  front.useCertificate(old)
  const before = overTls(port)
  await once(before, 'secureConnect')
  front.useCertificate(renewed)
  const after = overTls(port)
  await once(after, 'secureConnect')
  expect([before, after].map((socket) => socket.getPeerCertificate().fingerprint256)).toEqual([old, renewed].map(fingerprintOf))
  expect(await say(before, REQUEST)).toMatch(/^HTTP\/1\.1 200 /)
  after.destroy()
})

test.each([
  ['what no protocol begins with', Buffer.of(0x80, 1, 2), 'unknown-protocol'],
  ['TLS without a certificate', Buffer.of(22, 3, 1, 0, 5), 'tls-off'],
  ['STUN where there is no TURN server', STUN, 'turn-off']
])('%s is closed and counted', async (_title, bytes, cause) => {
  const { port, counts } = await startFront({ turn: () => undefined })
  expect(await say(connect(port, '127.0.0.1'), bytes)).toBe('')
  expect(counts()).toEqual({ [cause]: 1 })
})

test('TLS inside of TLS, and a handshake that is none, are closed and counted', async () => {
  const { front, port, counts } = await startFront()
  front.useCertificate(newKeyPair())
  expect(await say(overTls(port), Buffer.of(22, 3, 1, 0, 5))).toBe('')
  await say(connect(port, '127.0.0.1'), Buffer.concat([Buffer.of(22, 3, 1, 0, 5), Buffer.alloc(5, 255)]))
  await until(() => expect(counts()).toEqual({ 'tls-off': 1, 'tls-handshake': 1 }))
})

test('who says nothing is closed and counted, also inside of TLS', async () => {
  const { front, port, counts } = await startFront({ firstByteMs: 100 })
  front.useCertificate(newKeyPair())
  const sockets = [connect(port, '127.0.0.1'), overTls(port)]
  await Promise.all(sockets.map((socket) => once(socket, 'close')))
  expect(counts()).toEqual({ silent: 2 })
})

test('connections beyond the limit end before anything is read of them, and leave places behind', async () => {
  const base = testConfig().limits
  const { port, front, counts } = await startFront({ config: { limits: { ...base, connections: 2 } } })
  const kept = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')]
  await until(() => expect(front.admission.open).toBe(2))
  expect(await say(connect(port, '127.0.0.1'), '')).toBe('')
  expect(counts()).toEqual({ connections: 1 })
  for (const socket of kept) socket.destroy()
  await until(() => expect(front.admission.open).toBe(0))
  expect(await say(connect(port, '127.0.0.1'), REQUEST)).toMatch(/^HTTP\/1\.1 200 /)
})

test('behind a proxy, each visitor has its own share of connections', async () => {
  const base = testConfig().limits
  const { front, counts } = await startFront({ config: { trustProxy: true, limits: { ...base, connectionsPerAddress: 2 } } })
  const upgradeOf = (address: string) => front.admitUpgrade({ headers: { 'x-forwarded-for': address }, socket: { remoteAddress: '127.0.0.1', remotePort: 1 } as Socket })
  const welcomed = [upgradeOf('192.0.2.1'), upgradeOf('192.0.2.1')]
  expect(welcomed.map(({ kind }) => kind)).toEqual(['welcome', 'welcome'])
  expect(upgradeOf('192.0.2.1')).toEqual({ kind: 'refused', status: 429 })
  expect(upgradeOf('192.0.2.2').kind).toBe('welcome')
  expect(counts()).toEqual({ 'address-connections': 1 })
})

test('telling protocols apart takes no time of its own: as many turns as with a server of its own', async () => {
  const { port } = await startFront()
  const alone = createServer((_request, response) => response.end('ok')).listen(0, '127.0.0.1')
  await once(alone, 'listening')
  const sockets = new WebSocketServer({ server: alone })
  sockets.on('connection', (socket) => socket.send('hello'))
  onTestFinished(() => { alone.close() })
  const turns: number[] = []
  for (const target of [port, (alone.address() as { port: number }).port]) {
    const page = await startProxy(target)
    await (await fetch(`http://127.0.0.1:${page.port}/`)).text()
    const proxy = await startProxy(target)
    const socket = new WebSocket(`ws://127.0.0.1:${proxy.port}`)
    await once(socket, 'message')
    turns.push(page.turns.length, proxy.turns.length)
    socket.terminate()
  }
  expect(turns).toEqual([2, 2, 2, 2])
})
