import type { Connection, Libp2p } from '@libp2p/interface'
import { byteStream } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'
import { WebRTCDirect, WebSockets, WebSocketsSecure } from '@multiformats/multiaddr-matcher'
import { withTimeout } from '../util/abort.ts'
import type { Lifetime } from '../util/abort.ts'
import { createLog } from '../util/log.ts'
import { denyDial, parseAddress } from './addresses.ts'
import type { DialRule } from './addresses.ts'
import { askIceServers } from './ice-servers.ts'
import { hostReached, offeredServers } from './ice-urls.ts'
import { isRelay } from './relay-dial.ts'
import type { KnownRelay } from './relay-order.ts'
import type { RelayProbe, RelayWay } from './types.ts'

const log = createLog('node:probe')

/** Relays that are looked at, and ways to each: who knows more of them has no need to. */
const MAX_RELAYS = 6
const MAX_WAYS = 4
/** How long a way may take, milliseconds: TLS and Noise over a bad line, and no longer than a person waits. */
const WAY_MS = 6_000
const ASK_MS = 4_000
/** https://github.com/libp2p/specs/blob/master/ping/ping.md */
const PING_PROTOCOL = '/ipfs/ping/1.0.0'
const PING_BYTES = 32

/** What probing works with. */
export interface RelayProbeOptions extends Lifetime {
  node: Libp2p
  /** The relays that we know. */
  relays: readonly KnownRelay[]
  /** The network's name for it, `NetworkNames.iceServers`. */
  protocol: string
  rule: DialRule
  approved: ReadonlySet<string>
  /** Told of each relay as soon as all is known about it. */
  onRelay: (probe: RelayProbe) => void
}

/**
 * Tries every known way to every known relay, one way after the other, the relays at the same time. A connection made for
 * that is closed again, unless it is the only one to any relay. Resolves when all is told; never rejects.
 */
export async function probeRelays(options: RelayProbeOptions): Promise<void> {
  await Promise.all(options.relays.slice(0, MAX_RELAYS).map(async (relay) => {
    const probe = await probeRelay(relay, options)
    if (!options.signal.aborted) options.onRelay(probe)
  }))
}

async function probeRelay({ key, addresses }: KnownRelay, options: RelayProbeOptions): Promise<RelayProbe> {
  const { node } = options
  const probe: RelayProbe = { host: '', ways: [], isRelay: null, reserved: false, servers: null }
  for (const text of addresses.slice(0, MAX_WAYS)) {
    const address = readable(text)
    if (address === undefined) continue
    probe.host ||= hostReached(address) ?? ''
    probe.ways.push(await tryWay(address, probe, options))
  }
  probe.reserved = node.getMultiaddrs().some((own) => own.toString().includes(`/p2p/${key}/p2p-circuit`))
  return probe
}

/** Dials once more, also where we are connected already; `probe` is told what the relay says on the first way that works. */
async function tryWay(address: Multiaddr, probe: RelayProbe, { node, rule, approved, protocol, signal }: RelayProbeOptions): Promise<RelayWay> {
  const way: RelayWay = { transport: transportOf(address), outcome: 'no-answer', ms: null, rttMs: null }
  if (denyDial(address, rule, approved)) return { ...way, outcome: 'forbidden' }
  const hadAny = node.getConnections().some(({ limits }) => limits === undefined)
  const limit = withTimeout(signal, WAY_MS)
  const started = performance.now()
  try {
    const connection = await node.dial(address, { force: true, signal: limit.signal })
    const ms = Math.round(performance.now() - started)
    try {
      const rttMs = await pingOn(connection, signal)
      if (probe.servers === null) await interrogate(connection, probe, { node, rule, protocol, signal })
      return { ...way, outcome: 'reached', ms, rttMs }
    } finally {
      if (hadAny) await closeQuietly(connection)
    }
  } catch (error) {
    log.debug('a way to a relay did not work', (error as Error).name)
    return way
  } finally {
    limit.done()
  }
}

async function interrogate(
  connection: Connection, probe: RelayProbe, { node, rule, protocol, signal }: Pick<RelayProbeOptions, 'node' | 'rule' | 'protocol' | 'signal'>
): Promise<void> {
  const limit = withTimeout(signal, ASK_MS)
  try {
    probe.isRelay = await isRelay(node, connection.remotePeer, limit.signal)
    const offer = await askIceServers(connection, protocol, limit.signal)
    probe.servers = offeredServers(offer, { address: connection.remoteAddr, privateAllowed: rule.localPage })
  } catch (error) {
    // A relay without STUN and TURN declines the question, and one that is asked too often as well.
    log.debug('a relay named no ICE servers', (error as Error).name)
  } finally {
    limit.done()
  }
}

/** Round trip on exactly this connection, milliseconds; null when the other side does not answer. */
async function pingOn(connection: Connection, signal: AbortSignal): Promise<number | null> {
  const limit = withTimeout(signal, ASK_MS)
  try {
    const stream = await connection.newStream(PING_PROTOCOL, { signal: limit.signal })
    try {
      const bytes = byteStream(stream)
      // The first round trip settles the protocol as well; the second is a ping and nothing else.
      let rttMs = 0
      for (let round = 0; round < 2; round++) {
        const started = performance.now()
        await bytes.write(crypto.getRandomValues(new Uint8Array(PING_BYTES)), { signal: limit.signal })
        await bytes.read({ bytes: PING_BYTES, signal: limit.signal })
        rttMs = Math.round(performance.now() - started)
      }
      return rttMs
    } finally {
      stream.abort(new Error('measured'))
    }
  } catch (error) {
    log.debug('a relay does not answer pings', (error as Error).name)
    return null
  } finally {
    limit.done()
  }
}

function readable(text: string): Multiaddr | undefined {
  try {
    return parseAddress(text)
  } catch {
    // What is no address leads to no relay; the keeper tells the person about it.
    return undefined
  }
}

function transportOf(address: Multiaddr): RelayWay['transport'] {
  if (WebSocketsSecure.matches(address)) return 'wss'
  if (WebSockets.matches(address)) return 'ws'
  return WebRTCDirect.matches(address) ? 'webrtc-direct' : 'other'
}

async function closeQuietly(connection: Connection): Promise<void> {
  try {
    await connection.close()
  } catch {
    // It broke first, which closes it as well.
  }
}
