import type { LocalMedia } from '../../room/views.ts'
import { signal, type ReadonlySignal, type Signal } from '../../util/signals.ts'

/** Heard while a key is held, and muted again after it: whatever ends the holding, also when the page never learns of it. */
export class PushToTalk {
  readonly #local: LocalMedia
  readonly #talking: Signal<boolean> = signal(false)

  constructor(local: LocalMedia) {
    this.#local = local
  }

  /** Whether we are heard for as long as the key is held. */
  get talking(): ReadonlySignal<boolean> { return this.#talking }

  /** The key went down. Does nothing unless the microphone is open and muted. */
  press(): void {
    if (this.#local.microphone.peek().phase !== 'on' || !this.#local.muted.peek()) return
    this.#talking.value = true
    this.#local.setMuted(false)
  }

  /** The key went up, or the page can no longer see it. */
  release(): void {
    if (!this.#talking.peek()) return
    this.#talking.value = false
    this.#local.setMuted(true)
  }
}
