import type { ComponentLogger, Connection, Upgrader } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import type { Multiaddr } from '@multiformats/multiaddr'
import { childController, onAbort, withTimeout } from '../../util/abort.ts'
import { createLog } from '../../util/log.ts'
import type { PeerKey } from '../../wire/message.ts'
import type { AdoptOptions, Pipe } from '../types.ts'
import { PipeConnection } from './pipe-connection.ts'

const log = createLog('node:members')

/** Who has not shaken hands within this time, milliseconds, after the channel has opened, does not speak libp2p over it. */
const UPGRADE_MS = 60_000

interface Components {
  upgrader: Upgrader
  logger: ComponentLogger
}

/**
 * libp2p connections with members over a data channel of their media connections. They are ordinary ones: Noise proves that
 * the member is who it says, yamux carries streams, and gossipsub runs over them. At most one for each member.
 */
export class MemberLinks {
  readonly #components: Components
  readonly #links = new Map<PeerKey, AbortController>()

  constructor(components: Components) {
    this.#components = components
  }

  /** As `RoomChannel.adopt`. */
  adopt(member: PeerKey, pipe: Pipe, { dials, signal }: AdoptOptions): void {
    const { logger } = this.#components
    const lifetime = childController(signal)
    this.#links.get(member)?.abort()
    this.#links.set(member, lifetime)
    onAbort(lifetime.signal, () => { if (this.#links.get(member) === lifetime) this.#links.delete(member) })
    if (lifetime.signal.aborted) return
    const connection = new PipeConnection({
      pipe,
      remoteAddr: memberAddress(member),
      direction: dials ? 'outbound' : 'inbound',
      log: logger.forComponent('parley:member-link'),
      signal: lifetime.signal
    })
    connection.addEventListener('close', () => lifetime.abort())
    this.#upgrade(connection, pipe, { dials, signal: lifetime.signal }).catch((error: unknown) => {
      log.debug('no libp2p with a member', (error as Error).name)
      lifetime.abort()
    })
  }

  async #upgrade(connection: PipeConnection, pipe: Pipe, { dials, signal }: AdoptOptions): Promise<void> {
    await opened(pipe, signal)
    if (signal.aborted) return
    const { upgrader } = this.#components
    const limit = withTimeout(signal, UPGRADE_MS)
    try {
      if (dials) await upgrader.upgradeOutbound(connection, { signal: limit.signal })
      else await upgrader.upgradeInbound(connection, { signal: limit.signal })
    } finally {
      limit.done()
    }
  }
}

/** A libp2p service that makes member links. */
export function memberLinks(): (components: Components) => MemberLinks {
  return (components) => new MemberLinks(components)
}

/** How a member link names its far end. It cannot be dialled: only the media connection leads there. */
function memberAddress(member: PeerKey): Multiaddr {
  return multiaddr(`/webrtc/p2p/${member}`)
}

/** Whether the connection is a member link: as alive as the media connection with this member, and no more. */
export function isMemberLink({ remoteAddr }: Pick<Connection, 'remoteAddr'>): boolean {
  return remoteAddr.toString().startsWith('/webrtc/p2p/')
}

/** Resolves when the channel is open, or when the signal aborts. */
function opened(pipe: Pipe, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (pipe.readyState === 'open') return resolve()
    pipe.addEventListener('open', () => resolve(), { once: true, signal })
    onAbort(signal, resolve)
  })
}
