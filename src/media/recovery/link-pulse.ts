import { HEARTBEAT_MS } from '../../wire/protocol.ts'
import { Liveness } from './liveness.ts'

/** Timers come a little early or late; a heartbeat that is due this soon, milliseconds, goes with the tick of now. */
const SLACK_MS = 50
/**
 * A complaint of the peer's counts after this time, milliseconds, in which a heartbeat would have taken it back: what was
 * said while nothing got through arrives in a bunch when everything does again, and what goes around the link may be late.
 */
const COMPLAINT_MS = HEARTBEAT_MS + 100

/**
 * The heartbeats of one link, in both directions: says ours, with whether we hear the peer, and knows whether the peer is
 * heard and hears us. Times are of one monotonic clock, milliseconds.
 */
export class LinkPulse {
  readonly #liveness: Liveness
  readonly #say: (hears: boolean) => void
  #saidAt = -Infinity
  #saidHears = true
  #unheardSince: number | null = null

  constructor(say: (hears: boolean) => void, nowMs: number) {
    this.#say = say
    this.#liveness = new Liveness(nowMs)
  }

  /** Nothing comes from the peer any more. */
  get isSilent(): boolean { return this.#liveness.isSilent }

  /** It seems so, and is not certain yet. */
  get isDoubtful(): boolean { return this.#liveness.isDoubtful }

  /** The peer says that nothing of ours arrives, while something of its still does. */
  isUnheard(nowMs: number): boolean {
    const since = this.#unheardSince
    return since !== null && nowMs - since >= COMPLAINT_MS && this.#liveness.provenAt > since
  }

  /** Any message came from the peer. */
  heard(nowMs: number): void {
    if (this.isSilent) this.rerouted()
    this.#liveness.heard(nowMs)
    this.#correct(nowMs)
  }

  /** The peer says whether it hears us. If not, whether we still hear it is looked into at once. */
  told(hears: boolean, nowMs: number): void {
    if (!hears && this.#unheardSince === null) this.suspect(nowMs)
    this.#unheardSince = hears ? null : this.#unheardSince ?? nowMs
  }

  /**
   * What arrives comes by another path than before, and complaints were about that one. They may be taken back late: the
   * control channel waits for seconds before it tries again what was lost.
   */
  rerouted(): void {
    this.#unheardSince = null
  }

  /** A path was just checked in both directions: what was known of the one before no longer counts. */
  renewed(nowMs: number): void {
    this.#liveness.heard(nowMs)
    this.rerouted()
    this.#correct(nowMs)
  }

  /** There is reason to believe that the path is gone. */
  suspect(nowMs: number): void {
    this.#liveness.suspect(nowMs)
  }

  /** To be called twice for each heartbeat; `countBytes` gives the number of bytes received so far, and is asked in doubt only. */
  async tick(nowMs: number, countBytes: () => Promise<number>): Promise<void> {
    if (nowMs - this.#saidAt >= HEARTBEAT_MS - SLACK_MS) this.#beat(nowMs)
    const wasSilent = this.isSilent
    await this.#liveness.tick(nowMs, countBytes)
    if (wasSilent && !this.isSilent) this.rerouted()
    this.#correct(nowMs)
  }

  /** Says at once what is no longer as said: the peer would repair what is whole, or learn late that it is not. */
  #correct(nowMs: number): void {
    if (this.#saidHears === this.isSilent) this.#beat(nowMs)
  }

  #beat(nowMs: number): void {
    this.#saidAt = nowMs
    this.#saidHears = !this.isSilent
    this.#say(this.#saidHears)
  }
}
