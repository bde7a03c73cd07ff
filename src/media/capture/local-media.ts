import { onAbort, type Lifetime } from '../../util/abort.ts'
import { computed, effect, signal, untracked } from '../../util/signals.ts'
import { canCaptureScreen, captureCamera, captureMicrophone } from './capture.ts'
import { DeviceCapture } from './device-capture.ts'
import { DeviceList } from './devices.ts'
import { followSpeech } from '../follow-speech.ts'
import { missesSound } from './first-sound.ts'
import { measureLevel } from './level-meter.ts'
import { ScreenCapture } from './screen-capture.ts'
import { createEffects } from '../effects/effects.ts'
import type { CapturedMedia, PreferenceStorage } from '../types.ts'

export interface LocalMediaOptions extends Lifetime {
  /** Where the chosen devices are remembered; without it they are remembered as long as the page lives. */
  storage?: PreferenceStorage
}

/** Makes the local camera, microphone and screen, all off. Everything is turned off for good when its signal aborts. */
export function createLocalMedia({ signal: lifetime, storage = memoryStorage() }: LocalMediaOptions): CapturedMedia {
  const devices: DeviceList = new DeviceList(
    () => microphone.stream.peek() !== null || camera.stream.peek() !== null, { signal: lifetime })
  const shared = { devices, storage, signal: lifetime }
  /** Whether the browser was last asked to suppress noise in a stream: the choice may change while a device is being opened. */
  const askedToSuppress = new WeakMap<MediaStream, boolean>()
  const microphone: DeviceCapture = new DeviceCapture({ ...shared, kind: 'audioinput', contentHint: 'speech',
    async capture(deviceId) {
      const suppress = effects.browserSuppression.peek()
      const captured = await captureMicrophone(deviceId, suppress)
      if ('stream' in captured) askedToSuppress.set(captured.stream, suppress)
      return captured
    } })
  const camera = new DeviceCapture({ ...shared, kind: 'videoinput', capture: captureCamera, contentHint: 'motion' })
  const screen = new ScreenCapture({ storage, signal: lifetime })
  const muted = signal(false)
  const effects = createEffects({ microphone: microphone.stream, camera: camera.stream, storage, signal: lifetime })

  const microphoneTrack = computed(() => microphone.stream.value?.getAudioTracks()[0] ?? null)
  const audioTrack = computed(() => effects.microphoneStream.value?.getAudioTracks()[0] ?? null)
  const tracks = {
    microphone: computed(() => muted.value ? null : audioTrack.value),
    camera: computed(() => effects.cameraStream.value?.getVideoTracks()[0] ?? null),
    screen: computed(() => screen.stream.value?.getVideoTracks()[0] ?? null),
    screenAudio: computed(() => screen.stream.value?.getAudioTracks()[0] ?? null),
  }
  // Besides not being sent: a muted track yields silence to whoever else holds it.
  onAbort(lifetime, effect(() => {
    for (const track of [microphoneTrack.value, audioTrack.value]) if (track !== null) track.enabled = !muted.value
  }))
  onAbort(lifetime, effect(() => {
    const [stream, noiseSuppression] = [microphone.stream.value, effects.browserSuppression.value]
    // Asked once of each stream: a device that cannot do it would be opened again for ever.
    if (stream === null || askedToSuppress.get(stream) === noiseSuppression) return
    askedToSuppress.set(stream, noiseSuppression)
    void untracked(() => microphone.constrain({ noiseSuppression }))
  }))
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) for (const device of [microphone, camera]) void device.revive()
  }, { signal: lifetime })

  // While muted the device itself is listened to, since what effects make of a muted track is silence; it goes nowhere else.
  const level = measureLevel(computed(() => muted.value ? microphone.stream.value : effects.microphoneStream.value), { signal: lifetime })
  return {
    microphone: microphone.state,
    camera: camera.state,
    screen: screen.state,
    muted,
    cameraStream: effects.cameraStream,
    screenStream: screen.stream,
    screenPurpose: screen.purpose,
    level,
    missesSound: missesSound(microphone.stream, muted, { signal: lifetime }),
    speaking: followSpeech(computed(() => audioTrack.value !== null), () => level.peek(), { signal: lifetime }),
    sending: computed(() => ({
      microphone: tracks.microphone.value !== null,
      camera: tracks.camera.value !== null,
      screen: tracks.screen.value !== null,
    })),
    devices: devices.devices,
    effects,
    canShareScreen: canCaptureScreen(),
    tracks,
    microphoneTrack,
    openMicrophone: (deviceId) => microphone.open(deviceId),
    closeMicrophone: () => microphone.close(),
    setMuted: (value) => { muted.value = value },
    openCamera: (deviceId) => camera.open(deviceId),
    closeCamera: () => camera.close(),
    openScreen: () => screen.open(),
    closeScreen: () => screen.close(),
    setScreenPurpose: (purpose) => screen.setPurpose(purpose),
  }
}

function memoryStorage(): PreferenceStorage {
  const values = new Map<string, string>()
  return { get: (key) => values.get(key) ?? null, set: (key, value) => void values.set(key, value) }
}
