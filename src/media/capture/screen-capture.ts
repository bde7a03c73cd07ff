import { onAbort, type Lifetime } from '../../util/abort.ts'
import { batch, signal, type ReadonlySignal, type Signal } from '../../util/signals.ts'
import { captureScreen } from './capture.ts'
import type { CaptureState, PreferenceStorage, ScreenPurpose } from '../types.ts'

const PURPOSE_KEY = 'parley:screen-purpose'

/** The shared screen, window or tab, and its sound. Ended by its signal, by us, or by the browser's own button. */
export class ScreenCapture {
  readonly #state: Signal<CaptureState> = signal({ phase: 'off' })
  readonly #stream: Signal<MediaStream | null> = signal(null)
  readonly #signal: AbortSignal
  readonly #purpose: Signal<ScreenPurpose>
  readonly #storage: PreferenceStorage
  #attempt = 0

  constructor({ storage, signal: lifetime }: Lifetime & { storage: PreferenceStorage }) {
    this.#signal = lifetime
    this.#storage = storage
    this.#purpose = signal(storage.get(PURPOSE_KEY) === 'motion' ? 'motion' : 'text')
    onAbort(lifetime, () => this.close())
  }

  get state(): ReadonlySignal<CaptureState> { return this.#state }

  get purpose(): ReadonlySignal<ScreenPurpose> { return this.#purpose }

  /** What matters about what is shared, now and from now on. */
  setPurpose(purpose: ScreenPurpose): void {
    this.#purpose.value = purpose
    this.#storage.set(PURPOSE_KEY, purpose)
    for (const track of this.#stream.peek()?.getVideoTracks() ?? []) hint(track, purpose)
  }

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
    hint(video, this.#purpose.peek())
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

/** Tells the encoder what it is given: https://w3c.github.io/mst-content-hint/ */
function hint(video: MediaStreamTrack, purpose: ScreenPurpose): void {
  if ('contentHint' in video) video.contentHint = purpose
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}
