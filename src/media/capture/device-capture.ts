import { onAbort, type Lifetime } from '../../util/abort.ts'
import { SerialQueue } from '../../util/serial-queue.ts'
import { batch, signal, type ReadonlySignal, type Signal } from '../../util/signals.ts'
import type { Captured } from './capture.ts'
import { chooseDevice, type DeviceList } from './devices.ts'
import type { CaptureState, PreferenceStorage } from '../types.ts'

export interface DeviceCaptureOptions extends Lifetime {
  kind: 'audioinput' | 'videoinput'
  capture: (deviceId?: string) => Promise<Captured>
  devices: DeviceList
  storage: PreferenceStorage
  /** What the captured track is used for: https://w3c.github.io/mst-content-hint/ */
  contentHint: string
}

/**
 * The camera or the microphone: at most one track, and the state of getting it. Openings run one after the other, and only
 * the last wish counts: what an earlier one still brings is stopped at once. Stops its track when its signal aborts.
 */
export class DeviceCapture {
  readonly #options: DeviceCaptureOptions
  readonly #queue: SerialQueue
  readonly #state: Signal<CaptureState> = signal({ phase: 'off' })
  readonly #stream: Signal<MediaStream | null> = signal(null)
  #attempt = 0

  constructor(options: DeviceCaptureOptions) {
    this.#options = options
    this.#queue = new SerialQueue(options.signal)
    onAbort(options.signal, () => this.close())
  }

  get state(): ReadonlySignal<CaptureState> { return this.#state }

  /** A stream of the one track; null when off. */
  get stream(): ReadonlySignal<MediaStream | null> { return this.#stream }

  /** Opens a device, or switches to it; without an id the one used last, or the browser's choice. Never rejects. */
  async open(deviceId?: string): Promise<void> {
    if (this.#options.signal.aborted) return
    if (deviceId) this.#options.storage.set(this.#preferenceKey, deviceId)
    // A remembered device that is gone costs one refusal more, and is then left to the browser, which knows its default.
    await this.#open(deviceId || this.#options.storage.get(this.#preferenceKey) || undefined)
  }

  /** Opens the device again if the system took its sound or picture away, as phones do to pages in the background. */
  async revive(): Promise<void> {
    const [track] = this.#stream.peek()?.getTracks() ?? []
    if (track?.muted) await this.#open(track.getSettings().deviceId)
  }

  /** Changes what the browser does to the track; opens the device again where it cannot change that on the way. Never rejects. */
  async constrain(constraints: MediaTrackConstraints): Promise<void> {
    const [track] = this.#stream.peek()?.getTracks() ?? []
    if (track === undefined || follows(track, constraints)) return
    try {
      await track.applyConstraints({ ...track.getConstraints(), ...constraints })
    } catch {
      // Refused for a running track: the new one is opened with what is wanted then.
    }
    // What is being opened was wanted later than this one, and takes its place when it comes.
    await this.#queue.idle()
    const isStillOpen = this.#stream.peek()?.getTracks().includes(track) ?? false
    if (isStillOpen && !follows(track, constraints)) await this.#open(track.getSettings().deviceId)
  }

  /** Turns the device off at once, its light too. */
  close(): void {
    this.#attempt++
    this.#replace(null, { phase: 'off' })
  }

  async #open(deviceId?: string): Promise<void> {
    const attempt = ++this.#attempt
    if (this.#stream.peek() === null) this.#state.value = { phase: 'starting' }
    await this.#queue.run(async () => {
      if (attempt !== this.#attempt) return
      let captured = await this.#options.capture(deviceId)
      if ('error' in captured && captured.error === 'device-busy' && this.#stream.peek() !== null && attempt === this.#attempt) {
        // Phones have one camera at a time: the other opens only after this one is closed.
        this.#replace(null, { phase: 'starting' })
        captured = await this.#options.capture(deviceId)
      }
      if (attempt === this.#attempt) this.#settle(captured)
      else if ('stream' in captured) stop(captured.stream)
    })
  }

  #settle(captured: Captured): void {
    if ('error' in captured) {
      // A switch that failed leaves what was there.
      if (this.#stream.peek() === null) this.#state.value = { phase: 'failed', error: captured.error }
      return
    }
    const [track] = captured.stream.getTracks()
    if (track === undefined) return this.#replace(null, { phase: 'failed', error: 'capture-failed' })
    const { deviceId = '' } = track.getSettings()
    if ('contentHint' in track) track.contentHint = this.#options.contentHint
    track.addEventListener('ended', () => void this.#lost(track, deviceId), { signal: this.#options.signal })
    this.#replace(captured.stream, { phase: 'on', deviceId, label: track.label })
    // Names and ids of devices are known only once one was allowed.
    void this.#options.devices.refresh()
  }

  /** The device was unplugged, or permission was taken back: another one of its kind steps in. */
  async #lost(track: MediaStreamTrack, deviceId: string): Promise<void> {
    if (!this.#stream.peek()?.getTracks().includes(track)) return
    this.#replace(null, { phase: 'starting' })
    const attempt = ++this.#attempt
    await this.#options.devices.refresh()
    if (attempt !== this.#attempt) return
    const { devices, kind, storage } = this.#options
    const other = chooseDevice(devices.devices.peek(), kind, storage.get(this.#preferenceKey), deviceId)
    if (other === undefined) this.#state.value = { phase: 'failed', error: 'device-missing' }
    else await this.#open(other)
  }

  #replace(stream: MediaStream | null, state: CaptureState): void {
    const old = this.#stream.peek()
    batch(() => {
      this.#stream.value = stream
      this.#state.value = state
    })
    if (old === null || old === stream) return
    if (stream === null) return stop(old)
    // Senders are given the new track in a microtask of theirs, which was asked for first: none has one that has ended.
    queueMicrotask(() => stop(old))
  }

  get #preferenceKey(): string { return `parley:${this.#options.kind}` }
}

/** Whether a track is as wanted; what its browser does not tell is taken to be so, or it would be opened again for ever. */
function follows(track: MediaStreamTrack, constraints: MediaTrackConstraints): boolean {
  const settings = new Map<string, unknown>(Object.entries(track.getSettings()))
  return Object.entries(constraints).every(([name, wanted]) => (settings.get(name) ?? wanted) === wanted)
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}
