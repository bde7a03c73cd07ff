import { onAbort, type Lifetime } from '../util/abort.ts'
import { effect, signal, type ReadonlySignal } from '../util/signals.ts'
import type { Sections } from './link/transceivers.ts'
import { loudnessOf, nextSpeech, SILENT } from './speech.ts'

/** How often loudness is looked at, milliseconds: twice in the shortest thing that counts as speech. */
const LOOK_MS = 100
/** Share of its time that the page gives to one voice: a look waits for the thread of the connections, which on a busy machine takes long. */
const SHARE = 0.01
/** Looked at this often at least, milliseconds. */
const SLOWEST_MS = 2_000

/** Whether the voice speaks that `listen` tells the loudness of, 0..1; not listened to while `isOpen` is false. Ends with its signal. */
export function followSpeech(isOpen: ReadonlySignal<boolean>, listen: () => number, { signal: lifetime }: Lifetime): ReadonlySignal<boolean> {
  const speaking = signal(false)
  onAbort(lifetime, effect(() => {
    if (!isOpen.value) return
    let speech = SILENT
    let timer: ReturnType<typeof setTimeout>
    const wait = (tookMs: number): void => { timer = setTimeout(look, Math.max(LOOK_MS - tookMs, Math.min(tookMs / SHARE, SLOWEST_MS))) }
    const look = (): void => {
      const now = performance.now()
      speech = nextSpeech(speech, listen(), now)
      speaking.value = speech.isSpeaking
      wait(performance.now() - now)
    }
    wait(0)
    return () => {
      clearTimeout(timer)
      speaking.value = false
    }
  }))
  return speaking
}

/**
 * Tells how loud the peer's microphone is, by the level in its packets: nothing is decoded for it and no AudioContext is
 * between the sound and the loudspeaker. https://www.w3.org/TR/webrtc/#dom-rtcrtpreceiver-getsynchronizationsources
 */
export function listenTo(sections: ReadonlySignal<Sections | null>): () => number {
  let heardAt = -Infinity
  return () => {
    // The newest last: of a connection that was rebuilt, or a peer that was, an older source may still be listed.
    const newest = sections.peek()?.microphone.receiver.getSynchronizationSources().sort((a, b) => a.timestamp - b.timestamp).at(-1)
    // A source is listed for ten seconds after its last packet, which is how a muted microphone looks.
    if (newest === undefined || newest.timestamp === heardAt) return 0
    heardAt = newest.timestamp
    return loudnessOf(newest.audioLevel ?? 0)
  }
}
