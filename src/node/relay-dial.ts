import type { Connection, IdentifyResult, Libp2p, PeerId } from '@libp2p/interface'
import { onAbort, withTimeout } from '../util/abort.ts'
import type { Lifetime } from '../util/abort.ts'
import { createLog } from '../util/log.ts'
import { parseAddress } from './addresses.ts'
import type { OpeningSockets } from './websocket-transport.ts'

const log = createLog('node:relays')

/** Circuit relay v2's hop protocol: who speaks it is a relay. */
export const HOP_PROTOCOL = '/libp2p/circuit/relay/0.2.0/hop'

/** With another way left, a relay that is silent for this long, milliseconds, is tried by that. */
const NEXT_WAY_MS = 5_000
/** A relay that has connected must say within this time that it is one, milliseconds. */
const IDENTIFY_TIMEOUT_MS = 10_000

/** How a relay is dialled. */
export interface RelayDialOptions extends Lifetime {
  /** Longest time for one address, milliseconds. */
  limitMs: number
  /** Where what did not open in time is given up, for whoever else waits for it too. */
  sockets: Pick<OpeningSockets, 'giveUp'>
  /** Hears of each address that did not answer. */
  onFailure: (address: string) => void
}

/**
 * Dials a relay by one address after the other, until one answers.
 *
 * @throws {Error} the last failure, when all have failed
 */
export async function dialRelay(node: Libp2p, addresses: string[], { limitMs, sockets, onFailure, signal }: RelayDialOptions): Promise<Connection> {
  let failure: unknown = new Error('no address to dial')
  for (const [index, address] of addresses.entries()) {
    const limit = withTimeout(signal, index < addresses.length - 1 ? Math.min(NEXT_WAY_MS, limitMs) : limitMs)
    try {
      return await node.dial(parseAddress(address), { signal: limit.signal })
    } catch (error) {
      sockets.giveUp(address)
      if (signal.aborted) throw error
      log.debug('a relay did not answer', (error as Error).name)
      failure = error
      onFailure(address)
    } finally {
      limit.done()
    }
  }
  throw failure
}

/** Whether the peer is a relay, once identify has told; false when it did not in time. */
export async function isRelay(node: Libp2p, peer: PeerId, signal: AbortSignal): Promise<boolean> {
  const limit = withTimeout(signal, IDENTIFY_TIMEOUT_MS)
  try {
    return (await protocolsOf(node, peer, limit.signal)).includes(HOP_PROTOCOL)
  } finally {
    limit.done()
  }
}

async function protocolsOf(node: Libp2p, peer: PeerId, signal: AbortSignal): Promise<string[]> {
  return new Promise((resolve) => {
    const finish = (protocols: string[]): void => {
      node.removeEventListener('peer:identify', identified)
      resolve(protocols)
    }
    const identified = ({ detail }: CustomEvent<IdentifyResult>): void => {
      if (detail.peerId.equals(peer)) finish(detail.protocols)
    }
    node.addEventListener('peer:identify', identified)
    onAbort(signal, () => finish([]))
    node.peerStore.get(peer).then((known) => { if (known.protocols.includes(HOP_PROTOCOL)) finish(known.protocols) }, () => {
      // Not in the peer store yet: identify will tell.
    })
  })
}
