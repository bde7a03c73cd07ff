import { childController, onAbort } from '../../util/abort.ts'
import { createLog } from '../../util/log.ts'
import { effect, signal, untracked, type Signal } from '../../util/signals.ts'
import { keepRunning } from '../keep-running.ts'
import { recordingError } from './recording-error.ts'
import { lockName, Store } from './store.ts'
import { fileType, Take, type FileType } from './take.ts'
import type { RecordedPerson, RecordingAbout, RecordingErrorCode, RunningRecording, StartOptions } from './types.ts'

const log = createLog('recording')

/** One file for everybody is what a film of a meeting is; a file of one person is for cutting, and there are many. */
const FORMATS = {
  mixed: { format: { width: 1280, height: 720, framesPerSecond: 25 }, videoBps: 2_000_000 },
  separate: { format: { width: 640, height: 360, framesPerSecond: 25 }, videoBps: 800_000 },
} as const

/** Everybody's file has this key. */
const EVERYBODY = ''

/** Starts to record; resolves once it does, or with the reason why it cannot. Its signal's abort ends it without closing files. */
export async function startRecording(options: StartOptions): Promise<RunningRecording | RecordingErrorCode> {
  const type = fileType()
  if (type === undefined || !('storage' in navigator) || typeof AudioContext === 'undefined') return 'recording-unsupported'
  try {
    const recording = new Recording(options, type)
    const failure = await recording.start()
    return failure ?? recording
  } catch (error) {
    // No worker, or no sound, of which a page may have only so many.
    log.warn('nothing can be recorded', error)
    return recordingError(error)
  }
}

/** Files under way, each with those who belong in it. */
class Recording implements RunningRecording {
  readonly #options: StartOptions
  readonly #type: FileType
  readonly #controller: AbortController
  readonly #store: Store
  readonly #context = new AudioContext({ latencyHint: 'playback' })
  readonly #takes = new Map<string, Take>()
  /** Files of those who have left, until all of them is written. */
  readonly #closing = new Set<Promise<void>>()
  readonly #sizes = new Map<string, number>()
  readonly #about: RecordingAbout
  readonly #startedAt = performance.now()
  readonly bytes: Signal<number> = signal(0)
  readonly failure: Signal<RecordingErrorCode | null> = signal(null)
  /** Called to let go of the lock. */
  #release: () => void = () => undefined
  #unfollow: () => void = () => undefined
  #stopped: Promise<void> | undefined

  constructor(options: StartOptions, type: FileType) {
    const { id, topic, kind } = options
    this.#options = options
    this.#type = type
    this.#controller = childController(options.signal)
    this.#store = new Store(id, { signal: this.#controller.signal })
    this.#about = { id, topic, kind, startedAt: Date.now(), endedAt: null, files: [] }
    keepRunning(this.#context, this.#controller)
    onAbort(this.#controller.signal, () => {
      this.#unfollow()
      this.#release()
      void this.#context.close()
    })
  }

  async start(): Promise<RecordingErrorCode | null> {
    try {
      await this.#lock()
      await this.#store.describe(this.#about)
      this.#unfollow = effect(() => {
        const people = this.#options.people.value
        untracked(() => this.#show(people))
      })
    } catch (error) {
      this.#fail(error)
    }
    if (this.failure.peek() !== null) await this.stop()
    return this.failure.peek()
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#end()
    return this.#stopped
  }

  async #end(): Promise<void> {
    this.#unfollow()
    await Promise.all([...this.#closing, ...[...this.#takes.values()].map((take) => take.close())])
    try {
      await this.#store.describe({ ...this.#about, endedAt: Date.now() })
    } catch (error) {
      // On a full disk not even this may fit. The files are whole; they are found as if the page had been closed.
      log.warn('the end of a recording could not be written down', error)
    }
    this.#controller.abort()
  }

  /** Held until the recording ends, or the page does. */
  async #lock(): Promise<void> {
    const held = Promise.withResolvers<void>()
    const released = new Promise<void>((resolve) => { this.#release = resolve })
    navigator.locks.request(lockName(this.#about.id), () => {
      held.resolve()
      return released
    }).catch(held.reject)
    await held.promise
  }

  #show(people: readonly RecordedPerson[]): void {
    if (this.#stopped !== undefined) return
    try {
      if (this.#about.kind === 'mixed') return this.#take(EVERYBODY, '').show(people)
      for (const key of this.#takes.keys()) if (!people.some((person) => person.key === key)) this.#finish(key)
      for (const person of people) {
        // Who must not be in it has no tracks, and gets no file.
        const has = person.microphone ?? person.camera ?? person.screen ?? person.screenAudio
        if (has === null && !this.#takes.has(person.key)) continue
        this.#take(person.key, person.name).show([person])
      }
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Ends the file of somebody who has left; who comes back gets another. */
  #finish(key: string): void {
    const closed = this.#takes.get(key)?.close()
    this.#takes.delete(key)
    if (closed === undefined) return
    this.#closing.add(closed)
    void closed.then(() => this.#closing.delete(closed))
  }

  #take(key: string, person: string): Take {
    const known = this.#takes.get(key)
    if (known !== undefined) return known
    const name = `${this.#about.files.length + 1}.${this.#type.extension}`
    const take = new Take({
      store: this.#store,
      name,
      type: this.#type,
      ...FORMATS[this.#about.kind],
      context: this.#context,
      onBytes: (bytes) => this.#count(name, bytes),
      onFailure: (error) => this.#fail(error),
      signal: this.#controller.signal,
    })
    this.#takes.set(key, take)
    this.#about.files.push({ name, person, startMs: Math.round(performance.now() - this.#startedAt) })
    this.#store.describe(this.#about).catch((error: unknown) => this.#fail(error))
    return take
  }

  #count(name: string, bytes: number): void {
    this.#sizes.set(name, bytes)
    this.bytes.value = [...this.#sizes.values()].reduce((sum, each) => sum + each, 0)
  }

  /** The first failure ends it; what was written until then is closed as if it had been stopped. */
  #fail(error: unknown): void {
    if (this.failure.peek() !== null || this.#controller.signal.aborted) return
    log.warn('recording failed', error)
    this.failure.value = recordingError(error)
    void this.stop()
  }
}
