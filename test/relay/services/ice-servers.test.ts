import { lpStream } from '@libp2p/utils'
import { expect, test } from 'vitest'
import { decodeIceServers } from '../../../src/wire/ice-servers.ts'
import { DEFAULT_NETWORK, networkNames } from '../../../src/wire/network.ts'
import { startClient, startRelay, testConfig, until, webSocketAddress } from '../clients.ts'
import { startNode } from './clients.ts'

const { iceServers: PROTOCOL } = networkNames(DEFAULT_NETWORK)
const turn = { ...testConfig().turn, enabled: true }

test('a client is told of the STUN and TURN server of its relay, with a credential of its own', async () => {
  const relay = await startRelay({ turn })
  const node = await startNode(webSocketAddress(relay))
  const { port } = new URL(relay.httpUrl)
  await until(() => expect(node.network.iceServers.value).not.toEqual([]))
  const servers = node.network.iceServers.value
  expect(servers.flatMap(({ urls }) => urls)).toEqual([
    `stun:127.0.0.1:${relay.turnPort}`, `turn:127.0.0.1:${relay.turnPort}?transport=udp`, `turn:127.0.0.1:${port}?transport=tcp`
  ])
  const [, udp] = servers
  expect(udp?.username).toMatch(new RegExp(`^\\d+:${node.network.self}$`))
})

test('servers of somebody else are handed out instead when the relay is told to', async () => {
  const relay = await startRelay({ turn: { ...turn, enabled: false, external: { urls: ['turn:turn.example?transport=tcp'], secret: 'shared' } } })
  const node = await startNode(webSocketAddress(relay))
  await until(() => expect(node.network.iceServers.value.flatMap(({ urls }) => urls)).toEqual(['turn:turn.example:3478?transport=tcp']))
})

test('a relay that has none declines, and the client does without', async () => {
  const relay = await startRelay()
  const client = await startClient(relay)
  const [connection] = client.node.getConnections()
  await expect(connection?.newStream(PROTOCOL)).rejects.toThrow(expect.objectContaining({ name: 'UnsupportedProtocolError' }))
})

test('the seventh question within a minute is refused, and each client has a minute of its own', async () => {
  const relay = await startRelay({ turn })
  const ask = async (client: Awaited<ReturnType<typeof startClient>>): Promise<number> => {
    const stream = await client.node.dialProtocol(client.node.getPeers()[0]!, PROTOCOL)
    const bytes = await lpStream(stream, { maxDataLength: 8192 }).read({ signal: AbortSignal.timeout(5_000) })
    stream.abort(new Error('answered'))
    return decodeIceServers(bytes.subarray()).servers.length
  }
  const eager = await startClient(relay)
  for (let i = 0; i < 6; i++) expect(await ask(eager)).toBeGreaterThan(0)
  await expect(ask(eager)).rejects.toThrow()
  expect(await ask(await startClient(relay))).toBeGreaterThan(0)
})

test('nobody is told through a circuit', async () => {
  const relay = await startRelay({ turn })
  const host = await startClient(relay)
  await host.node.handle(PROTOCOL, () => undefined)
  await until(() => expect(host.node.getMultiaddrs()).not.toEqual([]))
  const visitor = await startClient(relay)
  const [address] = host.node.getMultiaddrs()
  const connection = await visitor.node.dial(address!)
  expect(connection.limits).toBeDefined()
  await expect(connection.newStream(PROTOCOL)).rejects.toThrow(expect.objectContaining({ name: 'LimitedConnectionError' }))
})
