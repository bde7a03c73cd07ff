/** Frames of tracks in workers, where a browser has it. https://w3c.github.io/mediacapture-transform/ */

interface TrackProcessor { readonly readable: ReadableStream<VideoFrame> }
type Processor = new (init: { track: MediaStreamTrack, maxBufferSize?: number }) => TrackProcessor
type Generator = new (init: { kind: 'video' }) => MediaStreamTrack & { readonly writable: WritableStream<VideoFrame> }

/** Chromium's shape of it, in which tracks stay in the window and their streams of frames go to the worker. */
export interface Insertable {
  framesOf(track: MediaStreamTrack): ReadableStream<VideoFrame>
  newTrack(): { track: MediaStreamTrack, writable: WritableStream<VideoFrame> }
}

/** Null where this browser has it in another shape, or not at all. */
export function insertable(): Insertable | null {
  const { MediaStreamTrackProcessor, MediaStreamTrackGenerator } = globalThis as
    { MediaStreamTrackProcessor?: Processor, MediaStreamTrackGenerator?: Generator }
  if (MediaStreamTrackProcessor === undefined || MediaStreamTrackGenerator === undefined) return null
  return {
    // One frame waits at most: who is late gets the newest.
    framesOf: (track) => new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable,
    newTrack: () => {
      const generated = new MediaStreamTrackGenerator({ kind: 'video' })
      return { track: generated, writable: generated.writable }
    },
  }
}
