import { onAbort, type Lifetime } from '../../util/abort.ts'
import { effect, signal, type ReadonlySignal } from '../../util/signals.ts'

/** How often is looked, milliseconds. */
const PERIOD_MS = 200
/** A microphone that has given nothing at all for this long is switched off somewhere, or not the right one, milliseconds. */
export const PATIENCE_MS = 10_000

/**
 * Counts how long there has been nothing but zeros. The quietest room is not nothing: only a microphone that is cut off by a
 * switch, or another program, gives exact zeros.
 */
export class FirstSound {
  #listenedMs = 0
  #heard = false

  /** Takes what was heard in the last `ms` milliseconds. */
  note(samples: Float32Array, ms: number): void {
    this.#listenedMs += ms
    this.#heard ||= samples.some((sample) => sample !== 0)
  }

  get heard(): boolean {
    return this.#heard
  }

  /** Whether it is time to say that nothing comes. */
  get isMissing(): boolean {
    return !this.#heard && this.#listenedMs >= PATIENCE_MS
  }
}

/**
 * Whether the stream of the moment has given no sound at all since it was opened, not counting the time it was muted by us.
 * Listens only until the first sound. Ends with its signal.
 */
export function missesSound(
  stream: ReadonlySignal<MediaStream | null>, muted: ReadonlySignal<boolean>, { signal: lifetime }: Lifetime
): ReadonlySignal<boolean> {
  const missing = signal(false)
  let stop: (() => void) | undefined
  const unfollow = effect(() => {
    stop?.()
    missing.value = false
    stop = stream.value === null ? undefined : listen(stream.value, muted, (value) => { missing.value = value })
  })
  onAbort(lifetime, () => {
    unfollow()
    stop?.()
  })
  return missing
}

function listen(stream: MediaStream, muted: ReadonlySignal<boolean>, report: (missing: boolean) => void): (() => void) | undefined {
  if (typeof AudioContext === 'undefined') return undefined
  const context = new AudioContext()
  const analyser = new AnalyserNode(context, { fftSize: 16_384 })
  new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const first = new FirstSound()
  const stop = (): void => {
    clearInterval(timer)
    // It only rejects when it is closed already.
    context.close().catch(() => undefined)
  }
  const timer = setInterval(() => {
    // What does not run hears zeros; a page that was never clicked may not run it, and the level meter asks it to.
    if (context.state !== 'running') return void context.resume().catch(() => undefined)
    if (muted.peek()) return
    analyser.getFloatTimeDomainData(samples)
    first.note(samples, PERIOD_MS)
    report(first.isMissing)
    if (first.heard) stop()
  }, PERIOD_MS)
  return stop
}
