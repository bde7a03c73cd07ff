import { delay, onAbort, withTimeout, type Lifetime } from '../../util/abort.ts'
import { captureCamera, captureMicrophone, type Captured } from '../capture/capture.ts'
import { loudness } from '../capture/level-meter.ts'
import type { CaptureErrorCode } from '../types.ts'

/** How long the browser's question for permission may stay open, milliseconds. */
const PERMISSION_MS = 30_000
/** How long a camera may take for its first picture, milliseconds. */
const PICTURE_MS = 5_000
/** How long we listen for a voice, milliseconds: time to notice that one should speak, and to speak. */
const LISTEN_MS = 7_000
const PERIOD_MS = 50
/** What a voice at arm's length is above, on the scale of `loudness`: -48 dB. A quiet room stays below. */
const VOICE = 0.2

/** `unanswered`: the browser asked the person, who did not answer. `no-picture`: the camera is open and shows nothing. */
export type CameraProbe = 'picture' | 'no-picture' | 'unanswered' | CaptureErrorCode

/**
 * `heard` is a voice, `faint` a sound that is none, `silent` a microphone that gives zeros only: it is muted in the system or
 * by a switch. `unmeasured` where the browser lets nobody listen.
 */
export type MicrophoneProbe = 'heard' | 'faint' | 'silent' | 'unmeasured' | 'unanswered' | CaptureErrorCode

export interface DeviceProbeOptions extends Lifetime {
  /** The track that is captured already, if one is; it is left as it is. Otherwise the device is opened for the probe. */
  running: MediaStreamTrack | null
  /** Which device to open; any when left out or gone. */
  deviceId?: string | undefined
}

/** Whether the camera gives a picture. Nothing that it opened stays open. */
export async function probeCamera({ running, deviceId, signal }: DeviceProbeOptions): Promise<CameraProbe> {
  return await borrow(running, () => captureCamera(deviceId), signal, async (track) => {
    const limit = withTimeout(signal, PICTURE_MS)
    while (!showsPicture(track) && !limit.signal.aborted) await delay(PERIOD_MS, limit.signal)
    limit.done()
    return showsPicture(track) ? 'picture' : 'no-picture'
  })
}

/** What the microphone hears, with its loudness told as it changes. Nothing that it opened stays open. */
export async function probeMicrophone(
  { running, deviceId, signal, onLevel }: DeviceProbeOptions & { onLevel: (level: number) => void }
): Promise<MicrophoneProbe> {
  return await borrow(running, () => captureMicrophone(deviceId), signal, (track) => listen(track, onLevel, signal))
}

/** Gives `use` a track of its own: a copy of the running one, which may be muted for the others, or a fresh capture. */
async function borrow<T>(
  running: MediaStreamTrack | null, capture: () => Promise<Captured>, signal: AbortSignal, use: (track: MediaStreamTrack) => Promise<T>
): Promise<T | 'unanswered' | CaptureErrorCode> {
  const captured = running === null ? await inTime(capture(), signal) : { stream: new MediaStream([running.clone()]) }
  if (captured === 'unanswered') return captured
  if ('error' in captured) return captured.error
  const [track] = captured.stream.getTracks()
  if (track === undefined) return 'capture-failed'
  track.enabled = true
  try {
    return await use(track)
  } finally {
    stop(captured)
  }
}

async function inTime(asked: Promise<Captured>, signal: AbortSignal): Promise<Captured | 'unanswered'> {
  const limit = withTimeout(signal, PERMISSION_MS)
  const late = new Promise<'unanswered'>((resolve) => onAbort(limit.signal, () => resolve('unanswered')))
  const captured = await Promise.race([asked, late])
  limit.done()
  // Allowed after all, when nobody waits for it any more.
  if (captured === 'unanswered') void asked.then(stop)
  return captured
}

function stop(captured: Captured): void {
  if ('stream' in captured) for (const track of captured.stream.getTracks()) track.stop()
}

/** https://w3c.github.io/mediacapture-extensions/#the-mediastreamtrackvideostats-interface, where the browser counts frames. */
function showsPicture(track: MediaStreamTrack): boolean {
  if (track.readyState !== 'live' || track.muted) return false
  const stats: unknown = 'stats' in track ? track.stats : undefined
  if (typeof stats !== 'object' || stats === null || !('deliveredFrames' in stats)) return true
  return Number(stats.deliveredFrames) > 0
}

async function listen(track: MediaStreamTrack, onLevel: (level: number) => void, signal: AbortSignal): Promise<MicrophoneProbe> {
  if (typeof AudioContext === 'undefined') return 'unmeasured'
  const context = new AudioContext()
  const limit = withTimeout(signal, LISTEN_MS)
  try {
    const analyser = new AnalyserNode(context, { fftSize: 2048 })
    new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    let hasSound = false
    while (!limit.signal.aborted) {
      await delay(PERIOD_MS, limit.signal)
      analyser.getFloatTimeDomainData(samples)
      const level = loudness(samples)
      onLevel(level)
      hasSound ||= samples.some((sample) => sample !== 0)
      if (level >= VOICE) return 'heard'
    }
    if (context.state !== 'running') return 'unmeasured'
    return hasSound ? 'faint' : 'silent'
  } finally {
    limit.done()
    onLevel(0)
    // It only rejects when it is closed already.
    context.close().catch(() => undefined)
  }
}
