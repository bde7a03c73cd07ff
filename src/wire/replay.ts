import type { PeerKey, SessionId, SessionMessage } from './message.ts'
import { HELLO_FRESHNESS_MS } from './protocol.ts'
import { SeqWindow } from './seq-window.ts'
import { sessionStartMs } from './session.ts'

/** Peers remembered. Of one forgotten, a hello can be replayed while it is fresh, which a newer session heals. */
const MAX_PEERS = 1024

interface PeerHistory {
  session: SessionId
  seqs: SeqWindow
  /** The session has said goodbye. */
  ended: boolean
}

/**
 * Tells new messages from those that were heard before: each message arrives by several carriers, and anybody who relayed
 * a sealed message can send it again. One guard serves one room. It holds at most 1024 peers and forgets the one least
 * recently heard.
 */
export class ReplayGuard {
  readonly #peers = new Map<PeerKey, PeerHistory>()

  /**
   * Whether a message is to be acted on; if so, it is remembered. Refused are duplicates of (peer, session, seq), hellos
   * whose clock differs from ours by more than HELLO_FRESHNESS_MS, sessions that begin later than that in our future,
   * sessions older than the peer's newest, and whatever comes of a session after its goodbye: a hello that a slow carrier
   * brings then would raise a ghost.
   *
   * @param from the sender, authenticated by the carrier
   * @param nowMs our clock, milliseconds since 1970
   */
  accepts(from: PeerKey, message: SessionMessage, nowMs: number): boolean {
    if (message.kind === 'hello' && Math.abs(nowMs - message.at) > HELLO_FRESHNESS_MS) return false
    // Else a peer whose clock once ran ahead would be shut out when it has been put right.
    if (sessionStartMs(message.session) - nowMs > HELLO_FRESHNESS_MS) return false
    const known = this.#peers.get(from)
    if (known !== undefined && message.session < known.session) return false
    const history = known?.session === message.session ? known : fresh(message.session)
    if (history.ended || !history.seqs.add(message.seq)) return false
    history.ended = message.kind === 'bye'
    this.#remember(from, history)
    return true
  }

  #remember(from: PeerKey, history: PeerHistory): void {
    // A Map keeps the order of insertion: putting it in anew makes it the youngest.
    this.#peers.delete(from)
    this.#peers.set(from, history)
    if (this.#peers.size <= MAX_PEERS) return
    const [oldest] = this.#peers.keys()
    if (oldest !== undefined) this.#peers.delete(oldest)
  }
}

function fresh(session: SessionId): PeerHistory {
  return { session, seqs: new SeqWindow(), ended: false }
}
