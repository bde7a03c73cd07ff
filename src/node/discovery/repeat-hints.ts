import { delay } from '../../util/abort.ts'
import type { PeerHint, SourceContext } from './source.ts'

/** Waits between repetitions, milliseconds; the last one repeats. */
const WAITS_MS = [2_000, 5_000, 15_000, 30_000]

/** Gives fixed hints again and again, since a peer may come later than we do; the greeter drops what is not needed. */
export async function repeatHints(hints: PeerHint[], { self, signal, onHint }: SourceContext): Promise<void> {
  const others = hints.filter((hint) => hint.peer !== self)
  for (let round = 0; others.length > 0 && !signal.aborted; round++) {
    for (const hint of others) onHint(hint)
    await delay(WAITS_MS[Math.min(round, WAITS_MS.length - 1)] ?? 0, signal)
  }
}
