import type { EnterOptions, Network, OverhearOptions, Overheard, Pipe, Received, RoomChannel } from '../../src/node/types.ts'
import { onAbort } from '../../src/util/abort.ts'
import { signal, type Signal } from '../../src/util/signals.ts'
import { decodeRoomMessage, encodeRoomMessage, parsePeerKey } from '../../src/wire/index.ts'
import type { Hello, PeerKey, RoomMessage } from '../../src/wire/index.ts'

/** A peer key that begins with `name`; keys sort as names do. */
export function peerKey(name: string): PeerKey {
  return parsePeerKey(name.padEnd(40, 'x'))
}

/** Carries messages between any number of fake networks, as a pubsub topic does: everybody sees everything. */
export class FakeMesh {
  /** Milliseconds a message takes; called for each delivery, so that messages can overtake each other. */
  delayMs: () => number = () => 20
  /** How often each message arrives. */
  copies = 1
  /** Every message taken by the mesh. */
  readonly sent: Received[] = []
  readonly #entered = new Map<FakeNetwork, EnterOptions | OverhearOptions>()
  readonly #cut = new Set<PeerKey>()

  /** Those who are in a room now, or look into one. */
  get present(): number {
    return this.#entered.size
  }

  /** Pulls the cable of `peer`, or puts it back. */
  cut(peer: PeerKey, isCut = true): void {
    if (isCut) this.#cut.add(peer)
    else this.#cut.delete(peer)
  }

  isCut(peer: PeerKey): boolean {
    return this.#cut.has(peer)
  }

  enter(network: FakeNetwork, options: EnterOptions | OverhearOptions): void {
    this.#entered.set(network, options)
    // Who looks in from outside and enters then has taken its own place.
    onAbort(options.signal, () => { if (this.#entered.get(network) === options) this.#entered.delete(network) })
  }

  /** Delivers to everybody else in the room; false when the sender reaches nobody. Every message passes the real codec. */
  publish(from: FakeNetwork, message: RoomMessage): boolean {
    const bytes = encodeRoomMessage(message)
    const topic = this.#entered.get(from)?.keys.pubsubTopic
    if (topic === undefined || this.isCut(from.self)) return false
    this.sent.push({ from: from.self, message })
    for (const [to, options] of this.#entered) {
      if (to === from || options.keys.pubsubTopic !== topic) continue
      for (let copy = 0; copy < this.copies; copy += 1) this.#deliver(to, { from: from.self, message: decodeRoomMessage(bytes) })
    }
    return true
  }

  /** Hands `received` to a member at once, as if some carrier had brought it. */
  inject(to: PeerKey, received: Received): void {
    for (const [network, options] of this.#entered) if (network.self === to) options.onMessage(received)
  }

  /** What a member of the room would say if asked for a hello. */
  helloOf(peer: PeerKey): Hello {
    for (const [network, options] of this.#entered) if (network.self === peer && 'hello' in options) return options.hello()
    throw new Error('not in a room')
  }

  /** Tells a member that presence has become audible for more peers. */
  announceAudience(to: PeerKey): void {
    for (const [network, options] of this.#entered) if (network.self === to) options.onAudience()
  }

  #deliver(to: FakeNetwork, received: Received): void {
    setTimeout(() => {
      if (this.isCut(to.self) || this.isCut(received.from)) return
      this.#entered.get(to)?.onMessage(received)
    }, this.delayMs())
  }
}

/** One member's network. */
export class FakeNetwork implements Network {
  readonly self: PeerKey
  readonly addresses: Signal<string[]>
  readonly iceServers: Signal<RTCIceServer[]> = signal([])
  readonly remembered: { topic: string, peer: PeerKey, addresses: string[] }[] = []
  /** Channels that libp2p would run over now. */
  readonly adopted: { member: PeerKey, pipe: Pipe, dials: boolean }[] = []
  /** So many of the next direct sends find no carrier. */
  refuseSends = 0
  refusedSends = 0
  /** Whether a broadcast never gets rid of its message. */
  stuck = false
  readonly #mesh: FakeMesh

  constructor(mesh: FakeMesh, self: PeerKey) {
    this.#mesh = mesh
    this.self = self
    this.addresses = signal([`/dns4/relay.test/tcp/443/wss/p2p/${peerKey('relay')}/p2p-circuit/p2p/${self}`])
  }

  enter(options: EnterOptions): RoomChannel {
    this.#mesh.enter(this, options)
    return {
      broadcast: async (message) => {
        this.#mesh.publish(this, message)
        if (this.stuck) await new Promise(() => undefined)
      },
      send: async (_to, message) => {
        const isRefused = this.refuseSends > 0
        if (isRefused) this.refuseSends -= 1
        if (isRefused || !this.#mesh.publish(this, message)) {
          this.refusedSends += 1
          throw Object.assign(new Error('unreachable'), { code: 'unreachable' })
        }
      },
      adopt: (member, pipe, { dials, signal: lifetime }) => {
        const adopted = { member, pipe, dials }
        this.adopted.push(adopted)
        onAbort(lifetime, () => this.adopted.splice(this.adopted.indexOf(adopted), 1))
      },
    }
  }

  overhear(options: OverhearOptions): Overheard {
    this.#mesh.enter(this, options)
    return { ask: (look) => Promise.resolve(this.#mesh.publish(this, look)) }
  }

  remember(topic: string, peer: PeerKey, addresses: string[]): void {
    this.remembered.push({ topic, peer, addresses })
  }
}
