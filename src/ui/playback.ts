import { signal, type ReadonlySignal } from '../util/signals.ts'
import type { Speaker } from './speaker.ts'

/**
 * Starts the sound of all participants. A browser may refuse until the person has touched the page;
 * the refused ones are kept, and a later gesture starts them together.
 */
export class Playback {
  readonly #speaker: Pick<Speaker, 'add' | 'remove'>
  readonly #refused = new Set<HTMLMediaElement>()
  readonly #blocked = signal(false)
  /** Whether the browser waits for a gesture before it plays anything. */
  readonly blocked: ReadonlySignal<boolean> = this.#blocked

  /** @param speaker where the sound comes out */
  constructor(speaker: Pick<Speaker, 'add' | 'remove'>) {
    this.#speaker = speaker
  }

  /** Plays an element; resolves whether it now plays. Never rejects. */
  async play(element: HTMLMediaElement): Promise<boolean> {
    this.#speaker.add(element)
    try {
      await element.play()
      this.#refused.delete(element)
      return true
    } catch (error) {
      // Anything but a refusal (the stream was replaced or taken away meanwhile) is answered by the next call.
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#refused.add(element)
      return false
    } finally {
      this.#blocked.value = this.#refused.size > 0
    }
  }

  /** Forgets an element that is going away. */
  forget(element: HTMLMediaElement): void {
    this.#speaker.remove(element)
    this.#refused.delete(element)
    this.#blocked.value = this.#refused.size > 0
  }

  /** Tries all refused elements again; call it from a click. */
  async retry(): Promise<void> {
    await Promise.all([...this.#refused].map((element) => this.play(element)))
  }
}
