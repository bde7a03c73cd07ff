import { onAbort, type Lifetime } from '../util/abort.ts'
import { createLog } from '../util/log.ts'
import { effect } from '../util/signals.ts'
import { decodeRoomMessage, encodeRoomMessage, MAX_MESSAGE_BYTES, Refusal } from '../wire/index.ts'
import type { PeerKey, RoomMessage } from '../wire/index.ts'
import type { HandLink } from './ports.ts'

const log = createLog('room:hand')

/**
 * Carries room messages over the connections that codes have made. They are not sealed: DTLS does it, with fingerprints
 * that came in signed codes, which also vouches for the sender.
 */
export class HandCarrier {
  readonly #links = new Map<PeerKey, HandLink>()

  /** Uses a link that has opened, in the place of an earlier one to the same peer, until it closes or the lifetime ends. */
  add(peer: PeerKey, link: HandLink, { signal }: Lifetime): void {
    this.#links.set(peer, link)
    const drop = (): void => { if (this.#links.get(peer) === link) this.#links.delete(peer) }
    onAbort(signal, drop)
    onAbort(signal, effect(() => { if (link.phase.value === 'closed') drop() }))
  }

  /** Sends to one peer; false when no link leads to it. */
  send(to: PeerKey, message: RoomMessage): boolean {
    return this.#links.get(to)?.send(write(message)) ?? false
  }

  /** Whether a link leads to the peer. */
  reaches(peer: PeerKey): boolean {
    return this.#links.has(peer)
  }

  /** Sends to everybody whom a link leads to. */
  broadcast(message: RoomMessage): void {
    if (this.#links.size === 0) return
    const text = write(message)
    for (const link of this.#links.values()) link.send(text)
  }

  /** Reads what came over a link; null when it is no room message. */
  read(data: unknown): RoomMessage | null {
    // Each UTF-16 unit takes at least a byte, so this saves encoding what is too large anyway.
    if (typeof data !== 'string' || data.length > MAX_MESSAGE_BYTES) return null
    try {
      return decodeRoomMessage(new TextEncoder().encode(data))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      log.debug('refused a message', error.code)
      return null
    }
  }
}

function write(message: RoomMessage): string {
  return new TextDecoder().decode(encodeRoomMessage(message))
}
