import type { Connection, ConnectionGater, Libp2p, PeerId } from '@libp2p/interface'
import { lpStream } from '@libp2p/utils'
import { onAbort, withTimeout } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { createLog } from '../../src/util/log.ts'
import { encodeDrain } from '../../src/wire/drain.ts'
import { MAX_DRAIN_MS } from '../../src/wire/protocol.ts'

const log = createLog('relay:drain')
/** Clients told at the same time. */
const CONCURRENT_NOTICES = 64
/** A client that does not take its notice by then, milliseconds, keeps no other from getting theirs. */
const NOTICE_TIMEOUT_MS = 2_000

/** What draining works with. */
export interface DrainOptions extends Lifetime {
  libp2p: Pick<Libp2p, 'register' | 'unregister' | 'getConnections' | 'addEventListener' | 'removeEventListener'>
  /** The network's name for it, `NetworkNames.drain`; who speaks it is a client. */
  protocol: string
  /** How long clients are given, milliseconds. */
  drainMs: number
}

/** A relay's end, told in advance. */
export interface Drain {
  /** Whether the end has been announced. */
  readonly active: boolean
  /** Announces it and resolves when no client is left or the time is over. Further calls wait for the same end. */
  start(): Promise<void>
}

/** Keeps account of the clients, so that they can be told when the relay is about to stop. Ends with the signal. */
export async function createDrain({ libp2p, protocol, drainMs, signal }: DrainOptions): Promise<Drain> {
  const clients = new Map<string, PeerId>()
  const registration = await libp2p.register(protocol, {
    onConnect: (peer) => { clients.set(peer.toString(), peer) },
    onDisconnect: (peer) => { clients.delete(peer.toString()) }
  })
  onAbort(signal, () => libp2p.unregister(registration))
  let ending: Promise<void> | undefined
  return {
    get active() { return ending !== undefined },
    start: () => ending ??= end(libp2p, [...clients.values()], protocol, Math.min(drainMs, MAX_DRAIN_MS), signal)
  }
}

/** The same gater, which lets nobody new in and grants no circuit relay slot while `isDraining`. */
export function closedWhile(isDraining: () => boolean, gater: ConnectionGater): ConnectionGater {
  return {
    ...gater,
    denyInboundConnection: async (connection) => isDraining() || await gater.denyInboundConnection?.(connection) === true,
    denyInboundRelayReservation: async (peer) => isDraining() || await gater.denyInboundRelayReservation?.(peer) === true
  }
}

async function end(libp2p: DrainOptions['libp2p'], clients: PeerId[], protocol: string, drainMs: number, signal: AbortSignal): Promise<void> {
  const limit = withTimeout(signal, drainMs)
  const until = Date.now() + drainMs
  try {
    const gone = allGone(libp2p, clients, limit.signal)
    const waiting = [...clients]
    await Promise.all(Array.from({ length: CONCURRENT_NOTICES }, async () => {
      for (let peer = waiting.pop(); peer !== undefined && !limit.signal.aborted; peer = waiting.pop()) {
        const connection = libp2p.getConnections(peer).find(({ limits, status }) => limits === undefined && status === 'open')
        if (connection !== undefined) await tell(connection, protocol, Math.max(0, until - Date.now()), limit.signal)
      }
    }))
    await gone
  } finally {
    limit.done()
  }
}

async function tell(connection: Connection, protocol: string, ms: number, signal: AbortSignal): Promise<void> {
  const limit = withTimeout(signal, NOTICE_TIMEOUT_MS)
  try {
    const stream = await connection.newStream(protocol, { signal: limit.signal })
    await lpStream(stream).write(encodeDrain({ ms }), { signal: limit.signal })
    await stream.close({ signal: limit.signal })
  } catch (error) {
    // It will notice by itself when the connection ends.
    log.debug('a client could not be told', (error as Error).name)
  } finally {
    limit.done()
  }
}

/** Resolves when none of these peers is connected any more, or when `signal` aborts. */
function allGone(libp2p: DrainOptions['libp2p'], clients: PeerId[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (!signal.aborted && clients.some((peer) => libp2p.getConnections(peer).length > 0)) return
      libp2p.removeEventListener('peer:disconnect', check)
      resolve()
    }
    libp2p.addEventListener('peer:disconnect', check)
    onAbort(signal, check)
    check()
  })
}
