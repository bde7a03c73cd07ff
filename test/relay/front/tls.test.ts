/** TLS of the relay's own port, through a whole relay. */
import { once } from 'node:events'
import { connect } from 'node:tls'
import { multiaddr } from '@multiformats/multiaddr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listenedAddresses } from '../../../relay/front/own-addresses.ts'
import { createRelay } from '../../../relay/relay.ts'
import { startClient, startRelay, testConfig, until, webSocketAddress } from '../clients.ts'
import { fingerprintOf, keyPairFiles, newKeyPair } from './key-pairs.ts'

// Nobody vouches for the certificates of a test. libp2p's dialer can be told so in no other way.
beforeAll(() => { process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0' })
afterAll(() => { delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'] })

async function fingerprintAt(url: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) })
  await once(socket, 'secureConnect')
  const { fingerprint256 } = socket.getPeerCertificate()
  socket.destroy()
  return fingerprint256
}

test('with a certificate, clients reach the relay by wss on its own port, and by nothing else', async () => {
  const pair = newKeyPair()
  const relay = await startRelay({ tls: { kind: 'files', ...keyPairFiles(pair) } })
  expect(relay.httpUrl).toMatch(/^https:\/\/localhost:\d+$/)
  const address = webSocketAddress(relay)
  expect(address).toContain('/tls/ws/')
  expect(relay.multiaddrs().filter((each) => /\/tcp\/\d+\/ws/.test(each))).toEqual([])
  const client = await startClient(relay)
  await until(() => expect(relay.libp2p.getConnections(client.node.peerId)).toHaveLength(1))
  await expect(client.node.dial(multiaddr(address.replace('/tls/ws', '/ws')), { force: true })).rejects.toThrow()
  expect(relay.front.refusals.counts.get('plain-websocket')).toBe(1)
  expect(await (await fetch(`${relay.httpUrl}/healthz`)).text()).toBe('ok\n')
})

test('a renewed certificate is served without a restart, and clients stay connected', async () => {
  const [old, renewed] = [newKeyPair(), newKeyPair()]
  const files = keyPairFiles(old)
  const relay = await startRelay({ tls: { kind: 'files', ...files } })
  const client = await startClient(relay)
  expect(await fingerprintAt(relay.httpUrl)).toBe(fingerprintOf(old))
  files.write(renewed)
  process.emit('SIGHUP')
  await until(() => expect(relay.front.ownPort().secure).toBe(true))
  let served = ''
  while (served !== fingerprintOf(renewed)) served = await fingerprintAt(relay.httpUrl)
  expect(client.node.getConnections()).toHaveLength(1)
})

test('a relay whose certificate cannot be used does not start, and says why', async () => {
  const files = keyPairFiles()
  files.write({ key: newKeyPair().key })
  await expect(createRelay(testConfig({ tls: { kind: 'files', ...files } }), new AbortController())).rejects.toMatchObject({
    code: 'config-invalid', message: expect.stringContaining('do not belong together') as string
  })
})

test('the name of a certificate that came by itself is in the public addresses, and no other are told by TLS', async () => {
  const base = testConfig()
  const relay = await startRelay({ tls: { kind: 'auto' }, turn: { ...base.turn, publicAddresses: ['8.8.8.8'] } })
  const told = (): string[] => relay.multiaddrs().filter((each) => each.includes('/tls/'))
  expect(told()).toEqual([])
  relay.libp2p.dispatchEvent(new CustomEvent('certificate:provision', { detail: newKeyPair() }))
  const [address, ...others] = relay.front.ownPort().secure ? listenedAddresses(relay.front.ownPort()).filter((each) => each.toString().includes('/tls/')) : []
  expect(address?.toString()).toMatch(/^\/ip4\/8\.8\.8\.8\/tcp\/\d+\/tls\/ws$/)
  expect(others).toEqual([])
  // Without its name no browser would believe the certificate, so libp2p, which knows it, tells of it, and we do not.
  expect(told()).toEqual([])
})

test('a certificate that comes later is served on the same port, beside plain HTTP', async () => {
  const relay = await startRelay({ tls: { kind: 'auto' } })
  expect(relay.front.ownPort().secure).toBe(false)
  const plain = await startClient(relay)
  const pairs = [newKeyPair(), newKeyPair()]
  for (const [index, pair] of pairs.entries()) {
    const detail = { ...pair, notAfter: new Date(Date.now() + 90 * 86_400_000) }
    relay.libp2p.dispatchEvent(new CustomEvent(index === 0 ? 'certificate:provision' : 'certificate:renew', { detail }))
    expect(await fingerprintAt(relay.httpUrl)).toBe(fingerprintOf(pair))
  }
  const secure = await startClient()
  await secure.node.dial(multiaddr(webSocketAddress(relay).replace('/ws/', '/tls/ws/')))
  expect(plain.node.getConnections()).toHaveLength(1)
  await until(() => expect(relay.libp2p.getPeers()).toHaveLength(2))
})

test('the relay\'s own STUN server answers on its port, by TLS', async () => {
  const base = testConfig()
  const relay = await startRelay({ tls: { kind: 'files', ...keyPairFiles() }, turn: { ...base.turn, enabled: true } })
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(relay.httpUrl).port) })
  // A binding request; its answer, 0x0101, carries the same transaction id.
  socket.write(Buffer.from('000100002112a442000102030405060708090a0b', 'hex'))
  const [answer] = await once(socket, 'data') as [Buffer]
  expect(answer.subarray(0, 2).toString('hex')).toBe('0101')
  expect(answer.subarray(8, 20).toString('hex')).toBe('000102030405060708090a0b')
  socket.destroy()
})
