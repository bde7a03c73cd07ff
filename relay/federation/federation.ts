import type { Libp2p } from '@libp2p/interface'
import type { KadDHT } from '@libp2p/kad-dht'
import type { Lifetime } from '../../src/util/abort.ts'
import type { NetworkNames } from '../../src/wire/network.ts'
import { advertise } from './advertisement.ts'
import { stayConnected } from './bootstrap.ts'
import { contactTable, dropDeadContacts } from './contacts.ts'
import { chosen, keepNeighbours } from './neighbours.ts'
import { RelayDialer } from './relay-dialer.ts'
import { RelayMemory } from './relay-memory.ts'
import { rememberRelays } from './remember.ts'
import { Roster } from './roster.ts'

/** What federation works with. */
export interface FederationOptions extends Lifetime {
  libp2p: Libp2p<{ dht: KadDHT }>
  names: NetworkNames
  /** Relays that the operator named, multiaddrs that end in a peer id. */
  bootstrap: readonly string[]
  /** Where the relays that worked are remembered; undefined for in memory only. */
  folder: string | undefined
  /** Whether this relay is meant for the internet and leaves private addresses alone. */
  publicOnly: boolean
}

/** The relay among the others. */
export interface Federation {
  /** Dials relays that the DHT names. */
  readonly dialer: RelayDialer
  /** Which of the connected peers are relays. */
  readonly roster: Roster
  /** Relays of this network that are connected now. */
  relays(): number
  /** Those of them that this relay chose. */
  neighbours(): number
  /** Relays that would be tried after a restart. */
  remembered(): number
  /** Resolves when all that is to be remembered is written; to be awaited on stopping. */
  settled(): Promise<void>
}

/** Makes the relay one of its network's: known to the others, connected to a few, and able to find back. Ends with `signal`. */
export function federate({ libp2p, names, bootstrap, folder, publicOnly, signal }: FederationOptions): Federation {
  const roster = new Roster({ libp2p, dht: names.dht, signal })
  const dialer = new RelayDialer({ libp2p, roster, publicOnly, signal })
  const memory = new RelayMemory(folder)
  stayConnected({ libp2p, addresses: bootstrap, signal })
  dropDeadContacts({ libp2p, table: contactTable(libp2p.services.dht), signal })
  void rememberRelays({ libp2p, roster, memory, publicOnly, signal })
  void keepNeighbours({ libp2p, network: names.network, roster, dialer, memory, signal })
  void advertise({ libp2p, network: names.network, publicOnly, signal })
  return {
    dialer,
    roster,
    relays: () => roster.connections().length,
    neighbours: () => chosen(roster).length,
    remembered: () => memory.book.relays.length,
    settled: () => memory.settled()
  }
}
