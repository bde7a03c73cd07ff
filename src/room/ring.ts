import { onAbort, withTimeout, type Lifetime } from '../util/abort.ts'
import { createLog } from '../util/log.ts'
import { signal as makeSignal, type ReadonlySignal } from '../util/signals.ts'
import { newRoomName, newSecret, parseSecret, parseTopic } from '../wire/index.ts'
import type { PeerKey } from '../wire/index.ts'
import type { InboundRing, RingAnswer, RingPort } from './ports.ts'
import { evictOldest } from './rate-limit.ts'
import type { ErrorCode, IncomingRing, RingView, RoomView } from './views.ts'

const log = createLog('room:ring')

/** As long as a telephone rings. */
export const RING_LIMIT_MS = 45_000

/** Who was refused may not ring again for this long; whoever sits at the screen has other things to do. */
export const REFUSED_PAUSE_MS = 15_000

/** Refused peers remembered. */
const MAX_REFUSED = 64

export interface RingOptions extends Lifetime {
  rings: RingPort
  room: Pick<RoomView, 'join'>
  /** Our name, cleaned: told to whom we ring. */
  name: ReadonlySignal<string>
  /** Makes a room name and a secret. */
  newCall?: () => { topic: string, secret: string }
  /** Milliseconds since 1970. */
  now?: () => number
}

/** Rings others and answers rings; until its signal aborts. */
export function createRing({ rings, room, name, newCall = freshCall, now = Date.now, signal }: RingOptions): RingView {
  const incoming = makeSignal<IncomingRing | null>(null)
  const outgoing = makeSignal(false)
  const refusedAt = new Map<PeerKey, number>()
  let limit: ReturnType<typeof withTimeout> | undefined

  const cancel = (): void => {
    limit?.done()
    limit = undefined
    outgoing.value = false
  }
  onAbort(signal, () => {
    cancel()
    incoming.value = null
  })

  const showRing = (ring: InboundRing): void => {
    const { peer } = ring
    const isPestering = now() - (refusedAt.get(peer) ?? -Infinity) < REFUSED_PAUSE_MS
    if (signal.aborted || ring.closed.aborted || incoming.peek() || isPestering) return ring.refuse()
    const view: IncomingRing = {
      peer,
      name: ring.name,
      accept: async () => {
        if (!take()) return
        cancel()
        await answer(ring)
      },
      refuse: () => {
        if (!take()) return
        refusedAt.delete(peer)
        refusedAt.set(peer, now())
        evictOldest(refusedAt, MAX_REFUSED)
        ring.refuse()
      },
    }
    /** Takes the ring off the screen; false when it is no longer there, and so has been answered or withdrawn. */
    const take = (): boolean => {
      if (incoming.peek() !== view) return false
      incoming.value = null
      return true
    }
    incoming.value = view
    onAbort(ring.closed, () => void take())
  }

  const answer = async (ring: InboundRing): Promise<void> => {
    const call = newCall()
    try {
      await ring.accept(call.topic, call.secret)
    } catch (error) {
      // The caller hung up in the same moment: there is nobody to meet, so we stay where we are.
      log.debug('the caller is gone', error)
      return
    }
    const problem = await room.join(call.topic, call.secret)
    if (problem) log.warn('the call could not be joined', problem)
  }

  rings.onRing(showRing, { signal })

  return {
    incoming,
    outgoing,
    cancel,
    async ring(address) {
      if (signal.aborted) return 'network-failed'
      cancel()
      const mine = limit = withTimeout(signal, RING_LIMIT_MS)
      outgoing.value = true
      try {
        const said = await Promise.race([rings.ring(address.trim(), name.peek(), mine.signal), endOf(mine.signal)])
        // Cancelled, or another ring has taken this one's place.
        if (limit !== mine) return null
        cancel()
        if (!said.accepted) return 'ring-refused'
        return isPrivateRoom(said) ? await room.join(said.topic, said.secret) : 'network-failed'
      } catch (error) {
        if (limit !== mine) return null
        const timedOut = isTimeout(mine.signal.reason)
        cancel()
        return timedOut ? 'ring-no-answer' : ringError(error)
      }
    },
  }
}

function freshCall(): { topic: string, secret: string } {
  return { topic: newRoomName(), secret: newSecret() }
}

/** The called peer names the room; it must be a private one, as nobody expects to be led into a public square. */
function isPrivateRoom({ topic, secret }: RingAnswer & { accepted: true }): boolean {
  try {
    parseTopic(topic)
    parseSecret(secret)
    return true
  } catch (error) {
    log.warn('the called peer names no private room', error)
    return false
  }
}

const RING_ERRORS: readonly ErrorCode[] =
  ['address-malformed', 'address-not-a-peer', 'ring-unreachable', 'ring-no-answer', 'ring-self']

function ringError(error: unknown): ErrorCode {
  const code = (error as { code?: unknown } | null)?.code
  return RING_ERRORS.find((known) => known === code) ?? 'ring-unreachable'
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError'
}

function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => onAbort(signal, () => reject(signal.reason)))
}
