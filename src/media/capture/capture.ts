import type { CaptureErrorCode } from '../types.ts'

/** What came of asking for a device or a screen. The stream is the caller's to stop. */
export type Captured = { stream: MediaStream } | { error: CaptureErrorCode }

const AUDIO: MediaTrackConstraints = { echoCancellation: true, autoGainControl: true }
const VIDEO: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } }

/** Opens a microphone: this one, else any that the browser likes; with the browser's own noise suppression or without. Never rejects. */
export function captureMicrophone(deviceId?: string, noiseSuppression = true): Promise<Captured> {
  return captureDevice((exact) => ({ audio: { ...AUDIO, noiseSuppression, ...exact } }), deviceId)
}

/** Opens a camera: this one, else any that the browser likes. Never rejects. */
export function captureCamera(deviceId?: string): Promise<Captured> {
  return captureDevice((exact) => ({ video: { ...VIDEO, ...exact } }), deviceId)
}

/** Lets the person pick a screen or window to share, with its sound where the browser can. Never rejects. */
export async function captureScreen(): Promise<Captured | 'cancelled'> {
  if (!canCaptureScreen()) return { error: 'capture-unsupported' }
  try {
    // The person's own sound must not be shared back to them by the tab that plays the call.
    const audio = { suppressLocalAudioPlayback: false, echoCancellation: false, noiseSuppression: false, autoGainControl: false }
    const options = { video: { frameRate: { ideal: 30 } }, audio, systemAudio: 'include', selfBrowserSurface: 'exclude' }
    return { stream: await navigator.mediaDevices.getDisplayMedia(options) }
  } catch (error) {
    // Cancelling the picker and forbidding it have the same name; only the system's own refusal says so.
    if (error instanceof Error && error.name === 'NotAllowedError' && !/system/i.test(error.message)) return 'cancelled'
    return { error: captureError(error) }
  }
}

/** Whether this browser can share a screen: phones cannot, and no browser can outside a secure context. */
export function canCaptureScreen(): boolean {
  return typeof globalThis.navigator?.mediaDevices?.getDisplayMedia === 'function'
}

/** Folds what getUserMedia and getDisplayMedia reject with. https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia */
export function captureError(error: unknown): CaptureErrorCode {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError': return 'permission-refused'
    case 'NotFoundError':
    case 'OverconstrainedError': return 'device-missing'
    case 'NotReadableError':
    case 'AbortError': return 'device-busy'
    case 'TypeError':
    case 'NotSupportedError': return 'capture-unsupported'
    default: return 'capture-failed'
  }
}

type Constrain = (exact: MediaTrackConstraints) => MediaStreamConstraints

async function captureDevice(constrain: Constrain, deviceId?: string): Promise<Captured> {
  const devices = globalThis.navigator?.mediaDevices
  if (typeof devices?.getUserMedia !== 'function') return { error: 'capture-unsupported' }
  try {
    if (!deviceId) return { stream: await devices.getUserMedia(constrain({})) }
    return { stream: await devices.getUserMedia(constrain({ deviceId: { exact: deviceId } })) }
  } catch (error) {
    // The device that was asked for is gone; another one is better than none.
    const isGone = error instanceof Error && (error.name === 'OverconstrainedError' || error.name === 'NotFoundError')
    if (deviceId && isGone) return await captureDevice(constrain)
    return { error: captureError(error) }
  }
}
