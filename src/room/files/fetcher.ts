import { signal as createSignal, type ReadonlySignal, type Signal } from '../../util/signals.ts'
import type { FileMessage } from '../../wire/index.ts'
import { MAX_ASK_BYTES } from '../../wire/index.ts'
import { Pace } from './pace.ts'
import type { Sink } from './sink.ts'
import type { FileFailure, FileState } from './types.ts'

/** What has arrived may wait for the disk up to this size, bytes. */
const MAX_UNWRITTEN_BYTES = 4_194_304
/** An owner who has said nothing for so long, milliseconds, is asked again. */
const SILENCE_MS = 20_000
/** Over so long, milliseconds, the speed is averaged. */
const SPEED_MS = 3_000

/** The way to a file's owner, while there is one. */
export interface Asker {
  /** Asks the owner for bytes; null when it takes no more for the moment. */
  ask(at: number, bytes: number): number | null
  check(): void
  done(): void
  /** Forgets everything that was asked for and has not come: so many bytes. */
  stop(bytes: number): void
}

/** Asked for, and not answered to the end. */
interface Ask {
  ask: number
  bytes: number
  saidAt: number
  begun: boolean
}

type Step = 'starting' | 'running' | 'paused' | 'checking'

export interface FetcherOptions {
  /** Bytes, by the offer. */
  size: number
  sink: Sink
  /** Milliseconds, of any clock that does not jump. */
  now: () => number
}

/**
 * Receives one file, from its first byte to its last: what came is never asked for again, whatever becomes of the way to
 * its owner. Trusts nothing that the owner says.
 */
export class Fetcher {
  readonly #options: FetcherOptions
  readonly #state: Signal<FileState>
  #step: Step = 'starting'
  #asker: Asker | null = null
  #asks: Ask[] = []
  #pace = new Pace()
  /** Bytes that have come, and bytes that have come or were asked for. */
  #come = 0
  #asked = 0
  /** The sum by the owner; null before it has said so. */
  #sum: string | null = null
  #heardAt: number
  #speed = 0
  #measuredAt: number
  #measured = 0

