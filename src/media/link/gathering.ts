import { onAbort, type Lifetime } from '../../util/abort.ts'
import { MAX_CANDIDATES } from '../../wire/protocol.ts'
import type { CandidateInit } from '../../wire/message.ts'

/** A description waits for candidates at most this long, milliseconds: host candidates and a near STUN server fit in. */
const GATHER_MS = 30
/** It does not wait on when no further candidate has come for this long, milliseconds. */
const QUIET_MS = 6
/** Later candidates are collected for this long, milliseconds, so that a burst of them is one message. */
const BATCH_MS = 20

/** With what TypeScript does not know yet, and not every browser tells. https://w3c.github.io/webrtc-pc/#dom-rtcicecandidate-relayprotocol */
interface Candidate extends RTCIceCandidate {
  relayProtocol?: 'udp' | 'tcp' | 'tls' | null
}

export interface GatheringOptions extends Lifetime {
  /** Whether this candidate may be told to the peer; asked as it comes. */
  allows: (candidate: string) => boolean
  /** Sends candidates that came after their description was sent. */
  onLate: (candidates: CandidateInit[]) => void
}

/** Collects the local candidates of one RTCPeerConnection: first for the description itself, then in batches after it. */
export class Gathering {
  readonly #pc: RTCPeerConnection
  readonly #options: GatheringOptions
  readonly #all: CandidateInit[] = []
  /** Of the description that was handed out last: candidates of others wait for theirs. */
  #sentUfrag: string | null = null
  /** The generation in which a TURN server was reached by UDP. */
  #relayedByUdp: string | null = null
  #late: CandidateInit[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(pc: RTCPeerConnection, options: GatheringOptions) {
    this.#pc = pc
    this.#options = options
    pc.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate !== null && candidate.candidate !== '' && options.allows(candidate.candidate) && !this.#isSpare(candidate)) this.#add(toInit(candidate))
    }, { signal: options.signal })
    onAbort(options.signal, () => clearTimeout(this.#timer))
  }

  /** Resolves after a short, bounded time with the candidates known for this user fragment; those that follow go to `onLate`. */
  async gathered(ufrag: string): Promise<CandidateInit[]> {
    if (this.#sentUfrag !== ufrag) await this.#quiet(ufrag)
    this.#sentUfrag = ufrag
    const known = this.#all.filter(({ usernameFragment }) => usernameFragment === ufrag)
    this.#late = known.slice(MAX_CANDIDATES)
    if (this.#late.length > 0) this.#flushSoon()
    return known.slice(0, MAX_CANDIDATES)
  }

  /**
   * Whether the peer needs this candidate as little as we do: at a TURN server that we reach by TCP while we reach one by
   * UDP. To the peer both are addresses of relays, and each costs it checks that other pairs then wait for. Or for RTCP
   * alone, which takes the way of media with us: Firefox 153 gathers for it all the same.
   */
  #isSpare({ component, type, relayProtocol, usernameFragment }: Candidate): boolean {
    if (component === 'rtcp') return true
    if (type !== 'relay' || !relayProtocol || usernameFragment === null) return false
    if (relayProtocol === 'udp') this.#relayedByUdp = usernameFragment
    return relayProtocol !== 'udp' && this.#relayedByUdp === usernameFragment
  }

  #add(candidate: CandidateInit): void {
    this.#all.push(candidate)
    if (candidate.usernameFragment !== this.#sentUfrag) return
    this.#late.push(candidate)
    this.#flushSoon()
  }

  #flushSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      const late = this.#late.splice(0, MAX_CANDIDATES)
      if (late.length > 0) this.#options.onLate(late)
      if (this.#late.length > 0) this.#flushSoon()
    }, BATCH_MS)
  }

  /** Resolves when gathering is complete, has paused after its first candidates, or has had its time. */
  #quiet(ufrag: string): Promise<void> {
    return new Promise((resolve) => {
      const local = new AbortController()
      const finish = (): void => {
        clearTimeout(pause)
        clearTimeout(limit)
        local.abort()
        resolve()
      }
      let pause: ReturnType<typeof setTimeout> | undefined
      const limit = setTimeout(finish, GATHER_MS)
      const signal = AbortSignal.any([local.signal, this.#options.signal])
      // At an ICE restart the state still says `complete` of the generation before.
      const has = (): boolean => this.#all.some(({ usernameFragment }) => usernameFragment === ufrag)
      const check = (): void => { if (this.#pc.iceGatheringState === 'complete' && has()) finish() }
      this.#pc.addEventListener('icegatheringstatechange', check, { signal })
      this.#pc.addEventListener('icecandidate', () => {
        if (!has()) return
        clearTimeout(pause)
        pause = setTimeout(finish, QUIET_MS)
      }, { signal })
      check()
    })
  }
}

function toInit({ candidate, sdpMid, sdpMLineIndex, usernameFragment }: RTCIceCandidate): CandidateInit {
  return { candidate, sdpMid, sdpMLineIndex, usernameFragment }
}
