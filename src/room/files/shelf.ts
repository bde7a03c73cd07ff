import type { Signal } from '../../util/signals.ts'
import type { PeerKey } from '../../wire/index.ts'
import { evictOldest } from '../rate-limit.ts'
import { sumOf } from './sum.ts'
import type { FileReceiver, FileState } from './types.ts'

/** A receiver who has not come further by so many bytes for so long, milliseconds, is not being served. */
const IDLE_MS = 10_000
const STEP_BYTES = 16_384
/** Receivers of one file that are remembered; the first of them is forgotten. */
const MAX_RECEIVERS = 64

export type Receiver = Pick<FileReceiver, 'peer' | 'name'>

interface Shared {
  file: Blob
  state: Signal<FileState>
  receivers: Map<PeerKey, FileReceiver & { steps: number, at: number }>
  sum: Promise<string> | null
  controller: AbortController
}

/** The files that we offer, and who has how much of them. */
export class Shelf {
  readonly #files = new Map<string, Shared>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** Puts a file on the shelf; its state is shown in `state`. */
  add(id: string, file: Blob, state: Signal<FileState>): void {
    state.value = { phase: 'shared', receivers: [] }
    this.#files.set(id, { file, state, receivers: new Map(), sum: null, controller: new AbortController() })
  }

  file(id: string): Blob | undefined {
    return this.#files.get(id)?.file
  }

  /** The file's sum, which is made when it is asked for first; null when there is no such file, or no more. */
  async sum(id: string): Promise<string | null> {
    const shared = this.#files.get(id)
    if (shared === undefined) return null
    shared.sum ??= sumOf(shared.file, shared.controller.signal)
    try {
      return await shared.sum
    } catch {
      // It was changed or moved since, or was taken off the shelf: either way it is offered no more.
      return null
    }
  }

  /** Somebody has got a file up to there, or all of it. */
  serve(id: string, { peer, name }: Receiver, upTo: number, isDone: boolean): void {
    const shared = this.#files.get(id)
    if (shared === undefined || upTo > shared.file.size) return
    const before = shared.receivers.get(peer)
    const bytes = Math.max(upTo, before?.bytes ?? 0)
    const steps = Math.floor(bytes / STEP_BYTES)
    // Who asks for the same again and again, or for a byte now and then, must not keep us from leaving.
    const at = before?.steps === steps ? before.at : this.#now()
    shared.receivers.set(peer, { peer, name: name || (before?.name ?? ''), bytes, done: isDone || before?.done === true, steps, at })
    evictOldest(shared.receivers, MAX_RECEIVERS)
  }

  /** Whether somebody receives a file of ours right now. */
  get isBusy(): boolean {
    const since = this.#now() - IDLE_MS
    return [...this.#files.values()].some(({ receivers }) => [...receivers.values()].some(({ done, at }) => !done && at > since))
  }

  /** Shows who has got how far. To be called some times a second: receivers may be served much more often. */
  publish(): void {
    for (const { state, receivers } of this.#files.values()) {
      const shown = state.peek()
      const now = [...receivers.values()].map(({ peer, name, bytes, done }) => ({ peer, name, bytes, done }))
      if (shown.phase === 'shared' && !isSame(shown.receivers, now)) state.value = { phase: 'shared', receivers: now }
    }
  }

  /** Takes a file off the shelf; false when it is not there. */
  remove(id: string): boolean {
    const shared = this.#files.get(id)
    if (shared === undefined) return false
    this.#files.delete(id)
    shared.controller.abort()
    shared.state.value = { phase: 'withdrawn' }
    return true
  }

  clear(): void {
    for (const { controller } of this.#files.values()) controller.abort()
    this.#files.clear()
  }
}

function isSame(a: readonly FileReceiver[], b: readonly FileReceiver[]): boolean {
  return a.length === b.length && a.every(({ peer, name, bytes, done }, i) => peer === b[i]?.peer && name === b[i].name && bytes === b[i].bytes && done === b[i].done)
}

