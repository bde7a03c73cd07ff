import { onAbort, type Lifetime } from '../../util/abort.ts'
import { effect, signal, type ReadonlySignal, type Signal } from '../../util/signals.ts'
import type { Sections } from './transceivers.ts'
import type { RemoteMedia } from '../types.ts'

/**
 * The peer's media as three streams. They stay the same objects when the connection below is exchanged, so that an
 * element which plays one plays on without a new permission to make sound.
 */
export class RemoteStreams {
  readonly #media: Signal<RemoteMedia> = signal({ audio: null, camera: null, screen: null })

  /** Follows the sections in which the peer sends. Its end is the peer's: there are no streams then. */
  constructor(sections: ReadonlySignal<Sections | null>, { signal: lifetime }: Lifetime) {
    onAbort(lifetime, effect(() => {
      if (sections.value !== null) this.#show(sections.value)
    }))
    onAbort(lifetime, () => { this.#media.value = { audio: null, camera: null, screen: null } })
  }

  get media(): ReadonlySignal<RemoteMedia> { return this.#media }

  /** Takes the tracks of these sections in place of the earlier ones. */
  #show({ microphone, camera, screen, screenAudio }: Sections): void {
    const { audio, camera: face, screen: shared } = this.#media.peek()
    const next = {
      audio: fill(audio, microphone),
      camera: fill(face, camera),
      screen: fill(shared, screen, screenAudio),
    }
    if (audio === null) this.#media.value = next
  }
}

function fill(existing: MediaStream | null, ...transceivers: RTCRtpTransceiver[]): MediaStream {
  const stream = existing ?? new MediaStream()
  const tracks = transceivers.map(({ receiver }) => receiver.track)
  for (const track of stream.getTracks()) if (!tracks.includes(track)) stream.removeTrack(track)
  for (const track of tracks) stream.addTrack(track)
  return stream
}
