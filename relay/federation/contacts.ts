import type { Libp2p, PeerId } from '@libp2p/interface'
import type { KadDHT } from '@libp2p/kad-dht'
import { Queue } from '@libp2p/utils'
import { delay, onAbort, withTimeout } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { createLog } from '../../src/util/log.ts'

/** The DHT's routing table, as far as it is needed here. */
export interface ContactTable {
  find(peer: PeerId): Promise<PeerId | undefined>
  remove(peer: PeerId): Promise<void>
  readonly size: number
}

/** What taking dead contacts out works with. */
export interface ContactsOptions extends Lifetime {
  libp2p: Pick<Libp2p, 'addEventListener' | 'dial' | 'getConnections'>
  table: Pick<ContactTable, 'find' | 'remove'>
  /** How long a lost contact is given to come back by itself, milliseconds. */
  graceMs?: number
}

/** A relay that restarts is back within this time, and its contact is kept. */
const DEFAULT_GRACE_MS = 10_000
const DIAL_TIMEOUT_MS = 5_000
/** When many are lost at once they are tried a few at a time. */
const CONCURRENT_DIALS = 8

const log = createLog('relay:contacts')

/** The routing table of a DHT service, which its published type leaves out. */
export function contactTable(dht: KadDHT): ContactTable {
  return (dht as KadDHT & { routingTable: ContactTable }).routingTable
}

/**
 * Takes peers that are gone out of the DHT's routing table. The library keeps each until its bucket is full, and every lookup
 * then waits for its silence. A contact whose last connection has closed is dialed once more; in vain, and it is out. Ends
 * with `signal`.
 */
export function dropDeadContacts({ libp2p, table, graceMs = DEFAULT_GRACE_MS, signal }: ContactsOptions): void {
  const dials = new Queue({ concurrency: CONCURRENT_DIALS })
  onAbort(signal, () => dials.abort())
  const check = async (peer: PeerId): Promise<void> => {
    await delay(graceMs * (0.5 + Math.random()), signal)
    const isLost = (): boolean => !signal.aborted && libp2p.getConnections(peer).length === 0
    if (!isLost() || await table.find(peer) === undefined) return
    await dials.add(async () => {
      if (isLost() && !await answers(libp2p, peer, signal) && isLost()) await table.remove(peer)
    })
  }
  libp2p.addEventListener('peer:disconnect', ({ detail: peer }) => {
    check(peer).catch((error: unknown) => log.debug('a contact was not checked', (error as Error).name))
  }, { signal })
}

async function answers(libp2p: ContactsOptions['libp2p'], peer: PeerId, signal: AbortSignal): Promise<boolean> {
  const limit = withTimeout(signal, DIAL_TIMEOUT_MS)
  try {
    await libp2p.dial(peer, { signal: limit.signal })
    return true
  } catch {
    // No answer is an answer here.
    return false
  } finally {
    limit.done()
  }
}
