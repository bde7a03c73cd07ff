import { createLog } from '../../util/log.ts'
import type { LinkPhase } from '../types.ts'
import { nextStep, type RecoveryStep, type Trouble } from './recovery.ts'

const log = createLog('recovery')

/** After a change of our network, or a sleep, trouble is ours for this long, milliseconds. */
const HURRY_MS = 10_000
/** Changes of network come in bursts; those within this time of the first count as one, milliseconds. */
const BURST_MS = 2_000

/** What can be seen of a connection at one moment. */
export interface LinkFacts {
  connectionState: RTCPeerConnectionState
  iceConnectionState: RTCIceConnectionState
  /** Something seems to be wrong, and it is not certain yet. */
  doubtful: boolean
  /** Nothing was heard of the peer for a while. */
  silent: boolean
  /** The peer says that it hears nothing of us. */
  unheard: boolean
  /** A description could not be applied, or pictures no longer decode. */
  broken: boolean
  /** Our offer has no answer yet. */
  unanswered: boolean
  /** ICE servers came after the gathering that they were for. */
  missedServers: boolean
  /** A signal could reach the peer on another way than the link. */
  signalable: boolean
}

/** What is wrong, worst first. */
export function troubleOf({ connectionState, iceConnectionState, silent, unheard, broken }: LinkFacts): Trouble {
  if (broken) return 'broken'
  if (connectionState === 'failed' || connectionState === 'closed' || iceConnectionState === 'failed') return 'failed'
  const isDisconnected = connectionState === 'disconnected' || iceConnectionState === 'disconnected'
  if (isDisconnected) return silent ? 'silent' : 'disconnected'
  if (connectionState !== 'connected') return 'connecting'
  if (silent) return 'silent'
  return unheard ? 'unheard' : 'none'
}

/** Remembers how a connection has fared, which is what `nextStep` decides by. Times are of one monotonic clock, milliseconds. */
export class LinkHealth {
  readonly #polite: boolean
  #trouble: Trouble = 'connecting'
  #troubleSince: number | null = null
  #steps = 0
  #steppedAt = -Infinity
  #everConnected = false
  #isDoubted = false
  #hurriedAt = -Infinity
  #prompted = false
  #wasUnanswered = false
  #offerMadeAt = -Infinity
  #offerSaidAt = -Infinity

  constructor(polite: boolean) {
    this.#polite = polite
  }

  /** Takes in how things stand; gives the phase that this is, the step to take now, and whether what worked has become doubtful. */
  observe(facts: LinkFacts, nowMs: number): { phase: LinkPhase, step: RecoveryStep, isNewDoubt: boolean } {
    const trouble = troubleOf(facts)
    const wasDoubted = this.#isDoubted
    this.#isDoubted = this.#everConnected && (facts.doubtful || trouble !== 'none')
    const isNewDoubt = this.#isDoubted && !wasDoubted
    if (trouble !== this.#trouble) log.debug(`trouble: ${trouble}`)
    this.#trouble = trouble
    // The answer took as long as the road was closed; what it leads to wants its own time.
    if (this.#wasUnanswered && !facts.unanswered) this.#steppedAt = nowMs
    this.#wasUnanswered = facts.unanswered
    if (!facts.unanswered) this.#prompted = false
    if (trouble === 'none') {
      this.#everConnected = true
      this.#troubleSince = null
      this.#steps = 0
      this.#steppedAt = -Infinity
      return { phase: 'connected', step: this.#step(trouble, facts, nowMs), isNewDoubt }
    }
    this.#troubleSince ??= nowMs
    return { phase: this.#everConnected ? 'interrupted' : 'connecting', step: this.#step(trouble, facts, nowMs), isNewDoubt }
  }

  /** The peer has just done something about it, which wants time to work. */
  peerStepped(nowMs: number): void {
    this.#steppedAt = nowMs
  }

  /** Our own network has changed, or our machine has slept. */
  hurry(nowMs: number): void {
    if (nowMs - this.#hurriedAt >= BURST_MS) this.#steps = 0
    this.#hurriedAt = nowMs
    this.#prompted = true
  }

  /** A way to the peer has opened, or it was heard on one. */
  prompt(): void {
    this.#prompted = true
  }

  /** An offer of ours was said, for the first time or again. */
  offerSaid(isNew: boolean, nowMs: number): void {
    if (isNew) this.#offerMadeAt = nowMs
    this.#offerSaidAt = nowMs
  }

  #step(trouble: Trouble, { unanswered, missedServers, signalable }: LinkFacts, nowMs: number): RecoveryStep {
    const step = nextStep({
      trouble,
      troubleMs: nowMs - (this.#troubleSince ?? nowMs),
      everConnected: this.#everConnected,
      steps: this.#steps,
      sinceStepMs: nowMs - this.#steppedAt,
      polite: this.#polite,
      hurried: nowMs - this.#hurriedAt < HURRY_MS,
      signalable,
      unanswered,
      prompted: this.#prompted,
      offerAgeMs: nowMs - this.#offerMadeAt,
      sinceSaidMs: nowMs - this.#offerSaidAt,
      missedServers,
    })
    if (step === 'wait') return step
    log.debug(step, { trouble, polite: this.#polite })
    this.#prompted = false
    if (step === 'resend' || step === 'renew') {
      // Gathering takes its time; another reason meanwhile is none to begin once more.
      this.offerSaid(step === 'renew', nowMs)
      return step
    }
    this.#steps++
    this.#steppedAt = nowMs
    return step
  }
}
