import { once } from 'node:events'
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { multiaddr } from '@multiformats/multiaddr'
import { describe, expect, test } from 'vitest'
import type { RelayStatus } from '../../../relay/operation/status.ts'
import { roomTopic, startClient, startRelay, tcpAddress, until, webSocketAddress } from '../clients.ts'

interface Reply {
  status: number | undefined
  headers: IncomingMessage['headers']
  text: string
}

async function get(url: string, headers: Record<string, string> = {}): Promise<Reply> {
  const [response] = await once(request(url, { headers, agent: false }).end(), 'response') as [IncomingMessage]
  return { status: response.statusCode, headers: response.headers, text: Buffer.concat(await response.toArray() as Buffer[]).toString() }
}

/** The values of a metric by its labels, such as `kind="client",transport="tcp"`. */
function values(text: string, name: string): Record<string, number> {
  const lines = text.split('\n').map((line) => new RegExp(`^${name}(?:\\{(.*)\\})? (\\S+)$`).exec(line)).filter((found) => found !== null)
  return Object.fromEntries(lines.map(([, labels = '', value]) => [labels, Number(value)]))
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

describe('/metrics', () => {
  test('counts clients and relays, reservations, rooms and messages', async () => {
    const other = await startRelay()
    const relay = await startRelay({ bootstrap: [tcpAddress(other)] })
    const [alice, bob] = [await startClient(relay), await startClient(relay)]
    const topic = roomTopic('a')
    await Promise.all([alice.join(topic), bob.join(topic)])
    await alice.say(topic, 'hello')
    await until(() => expect(bob.heard).toEqual(['hello']))
    await expect.poll(async () => {
      const { text } = await get(`${relay.httpUrl}/metrics`)
      return {
        ...values(text, 'parley_relay_connections'),
        reservations: values(text, 'parley_relay_reservations'),
        topics: values(text, 'parley_relay_topics'),
        messages: values(text, 'parley_relay_pubsub_messages_total'),
        bytes: values(text, 'parley_relay_pubsub_bytes_total')
      }
    }, { timeout: 10_000 }).toEqual({
      'kind="client",transport="websocket"': 2,
      'kind="relay",transport="tcp"': 1,
      reservations: { '': 2 },
      topics: { '': 1 },
      messages: { '': 1 },
      bytes: { '': 'hello'.length }
    })
  })

  test('counts relayed connections and their bytes, and forgets none when they close', async () => {
    const relay = await startRelay()
    const [alice, bob] = [await startClient(relay), await startClient(relay)]
    const through = multiaddr(`${webSocketAddress(relay)}/p2p-circuit/p2p/${bob.node.peerId}`)
    await until(() => expect(relay.libp2p.services.circuitRelay.reservations.size).toBe(2))
    const connection = await alice.node.dial(through)
    const during = (await get(`${relay.httpUrl}/metrics`)).text
    expect(values(during, 'parley_relay_circuits')).toEqual({ '': 1 })
    // Noise alone takes more than 200 bytes to agree on keys.
    expect(values(during, 'parley_relay_circuit_bytes_total')['']).toBeGreaterThan(200)
    await connection.close()
    await expect.poll(async () => values((await get(`${relay.httpUrl}/metrics`)).text, 'parley_relay_circuits'), { timeout: 10_000 }).toEqual({ '': 0 })
    expect(values((await get(`${relay.httpUrl}/metrics`)).text, 'parley_relay_circuits_opened_total')).toEqual({ '': 1 })
  })

  test('names no peer, no address and no room', async () => {
    const other = await startRelay()
    const relay = await startRelay({ bootstrap: [tcpAddress(other)] })
    const client = await startClient(relay)
    const topic = roomTopic('b')
    await client.join(topic)
    await until(() => expect(relay.libp2p.getConnections()).toHaveLength(2))
    const { text } = await get(`${relay.httpUrl}/metrics`)
    for (const secret of [client.node.peerId.toString(), other.peerId, relay.peerId, topic, '127.0.0.1']) expect(text).not.toContain(secret)
  })

  test('leaves out what the relay has not, and tells of process and libp2p', async () => {
    const relay = await startRelay()
    const { text, headers } = await get(`${relay.httpUrl}/metrics`)
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(values(text, 'parley_relay_turn_allocations')).toEqual({})
    expect(values(text, 'parley_relay_draining')).toEqual({ '': 0 })
    expect(Object.keys(values(text, 'parley_relay_build_info'))[0]).toMatch(/^version="\d+\.\d+\.\d+",network="parley",node="\d+\.\d+\.\d+"$/)
    for (const name of ['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds', 'process_open_fds', 'libp2p_protocol_streams_total', 'libp2p_data_transfer_bytes_total']) {
      expect(text).toContain(`# TYPE ${name} `)
    }
  })

  test('keeps two relays of one process apart', async () => {
    const [busy, idle] = [await startRelay(), await startRelay()]
    await startClient(busy)
    const clients = async (url: string) => values((await get(`${url}/metrics`)).text, 'parley_relay_connections')
    expect(await clients(busy.httpUrl)).toEqual({ 'kind="client",transport="websocket"': 1, 'kind="relay",transport="tcp"': 0 })
    expect(await clients(idle.httpUrl)).toEqual({ 'kind="client",transport="websocket"': 0, 'kind="relay",transport="tcp"': 0 })
  })
})

describe('the status page', () => {
  test('shows the relay and its neighbours, and no visitor', async () => {
    const other = await startRelay()
    const relay = await startRelay({ bootstrap: [tcpAddress(other)] })
    const client = await startClient(relay)
    await expect.poll(async () => (JSON.parse((await get(`${relay.httpUrl}/status.json`)).text) as RelayStatus).neighbours, { timeout: 10_000 }).toEqual([other.peerId])
    const { text } = await get(`${relay.httpUrl}/status.json`)
    const status = JSON.parse(text) as RelayStatus
    expect(status).toMatchObject({ peerId: relay.peerId, network: 'parley', addresses: relay.multiaddrs() })
    expect(text).not.toContain(client.node.peerId.toString())
  })

  test('brings its script and style as files, as the policy wants', async () => {
    const { httpUrl } = await startRelay()
    const page = await get(`${httpUrl}/status`)
    expect(page.headers['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval';")
    expect(page.text).not.toMatch(/<script>|<style|style=|\son[a-z]+=/)
    for (const [, path = ''] of page.text.matchAll(/(?:src|href)="(\/status\.[a-z]+)"/g)) expect((await get(httpUrl + path)).status).toBe(200)
  })
})

describe('the operator\'s pages', () => {
  const PATHS = ['/metrics', '/status', '/status.json', '/status.js', '/status.css']

  test('do not exist for those who come through a proxy', async () => {
    const { httpUrl } = await startRelay()
    for (const path of PATHS) {
      expect([path, (await get(httpUrl + path)).status]).toEqual([path, 200])
      expect([path, (await get(httpUrl + path, { 'x-forwarded-for': '192.0.2.1' })).status]).toEqual([path, 404])
      expect([path, (await get(httpUrl + path, { host: 'relay.example' })).status]).toEqual([path, 404])
    }
  })

  test('move to a port of their own', async () => {
    const port = await freePort()
    const relay = await startRelay({ metrics: { kind: 'listen', host: '127.0.0.1', port } })
    for (const path of PATHS) {
      expect([path, (await get(relay.httpUrl + path)).status]).toEqual([path, 404])
      expect([path, (await get(`http://127.0.0.1:${port}${path}`, { host: 'relay.example' })).status]).toEqual([path, 200])
    }
    await relay.close()
    await expect(get(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow('ECONNREFUSED')
  })

  test('can be turned off', async () => {
    const relay = await startRelay({ metrics: { kind: 'off' } })
    for (const path of PATHS) expect([path, (await get(relay.httpUrl + path)).status]).toEqual([path, 404])
  })
})
