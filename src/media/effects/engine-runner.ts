import { onAbort, type Lifetime } from '../../util/abort.ts'
import { createLog } from '../../util/log.ts'
import { computed, effect, signal, untracked, type ReadonlySignal } from '../../util/signals.ts'
import type { EffectErrorCode, EffectState } from '../types.ts'
import type { Engine } from './engine.ts'

const log = createLog('effects')

export interface EngineRunnerOptions extends Lifetime {
  /** What the device delivers; null while it is off. */
  raw: ReadonlySignal<MediaStream | null>
  wanted: ReadonlySignal<boolean>
  /** Loads and opens the engine; rejects when it cannot be loaded. */
  open: (input: MediaStream) => Promise<Engine>
}

/**
 * Keeps an engine running while it is wanted and its device is on. What has failed rests until somebody tries again, or
 * until the device or the wish has gone and come back. Closes the engine when its signal aborts.
 */
export class EngineRunner {
  readonly state: ReadonlySignal<EffectState>
  /** What to send instead of what the device delivers; null while there is no such thing. */
  readonly stream: ReadonlySignal<MediaStream | null>
  readonly #open: EngineRunnerOptions['open']
  readonly #engine = signal<Engine | null>(null)
  readonly #failure = signal<EffectErrorCode | null>(null)
  #input: MediaStream | null = null
  #attempt = 0
  #isOpening = false

  constructor({ raw, wanted, open, signal: lifetime }: EngineRunnerOptions) {
    this.#open = open
    this.state = computed(() => {
      if (!wanted.value || raw.value === null) return { phase: 'off' }
      if (this.#failure.value !== null) return { phase: 'failed', error: this.#failure.value }
      return this.#engine.value?.state.value ?? { phase: 'starting' }
    })
    this.stream = computed(() => this.#engine.value?.state.value.phase === 'on' ? this.#engine.value.stream : null)
    const unfollow = effect(() => {
      const input = wanted.value ? raw.value : null
      const isResting = this.#failure.value !== null
      untracked(() => this.#follow(input, isResting))
    })
    const unwatch = effect(() => {
      const state = this.#engine.value?.state.value
      if (state?.phase !== 'failed') return
      const { error } = state
      untracked(() => {
        this.#stop()
        this.#failure.value = error
      })
    })
    onAbort(lifetime, () => {
      unfollow()
      unwatch()
      this.#stop()
    })
  }

  /** Tries again what has failed. */
  retry(): void {
    this.#failure.value = null
  }

  #follow(input: MediaStream | null, isResting: boolean): void {
    this.#input = input
    if (input === null) {
      this.#stop()
      this.#failure.value = null
    } else if (isResting) {
      return
    } else if (this.#engine.peek() !== null) {
      this.#engine.peek()?.input(input)
    } else if (!this.#isOpening) {
      void this.#start(input)
    }
  }

  async #start(input: MediaStream): Promise<void> {
    const attempt = ++this.#attempt
    this.#isOpening = true
    try {
      const engine = await this.#open(input)
      if (attempt !== this.#attempt) return engine.close()
      this.#isOpening = false
      // Another device may have come while the code was on its way.
      if (this.#input !== null && this.#input !== input) engine.input(this.#input)
      this.#engine.value = engine
    } catch (error) {
      if (attempt !== this.#attempt) return
      this.#isOpening = false
      // A device that was exchanged meanwhile has ended, and no engine opens on it: that says nothing about the new one.
      if (this.#input !== null && this.#input !== input) return void this.#start(this.#input)
      log.warn('an effect cannot be loaded', error)
      this.#failure.value = 'effect-not-loaded'
    }
  }

  #stop(): void {
    this.#attempt++
    this.#isOpening = false
    const engine = this.#engine.peek()
    // First the senders get what the device delivers, then the engine ends.
    this.#engine.value = null
    engine?.close()
  }
}
