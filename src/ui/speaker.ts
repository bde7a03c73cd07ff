import type { Device, LocalMedia, SettingsView } from '../room/views.ts'
import { computed, effect, signal, untracked, type ReadonlySignal } from '../util/signals.ts'

/** Whether this browser lets a page choose where its sound comes out: Safari does not, phones seldom. */
export const canChooseSpeaker = (): boolean => 'setSinkId' in HTMLMediaElement.prototype

/** The loudspeakers that a browser names; none before a microphone or a loudspeaker was allowed. */
export function speakersIn(devices: readonly Device[]): Device[] {
  // `default` is what an empty choice means.
  return devices.filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId !== '' && deviceId !== 'default')
}

/** Where sound goes: the chosen loudspeaker, or the system's own (empty) once the chosen one is not there any more. */
export function outputOf(devices: readonly Device[], chosen: string): string {
  const speakers = speakersIn(devices)
  return speakers.length === 0 || speakers.some(({ deviceId }) => deviceId === chosen) ? chosen : ''
}

/** Sends the sound of all the elements that play somebody to the chosen loudspeaker, those that come later too. */
export class Speaker {
  /** Whether the chosen loudspeaker is gone, or may not be used. It is taken again when it is back. */
  readonly isLost: ReadonlySignal<boolean>
  readonly #output: ReadonlySignal<string>
  readonly #refused = signal<string | null>(null)
  readonly #elements = new Set<HTMLMediaElement>()

  constructor({ speaker }: Pick<SettingsView, 'speaker'>, { devices }: Pick<LocalMedia, 'devices'>) {
    this.#output = computed(() => outputOf(devices.value, speaker.value))
    this.isLost = computed(() => speaker.value !== '' && (this.#output.value === '' || this.#refused.value === speaker.value))
    // For the life of the page, which has one of these.
    effect(() => {
      void this.#output.value
      untracked(() => { for (const element of this.#elements) void this.#lead(element) })
    })
  }

  /** Leads an element's sound from now on. */
  add(element: HTMLMediaElement): void {
    this.#elements.add(element)
    void this.#lead(element)
  }

  /** Forgets an element that is going away. */
  remove(element: HTMLMediaElement): void {
    this.#elements.delete(element)
  }

  async #lead(element: HTMLMediaElement): Promise<void> {
    const output = this.#output.peek()
    if (!canChooseSpeaker() || element.sinkId === output) return
    try {
      await element.setSinkId(output)
      if (output !== '') this.#refused.value = null
    } catch (error) {
      // The element was taken away, or another choice has overtaken this one.
      if (error instanceof DOMException && error.name === 'AbortError') return
      // Unplugged this moment, or not allowed without the microphone: sound goes on where it did, and that is said.
      if (output !== '') this.#refused.value = output
    }
  }
}