  constructor(options: FetcherOptions) {
    this.#options = options
    this.#heardAt = this.#measuredAt = options.now()
    this.#state = createSignal<FileState>({ phase: 'receiving', step: 'starting', bytes: 0, bytesPerSecond: 0 })
    const { sink } = options
    sink.opened.then((kept) => this.#open(kept), (error: unknown) => this.#broken(error))
    sink.onWritten = () => this.#fill()
    sink.onBroken = (error) => this.#broken(error)
  }

  get state(): ReadonlySignal<FileState> { return this.#state }

  /** Whether there is nothing more to do. */
  get isOver(): boolean {
    const { phase } = this.#state.peek()
    return phase !== 'receiving'
  }

  /** There is a way to the owner now, or another one, or none. */
  connect(asker: Asker | null): void {
    this.#asker = asker
    // What was under way went down with the old way.
    this.#forget()
    this.#pace = new Pace()
    this.#heardAt = this.#options.now()
    this.#begin()
  }

  pause(): void {
    if (this.#step !== 'running') return
    this.#step = 'paused'
    this.#stop()
    this.#speed = 0
    this.#publish()
  }

  resume(): void {
    if (this.#step !== 'paused') return
    this.#step = 'running'
    this.#heardAt = this.#options.now()
    this.#begin()
  }

  /** Ends it for good and throws away what came. */
  cancel(): void {
    this.#fail(null)
  }

  /** The call is over. */
  suspend(): void {
    this.#stop()
    this.#asker = null
    this.#options.sink.release()
  }

  /** Bytes of an ask; false when they are not what was asked for. The bytes are the fetcher's from now on. */
  take(ask: number, bytes: Uint8Array<ArrayBuffer>): boolean {
    const [first] = this.#asks
    if (first === undefined || first.ask !== ask || bytes.length > first.bytes) {
      this.#fail('unasked')
      return false
    }
    const now = this.#options.now()
    if (!first.begun) this.#pace.answered(first.bytes, now - first.saidAt, now)
    first.begun = true
    first.bytes -= bytes.length
    if (first.bytes === 0) this.#asks.shift()
    this.#heardAt = now
    this.#come += bytes.length
    this.#options.sink.write(bytes)
    this.#fill()
    return true
  }

  /** The owner says what the file's sum is, or that there is no such file. */
  hear(message: Extract<FileMessage, { kind: 'sum' | 'gone' }>): void {
    this.#heardAt = this.#options.now()
    if (message.kind === 'gone') return this.#fail('gone')
    // The first word counts: an owner that changes its mind has no one file.
    this.#sum ??= message.sum
    if (this.#step === 'checking') void this.#finish()
  }

  /** To be called some four times a second: measures, and asks again where nothing comes or nothing could be asked for. */
  tick(): void {
    if (this.isOver) return
    const now = this.#options.now()
    const elapsed = Math.max(1, now - this.#measuredAt)
    const share = Math.min(1, elapsed / SPEED_MS)
    this.#speed += ((this.#come - this.#measured) * 1_000 / elapsed - this.#speed) * share
    this.#measuredAt = now
    this.#measured = this.#come
    if (now - this.#heardAt > SILENCE_MS && (this.#asks.length > 0 || this.#step === 'checking')) {
      this.#heardAt = now
      this.#stop()
      this.#begin()
    }
    // The owner took no more when there was something to ask for: nothing of this file may be under way to wake it up.
    this.#fill()
    this.#publish()
  }

  #open(kept: number): void {
    if (this.isOver) return
    this.#come = this.#asked = this.#measured = kept
    this.#step = 'running'
    this.#begin()
  }

  #begin(): void {
    this.#publish()
    if (this.#step === 'starting' || this.#step === 'paused' || this.isOver) return
    if (this.#sum === null) this.#asker?.check()
    this.#fill()
  }

  /** Asks for as much as the path, the disk and the other side take. */
  #fill(): void {
    const { size, sink } = this.#options
    if (this.#step !== 'running' || this.isOver) return
    while (this.#asker !== null && this.#asked < size) {
      const bytes = Math.min(this.#pace.pieceBytes(MAX_ASK_BYTES), size - this.#asked)
      const under = this.#asked - this.#come
      if (under > 0 && under + bytes > this.#pace.windowBytes) break
      if (this.#asked + bytes - sink.written > MAX_UNWRITTEN_BYTES) break
      const ask = this.#asker.ask(this.#asked, bytes)
      if (ask === null) break
      this.#asked += bytes
      this.#asks.push({ ask, bytes, saidAt: this.#options.now(), begun: false })
    }
    if (this.#come === size) this.#check()
  }

  #check(): void {
    this.#step = 'checking'
    this.#publish()
    if (this.#sum !== null) void this.#finish()
  }

  #finishing = false

  async #finish(): Promise<void> {
    if (this.#finishing) return
    this.#finishing = true
    const { sink } = this.#options
    try {
      const sum = await sink.sum()
      if (this.isOver) return
      if (sum !== this.#sum) return this.#fail('damaged')
      const file = await sink.keep()
      if (this.isOver) return
      this.#state.value = { phase: 'arrived', file, saved: sink.isSaved }
      this.#asker?.done()
    } catch (error) {
      this.#broken(error)
    }
  }

  #broken(error: unknown): void {
    this.#fail(error instanceof DOMException && error.name === 'QuotaExceededError' ? 'space' : 'disk')
  }

  /** `null`: because the person wants no more of it. */
  #fail(reason: FileFailure | null): void {
    if (this.isOver) return
    this.#stop()
    this.#asker = null
    this.#state.value = reason === null ? { phase: 'offered' } : { phase: 'failed', reason }
    this.#options.sink.discard()
  }

  #stop(): void {
    this.#asker?.stop(this.#forget())
  }

  /** Forgets what was asked for; returns how much of it has not come. */
  #forget(): number {
    const bytes = this.#asked - this.#come
    this.#asks = []
    this.#asked = this.#come
    return bytes
  }

  #publish(): void {
    if (this.isOver) return
    const step = this.#step !== 'starting' && this.#step !== 'paused' && this.#asker === null ? 'waiting' : this.#step
    const { size } = this.#options
    const next: FileState = {
      phase: 'receiving', step, bytes: Math.min(this.#come, size), bytesPerSecond: step === 'running' ? Math.round(this.#speed) : 0,
    }
    this.#state.value = next
  }
}
