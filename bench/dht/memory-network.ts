import { TypedEventEmitter, transportSymbol } from '@libp2p/interface'
import type {
  ComponentLogger, Connection, CreateListenerOptions, DialTransportOptions, Listener, ListenerEvents, PeerId, StreamMuxerFactory, Transport, Upgrader
} from '@libp2p/interface'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import type { Multiaddr } from '@multiformats/multiaddr'
import { onAbort } from '../../src/util/abort.ts'
import { MemoryConnection } from './memory-connection.ts'

/** What becomes of dials to a node that is gone: its machine is off and nobody answers, or only its process is. */
export type Death = 'silent' | 'refused'

interface Host {
  id: PeerId
  upgrader: Upgrader
  muxerFactory: StreamMuxerFactory
}

type Components = { peerId: PeerId, upgrader: Upgrader, logger: ComponentLogger }

/** Nodes of one process that reach each other at `/memory/NUMBER`: no sockets, no encryption, no distance. */
export class MemoryNetwork {
  readonly #hosts = new Map<string, Host>()
  readonly #gone = new Set<string>()
  readonly #dials = new Map<string, number>()
  readonly #death: Death

  constructor(death: Death) {
    this.#death = death
  }

  /** The transport of the node at `/memory/place`. */
  transport(place: number): (components: Components) => Transport {
    const own = multiaddr(`/memory/${place}`)
    return (components) => {
      const muxerFactory = yamux({ enableKeepAlive: false })()
      const only = (addresses: Multiaddr[]): Multiaddr[] => addresses.filter((address) => address.getComponents()[0]?.name === 'memory')
      return {
        [Symbol.toStringTag]: 'memory',
        [transportSymbol]: true,
        listenFilter: only,
        dialFilter: only,
        createListener: ({ upgrader }: CreateListenerOptions) => new MemoryListener(
          own,
          () => this.#hosts.set(placeOf(own), { id: components.peerId, upgrader, muxerFactory }),
          () => this.#hosts.delete(placeOf(own))
        ),
        dial: (to, options) => this.#dial(own, to, components, muxerFactory, options)
      }
    }
  }

  /** Dials that the node at `place` has tried. */
  dialsBy(place: number): number {
    return this.#dials.get(String(place)) ?? 0
  }

  /** Takes a node off the network at once. Nobody is told: its connections just fall silent. */
  cut(place: number): void {
    this.#gone.add(String(place))
  }

  async #dial(
    from: Multiaddr, to: Multiaddr, components: Components, muxerFactory: StreamMuxerFactory, { signal, upgrader }: DialTransportOptions
  ): Promise<Connection> {
    const [near, far] = [placeOf(from), placeOf(to)]
    this.#dials.set(near, (this.#dials.get(near) ?? 0) + 1)
    const cut = (): boolean => this.#gone.has(near) || this.#gone.has(far)
    const host = this.#hosts.get(far)
    if (host === undefined || cut()) {
      if (this.#death === 'silent') await new Promise<void>((resolve) => onAbort(signal, resolve))
      throw new Error(`nobody at ${to.toString()}`)
    }
    const log = components.logger.forComponent('memory')
    const ours = new MemoryConnection({ remoteAddr: to, direction: 'outbound', log, cut })
    const theirs = new MemoryConnection({ remoteAddr: from, direction: 'inbound', log, cut })
    MemoryConnection.join(ours, theirs)
    // The cheapest the stack allows: no encryption and no negotiation of it, for each end is told who the other is.
    const cheap = { signal, skipEncryption: true, skipProtection: true } as const
    host.upgrader.upgradeInbound(theirs, { ...cheap, remotePeer: components.peerId, muxerFactory: host.muxerFactory })
      .catch((error: Error) => theirs.abort(error))
    return upgrader.upgradeOutbound(ours, { ...cheap, remotePeer: host.id, muxerFactory })
  }
}

class MemoryListener extends TypedEventEmitter<ListenerEvents> implements Listener {
  readonly #address: Multiaddr
  readonly #open: () => void
  readonly #shut: () => void

  constructor(address: Multiaddr, open: () => void, shut: () => void) {
    super()
    this.#address = address
    this.#open = open
    this.#shut = shut
  }

  async listen(): Promise<void> {
    this.#open()
    this.safeDispatchEvent('listening')
  }

  getAddrs(): Multiaddr[] {
    return [this.#address]
  }

  updateAnnounceAddrs(): void {
    // Nothing about this address becomes known only at run time.
  }

  async close(): Promise<void> {
    this.#shut()
    this.safeDispatchEvent('close')
  }
}

function placeOf(address: Multiaddr): string {
  return address.getComponents()[0]?.value ?? ''
}
