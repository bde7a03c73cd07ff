import { onAbort, type Lifetime } from '../../util/abort.ts'

/** How often the sound on both sides of the node is looked at, milliseconds. */
const PERIOD_MS = 100
/** Sound that goes in without any coming out for so many looks means that the node does not work: 3 seconds. */
const MOST_MISSED = 30

export interface SilenceWatchOptions extends Lifetime {
  /** Something has come out for the first time. */
  onSound: () => void
  /** Nothing comes out any more, or never did, though something goes in. */
  onSilence: () => void
}

/**
 * Watches that a node which takes something away does not take everything away: what comes out of one that works is never
 * exactly zero for long unless what goes in is. Ends with its signal.
 */
export function watchSilence(context: AudioContext, node: AudioNode, { signal, onSound, onSilence }: SilenceWatchOptions): { follow: (source: AudioNode) => void } {
  const [before, after] = [new AnalyserNode(context, { fftSize: 2048 }), new AnalyserNode(context, { fftSize: 2048 })]
  node.connect(after)
  const judge = silenceRule()
  let wasHeard = false
  const timer = setInterval(() => {
    if (context.state !== 'running') return
    const verdict = judge(sounds(before), sounds(after))
    if (verdict === 'silent') onSilence()
    if (verdict !== 'heard' || wasHeard) return
    wasHeard = true
    onSound()
  }, PERIOD_MS)
  onAbort(signal, () => clearInterval(timer))
  return { follow: (source) => void source.connect(before) }
}

/** Counts looks at which something went in and nothing came out; `heard` at each look at which something came out. */
export function silenceRule(): (before: boolean, after: boolean) => 'heard' | 'waiting' | 'silent' {
  let missed = 0
  return (before, after) => {
    if (after) missed = 0
    else if (before) missed++
    return after ? 'heard' : missed >= MOST_MISSED ? 'silent' : 'waiting'
  }
}

function sounds(analyser: AnalyserNode): boolean {
  const samples = new Float32Array(analyser.fftSize)
  analyser.getFloatTimeDomainData(samples)
  return samples.some((sample) => sample !== 0)
}
