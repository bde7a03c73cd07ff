import { onAbort, type Lifetime } from '../../util/abort.ts'
import { effect, signal, type ReadonlySignal } from '../../util/signals.ts'

/** How often the level is read, milliseconds: about 15 times a second. */
const PERIOD_MS = 66
/** What counts as silence, dB below full scale; a quiet room is at about -60. */
const FLOOR_DB = -60

/** Loudness 0..1 of samples in -1..1: 0 at -60 dB and below, 1 at full scale, in steps of 0.01. */
export function loudness(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  if (sum === 0) return 0
  const db = 10 * Math.log10(sum / samples.length)
  return Math.round(Math.min(1, Math.max(0, 1 - db / FLOOR_DB)) * 100) / 100
}

/** The loudness of the stream of the moment, muted or not; 0 without one, and where no AudioContext may run. Ends with its signal. */
export function measureLevel(stream: ReadonlySignal<MediaStream | null>, { signal: lifetime }: Lifetime): ReadonlySignal<number> {
  const level = signal(0)
  let stop: (() => void) | undefined
  const unfollow = effect(() => {
    stop?.()
    stop = stream.value === null ? undefined : meter(stream.value, (value) => { level.value = value })
    if (stop === undefined) level.value = 0
  })
  onAbort(lifetime, () => {
    unfollow()
    stop?.()
    level.value = 0
  })
  return level
}

function meter(stream: MediaStream, report: (level: number) => void): (() => void) | undefined {
  if (typeof AudioContext === 'undefined') return undefined
  const context = new AudioContext()
  // A copy of its own, since a muted track is silence, and whoever talks to a muted microphone should be told.
  const copy = new MediaStream(stream.getAudioTracks().map((track) => {
    const own = track.clone()
    own.enabled = true
    return own
  }))
  const analyser = new AnalyserNode(context, { fftSize: 1024 })
  // Not connected to the destination: nobody wants to hear themselves.
  new MediaStreamAudioSourceNode(context, { mediaStream: copy }).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    // A page that was never clicked may not run it yet; asking again costs nothing, and a refusal means asking later.
    if (context.state === 'suspended') context.resume().catch(() => undefined)
    analyser.getFloatTimeDomainData(samples)
    report(loudness(samples))
  }, PERIOD_MS)
  return () => {
    clearInterval(timer)
    for (const track of copy.getTracks()) track.stop()
    // It only rejects when it is closed already.
    context.close().catch(() => undefined)
  }
}
