import { onAbort, type Lifetime } from '../../util/abort.ts'
import type { RecordedPerson } from './types.ts'

/** One track with everybody's sound in it. */
export interface Sound {
  readonly track: MediaStreamTrack
  /** Lets these people be heard and nobody else, with the tracks that they have now. */
  hear(people: readonly RecordedPerson[]): void
}

/** Mixes sound; ends with its signal. */
export function createSound(context: AudioContext, { signal }: Lifetime): Sound {
  const mix = context.createMediaStreamDestination()
  const [track] = mix.stream.getAudioTracks()
  if (track === undefined) throw new DOMException('no track of a mix', 'NotSupportedError')
  // Without any source the mix would say nothing at all, and the file's time would stand still.
  const quiet = new ConstantSourceNode(context, { offset: 0 })
  quiet.connect(mix)
  quiet.start()
  const sources = new Map<MediaStreamTrack, MediaStreamAudioSourceNode>()
  const silence = (source: MediaStreamTrack): void => {
    sources.get(source)?.disconnect()
    sources.delete(source)
  }
  onAbort(signal, () => {
    for (const source of sources.keys()) silence(source)
    quiet.stop()
    quiet.disconnect()
    track.stop()
  })
  return {
    track,
    hear(people) {
      const wanted = new Set(people.flatMap(({ microphone, screenAudio }) => [microphone, screenAudio]).filter((each) => each !== null))
      for (const source of sources.keys()) if (!wanted.has(source)) silence(source)
      for (const source of wanted) {
        if (sources.has(source)) continue
        const node = context.createMediaStreamSource(new MediaStream([source]))
        node.connect(mix)
        sources.set(source, node)
      }
    },
  }
}
