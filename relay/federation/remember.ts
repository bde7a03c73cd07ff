import type { Connection, Libp2p } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { delay } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { directAddresses } from './dialable.ts'
import { chosen, MAX_NEIGHBOURS } from './neighbours.ts'
import type { RelayMemory } from './relay-memory.ts'
import type { Roster } from './roster.ts'

/** What remembering works with. */
export interface RememberOptions extends Lifetime {
  libp2p: Pick<Libp2p, 'peerStore'>
  roster: Roster
  memory: RelayMemory
  publicOnly: boolean
}

/** What is still connected is noted again this often, milliseconds. */
const REFRESH_MS = 600_000
/** When connections must go because there are too many, those to neighbours go last. */
const NEIGHBOUR_TAG = 'parley-neighbour'
const NEIGHBOUR_TAG_VALUE = 50

/** Writes down every relay that gets connected, and where. Ends with `signal`. */
export async function rememberRelays({ libp2p, roster, memory, publicOnly, signal }: RememberOptions): Promise<void> {
  const noted = new WeakSet<Connection>()
  const note = async (connection: Connection): Promise<void> => {
    noted.add(connection)
    const { remotePeer: id, direction, remoteAddr } = connection
    const proven = direction === 'outbound'
    const addresses = directAddresses({ id, multiaddrs: proven ? [remoteAddr] : await announced(libp2p, connection) }, publicOnly)
    memory.update((book) => book.met(id.toString(), addresses.map(String), proven, Date.now()))
  }
  const noteNew = (): void => {
    for (const connection of roster.connections()) if (!noted.has(connection)) void note(connection)
  }
  roster.onChange(noteNew, { signal })
  noteNew()
  while (!signal.aborted) {
    await delay(REFRESH_MS, signal)
    await Promise.all(roster.connections().map(note))
    await Promise.all(chosen(roster).slice(0, MAX_NEIGHBOURS).map(({ remotePeer }) => protect(libp2p, remotePeer)))
  }
}

/** The addresses under which a peer says that it listens. */
async function announced({ peerStore }: RememberOptions['libp2p'], { remotePeer }: Connection): Promise<Multiaddr[]> {
  try {
    return (await peerStore.get(remotePeer)).addresses.map(({ multiaddr }) => multiaddr)
  } catch {
    // It has gone again, and its entry with it.
    return []
  }
}

async function protect({ peerStore }: RememberOptions['libp2p'], peer: Connection['remotePeer']): Promise<void> {
  await peerStore.merge(peer, { tags: { [NEIGHBOUR_TAG]: { value: NEIGHBOUR_TAG_VALUE, ttl: 2 * REFRESH_MS } } }).catch(() => {
    // The store is closing, and with it the relay.
  })
}
