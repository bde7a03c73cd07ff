import { vi } from 'vitest'
import type { Device } from '../../src/media/types.ts'

/** A captured track of a fake device. */
export class FakeTrack extends EventTarget {
  readyState: MediaStreamTrackState = 'live'
  enabled = true
  muted = false
  contentHint = ''
  readonly label: string
  readonly kind: 'audio' | 'video'
  readonly #device: Device
  /** How it was asked for. */
  readonly #constraints: MediaTrackConstraints

  constructor(device: Device, constraints: MediaTrackConstraints) {
    super()
    this.#device = device
    this.#constraints = constraints
    this.label = device.label
    this.kind = device.kind === 'audioinput' ? 'audio' : 'video'
  }

  getSettings(): MediaTrackSettings {
    const { noiseSuppression } = this.#constraints
    return { deviceId: this.#device.deviceId, width: 1280, height: 720, ...typeof noiseSuppression === 'boolean' && { noiseSuppression } }
  }

  getConstraints(): MediaTrackConstraints {
    return this.#constraints
  }

  /** As Chromium does for sound: a device that runs goes on as it does. */
  async applyConstraints(): Promise<void> {
    throw new DOMException('', 'OverconstrainedError')
  }

  stop(): void {
    this.readyState = 'ended'
  }
}

/** The part of `navigator.mediaDevices` that capture uses. Devices can be plugged in and out; openings wait to be let through. */
export class FakeMediaDevices extends EventTarget {
  devices: Device[]
  /** Every track that was ever handed out. */
  readonly tracks: FakeTrack[] = []
  /** How openings end; `hold` makes them wait for `release`. */
  refusal: DOMException | null = null
  hold = false
  /** What each device does to its sound, whatever it is asked. */
  fixed: MediaTrackConstraints = {}
  #held: (() => void)[] = []

  constructor(devices: Device[]) {
    super()
    this.devices = devices
    vi.stubGlobal('navigator', { mediaDevices: this })
  }

  /** Tracks whose device is running: its light is on. */
  get live(): FakeTrack[] {
    return this.tracks.filter(({ readyState }) => readyState === 'live')
  }

  readonly enumerateDevices = async (): Promise<Device[]> => this.devices

  readonly getUserMedia = async ({ audio, video }: MediaStreamConstraints): Promise<unknown> => {
    if (this.hold) await new Promise<void>((resolve) => { this.#held.push(resolve) })
    if (this.refusal !== null) throw this.refusal
    const asked = audio || video
    const wanted = typeof asked === 'object' ? asked : {}
    const kind = audio ? 'audioinput' : 'videoinput'
    const exact = typeof wanted.deviceId === 'object' && 'exact' in wanted.deviceId
      ? wanted.deviceId.exact : undefined
    const device = this.devices.find((one) => one.kind === kind && (exact === undefined || one.deviceId === exact))
    if (device === undefined) throw new DOMException('', exact === undefined ? 'NotFoundError' : 'OverconstrainedError')
    const track = new FakeTrack(device, { ...wanted, ...this.fixed })
    this.tracks.push(track)
    const mine = (of: FakeTrack['kind']): FakeTrack[] => track.kind === of ? [track] : []
    return { getTracks: () => [track], getAudioTracks: () => mine('audio'), getVideoTracks: () => mine('video') }
  }

  /** Lets the openings through that wait. */
  release(): void {
    this.hold = false
    for (const open of this.#held.splice(0)) open()
  }

  /** Takes a device away, with the track that runs on it. */
  unplug(deviceId: string): void {
    this.devices = this.devices.filter((device) => device.deviceId !== deviceId)
    for (const track of this.live.filter((one) => one.getSettings().deviceId === deviceId)) {
      track.stop()
      track.dispatchEvent(new Event('ended'))
    }
    this.dispatchEvent(new Event('devicechange'))
  }
}
