/** Relays that are killed without a word, and what comes back. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createNode } from '../../../src/node/index.ts'
import { freshIdentity } from '../../../src/node/identity.ts'
import { DEFAULT_NETWORK } from '../../../src/wire/network.ts'
import { startRelay, until, webSocketAddress } from '../clients.ts'
import type { TestRelay } from '../clients.ts'
import { startKillable } from './killable.ts'
import type { KillableRelay } from './killable.ts'

const TIME_LIMIT_MS = 120_000

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-restart-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The ports that a relay got, to be asked for again. */
function portsOf({ addresses }: KillableRelay): { port: number, tcpPort: number } {
  const portIn = (webSocket: boolean): number => {
    const address = addresses.find((each) => each.includes('/ws/') === webSocket) ?? ''
    return Number(/\/tcp\/(\d+)/.exec(address)?.[1])
  }
  return { port: portIn(true), tcpPort: portIn(false) }
}

async function startPerson(relay: Pick<TestRelay, 'multiaddrs'>) {
  const lifetime = new AbortController()
  onTestFinished(() => lifetime.abort())
  const kept = new Map<string, string>()
  const node = await createNode({
    privateKey: await freshIdentity(),
    network: DEFAULT_NETWORK,
    rule: { localPage: true, securePage: false },
    relays: [webSocketAddress(relay)],
    storage: { get: (key) => kept.get(key) ?? null, set: (key, value) => { kept.set(key, value) } },
    signal: lifetime.signal
  })
  await online(node)
  return node
}

function online({ network, relays }: Awaited<ReturnType<typeof createNode>>): Promise<void> {
  return vi.waitFor(() => {
    expect(relays.connected.value).toBeGreaterThan(0)
    expect(network.addresses.value).not.toEqual([])
  }, { timeout: 60_000, interval: 20 })
}

test('a relay that was killed comes back as the same, and its clients and neighbours come back to it', { timeout: TIME_LIMIT_MS }, async () => {
  const data = emptyFolder()
  const first = await startKillable({ data, tcpPort: 0 })
  const neighbour = await startRelay({ bootstrap: [webSocketAddress(first)] })
  const connected = (): boolean => neighbour.libp2p.getPeers().some((peer) => peer.toString() === first.peerId)
  await until(() => expect(connected()).toBe(true))
  const person = await startPerson(first)
  const addressesBefore = person.network.addresses.value.filter((address) => address.includes(first.peerId))
  expect(addressesBefore).not.toEqual([])
  await first.kill()
  await until(() => expect(connected()).toBe(false))

  const again = await startKillable({ data, ...portsOf(first) })
  expect(again.peerId).toBe(first.peerId)
  expect(again.addresses.toSorted()).toEqual(first.addresses.toSorted())
  await until(() => expect(connected()).toBe(true), 60_000)
  await until(() => expect(person.network.addresses.value).toEqual(expect.arrayContaining(addressesBefore)), 60_000)
})

test('a relay whose bootstrap relay is gone for ever finds back to those that it met', { timeout: TIME_LIMIT_MS }, async () => {
  const data = emptyFolder()
  const bootstrap = await startKillable({ tcpPort: 0 })
  const others = [await startRelay({ bootstrap: bootstrap.addresses.slice(0, 1) }), await startRelay({ bootstrap: bootstrap.addresses.slice(0, 1) })]
  const relay = await startKillable({ data, tcpPort: 0, bootstrap: bootstrap.addresses.slice(0, 1) })
  const connected = (): boolean[] => others.map(({ libp2p }) => libp2p.getPeers().some((peer) => peer.toString() === relay.peerId))
  await until(() => {
    const remembered = readFileSync(join(data, 'relays.json'), 'utf8')
    for (const { peerId } of others) expect(remembered).toContain(peerId)
  }, 60_000)
  await Promise.all([relay.kill(), bootstrap.kill()])
  await until(() => expect(connected()).toEqual([false, false]))

  // On other ports, so that it is this relay that finds the others and not the other way round.
  await startKillable({ data, tcpPort: 0, bootstrap: bootstrap.addresses.slice(0, 1) })
  await until(() => expect(connected()).toEqual([true, true]), 60_000)
})
