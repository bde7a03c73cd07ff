import { nextStep, type RecoveryStep, type Trouble } from './recovery.ts'
import type { LinkPhase } from './types.ts'

/** What can be seen of a connection at one moment. */
export interface LinkFacts {
  connectionState: RTCPeerConnectionState
  iceConnectionState: RTCIceConnectionState
  /** Nothing was heard of the peer for a while. */
  silent: boolean
  /** A description could not be applied. */
  broken: boolean
  /** Our offer has no answer yet. */
  unanswered: boolean
  /** ICE servers came after the gathering that they were for. */
  missedServers: boolean
}

/** What is wrong, worst first. */
export function troubleOf({ connectionState, iceConnectionState, silent, broken }: LinkFacts): Trouble {
  if (broken) return 'broken'
  if (connectionState === 'failed' || connectionState === 'closed' || iceConnectionState === 'failed') return 'failed'
  if (connectionState === 'disconnected' || iceConnectionState === 'disconnected') return 'disconnected'
  if (connectionState !== 'connected') return 'connecting'
  return silent ? 'silent' : 'none'
}

/** Remembers how a connection has fared, which is what `nextStep` decides by. Times are of one monotonic clock, milliseconds. */
export class LinkHealth {
  readonly #polite: boolean
  #troubleSince: number | null = null
  #steps = 0
  #steppedAt = -Infinity
  #everConnected = false

  constructor(polite: boolean) {
    this.#polite = polite
  }

  /** Takes in how things stand; gives the phase that this is, and the step to take now. */
  observe(facts: LinkFacts, nowMs: number): { phase: LinkPhase, step: RecoveryStep } {
    const trouble = troubleOf(facts)
    if (trouble === 'none') {
      this.#everConnected = true
      this.#troubleSince = null
      this.#steps = 0
      this.#steppedAt = -Infinity
      return { phase: 'connected', step: 'wait' }
    }
    this.#troubleSince ??= nowMs
    const step = nextStep({
      trouble,
      troubleMs: nowMs - this.#troubleSince,
      steps: this.#steps,
      sinceStepMs: nowMs - this.#steppedAt,
      polite: this.#polite,
      unanswered: facts.unanswered,
      missedServers: facts.missedServers,
    })
    if (step !== 'wait') {
      this.#steps++
      this.#steppedAt = nowMs
    }
    return { phase: this.#everConnected ? 'interrupted' : 'connecting', step }
  }

  /** The peer has just done something about it, which wants time to work. */
  peerStepped(nowMs: number): void {
    this.#steppedAt = nowMs
  }
}
