/** What hangs while it is opened must hold nobody up. */
import { identify } from '@libp2p/identify'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { expect, onTestFinished, test } from 'vitest'
import { connectionEncrypters, streamMuxers } from '../../src/node/shared-options.ts'
import { OpeningSockets, webSocketsBy } from '../../src/node/websocket-transport.ts'
import { startRelay, until } from '../relay/clients.ts'
import { tunnelTo } from '../relay/tunnel.ts'

async function startDialler() {
  const sockets = new OpeningSockets()
  const node = await createLibp2p({
    transports: [webSocketsBy(sockets)],
    connectionEncrypters: connectionEncrypters(),
    streamMuxers: streamMuxers(),
    // Nothing ends by itself while the tests run.
    connectionManager: { dialTimeout: 600_000, addressDialTimeout: 600_000 },
    services: { identify: identify() }
  })
  onTestFinished(async () => { await node.stop() })
  return { sockets, node }
}

test('a dial that hangs is given up for all who wait for it, and the next one is another', async () => {
  const relay = await startRelay()
  const tunnel = await tunnelTo(relay)
  const address = multiaddr(tunnel.address)
  const { node, sockets } = await startDialler()
  tunnel.cut()
  const impatient = new AbortController()
  const dials = [node.dial(address), node.dial(address, { signal: impatient.signal })].map((dial) => dial.then(() => 'connected', () => 'failed'))
  await until(() => expect(tunnel.counts().waiting).toBe(1))
  impatient.abort()
  expect(await dials[1]).toBe('failed')
  sockets.giveUp(tunnel.address)
  expect(await dials[0]).toBe('failed')
  const next = node.dial(address)
  await until(() => expect(tunnel.counts().waiting).toBeGreaterThan(1))
  tunnel.mend()
  expect((await next).remotePeer.toString()).toBe(relay.peerId)
})

test('what is open is not given up, nor what leads elsewhere', async () => {
  const relay = await startRelay()
  const [one, other] = [await tunnelTo(relay), await tunnelTo(relay)]
  const { node, sockets } = await startDialler()
  const connection = await node.dial(multiaddr(one.address))
  sockets.giveUp(one.address)
  sockets.giveUp('/dnsaddr/elsewhere.example')
  other.cut()
  const dial = node.dial(multiaddr(other.address), { force: true })
  await until(() => expect(other.counts().waiting).toBe(1))
  sockets.giveUp(one.address)
  other.mend()
  await dial
  expect(connection.status).toBe('open')
})

test('a socket whose dial is ended before it opens is closed', async () => {
  const relay = await startRelay()
  const tunnel = await tunnelTo(relay)
  const { node } = await startDialler()
  tunnel.cut()
  const enough = new AbortController()
  const dial = node.dial(multiaddr(tunnel.address), { signal: enough.signal }).catch(() => 'failed')
  await until(() => expect(tunnel.counts().waiting).toBe(1))
  enough.abort()
  expect(await dial).toBe('failed')
  tunnel.mend()
  await until(() => expect(tunnel.counts().closed).toBeGreaterThan(0))
})
