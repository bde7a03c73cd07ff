import type { Lifetime } from '../../util/abort.ts'
import type { ReadonlySignal } from '../../util/signals.ts'
import type { PeerKey } from '../../wire/message.ts'
import type { RoomKeys } from '../../wire/room-key.ts'

/** The ways of finding the others; each alone suffices, and a person may switch some off. */
export const SOURCE_NAMES = ['presence', 'dht', 'remembered', 'pasted'] as const
export type SourceName = typeof SOURCE_NAMES[number]

/** A claim that a peer may be in the room. It proves nothing: the peer counts once it has sealed a message. */
export interface PeerHint {
  peer: PeerKey
  /** Where it may be dialled. */
  addresses: string[]
}

/** What a source works with. It stops, and undoes what it published, when `signal` aborts. */
export interface SourceContext extends Lifetime {
  self: PeerKey
  keys: RoomKeys
  /** Our own dialable addresses. */
  addresses: ReadonlySignal<string[]>
  onHint: (hint: PeerHint) => void
}

/** One way of finding the others. Starting never throws; a source that cannot work just stays silent. */
export interface DiscoverySource {
  readonly name: SourceName
  start(context: SourceContext): void
}
