import { HEARTBEAT_MS } from '../../wire/protocol.ts'
import { Liveness } from './liveness.ts'

/** Timers come a little early or late; a heartbeat that is due this soon, milliseconds, goes with the tick of now. */
const SLACK_MS = 50
/**
 * For so long, milliseconds, the peer must go on saying that it does not hear us. What it said while nothing got through
 * arrives in a bunch when everything does again, with the contrary right behind it.
 */
const COMPLAINT_MS = 400

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

  /** The peer says, and says again, that nothing of ours arrives. */
  isUnheard(nowMs: number): boolean {
    return this.#unheardSince !== null && nowMs - this.#unheardSince >= COMPLAINT_MS
  }

  /** Any message came from the peer. */
  heard(nowMs: number): void {
    this.#liveness.heard(nowMs)
    this.#correct(nowMs)
  }

  /** The peer's heartbeat says whether it hears us. */
  told(hears: boolean, nowMs: number): void {
    this.#unheardSince = hears ? null : this.#unheardSince ?? nowMs
  }

  /** A path was just checked in both directions: what was known of the one before no longer counts. */
  renewed(nowMs: number): void {
    this.#liveness.heard(nowMs)
    this.#unheardSince = null
    this.#correct(nowMs)
  }

  /** There is reason to believe that the path is gone. */
  suspect(nowMs: number): void {
    this.#liveness.suspect(nowMs)
  }

  /** To be called twice for each heartbeat; `countBytes` gives the number of bytes received so far, and is asked in doubt only. */
  async tick(nowMs: number, countBytes: () => Promise<number>): Promise<void> {
    if (nowMs - this.#saidAt >= HEARTBEAT_MS - SLACK_MS) this.#beat(nowMs)
    await this.#liveness.tick(nowMs, countBytes)
    this.#correct(nowMs)
  }

  /** Takes a complaint back at once: the peer would believe it, and repair what is whole. */
  #correct(nowMs: number): void {
    if (!this.#saidHears && !this.isSilent) this.#beat(nowMs)
  }

  #beat(nowMs: number): void {
    this.#saidAt = nowMs
    this.#saidHears = !this.isSilent
    this.#say(this.#saidHears)
  }
}
