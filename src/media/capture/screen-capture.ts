import { onAbort, type Lifetime } from '../../util/abort.ts'
import { batch, signal, type ReadonlySignal, type Signal } from '../../util/signals.ts'
import { captureScreen } from './capture.ts'
import type { CaptureState } from '../types.ts'

/** The shared screen, window or tab, and its sound. Ended by its signal, by us, or by the browser's own button. */
export class ScreenCapture {
  readonly #state: Signal<CaptureState> = signal({ phase: 'off' })
  readonly #stream: Signal<MediaStream | null> = signal(null)
  readonly #signal: AbortSignal
  #attempt = 0

  constructor({ signal: lifetime }: Lifetime) {
    this.#signal = lifetime
    onAbort(lifetime, () => this.close())
  }

  get state(): ReadonlySignal<CaptureState> { return this.#state }

  get stream(): ReadonlySignal<MediaStream | null> { return this.#stream }

  /** Asks what to share. Must be called from a click. A second call changes what is shared. Never rejects. */
  async open(): Promise<void> {
    if (this.#signal.aborted) return
    const attempt = ++this.#attempt
    if (this.#stream.peek() === null) this.#state.value = { phase: 'starting' }
    const captured = await captureScreen()
    const isLate = attempt !== this.#attempt
    if (captured !== 'cancelled' && 'stream' in captured) return isLate ? stop(captured.stream) : this.#show(captured.stream)
    // Whoever changes their mind goes on sharing what was shared before, if anything.
    if (isLate || this.#stream.peek() !== null) return
    this.#state.value = captured === 'cancelled' ? { phase: 'off' } : { phase: 'failed', error: captured.error }
  }

  /** Stops sharing. */
  close(): void {
    this.#attempt++
    this.#replace(null, { phase: 'off' })
  }

  #show(stream: MediaStream): void {
    const [video] = stream.getVideoTracks()
    if (video === undefined) {
      stop(stream)
      return this.#replace(null, { phase: 'failed', error: 'capture-failed' })
    }
    // Sharp text matters more than smooth scrolling.
    if ('contentHint' in video) video.contentHint = 'detail'
    video.addEventListener('ended', () => { if (this.#stream.peek() === stream) this.close() }, { signal: this.#signal })
    const { deviceId = '' } = video.getSettings()
    this.#replace(stream, { phase: 'on', deviceId, label: video.label })
  }

  #replace(stream: MediaStream | null, state: CaptureState): void {
    const old = this.#stream.peek()
    batch(() => {
      this.#stream.value = stream
      this.#state.value = state
    })
    if (old !== null && old !== stream) stop(old)
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}
