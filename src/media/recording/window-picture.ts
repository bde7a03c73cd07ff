import { onAbort } from '../../util/abort.ts'
import { Painter } from './painter.ts'
import type { Painting, PictureFormat, PictureLifetime } from './picture.ts'

/** Paints in the page itself, for browsers that give frames to no worker. The beat is a worker's all the same. */
export function windowPicture({ width, height, framesPerSecond }: PictureFormat, { signal, onFailure }: PictureLifetime): Painting {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d', { alpha: false })
  if (context === null) throw new DOMException('no canvas', 'NotSupportedError')
  const painter = new Painter(context)
  const [track] = canvas.captureStream(framesPerSecond).getVideoTracks()
  if (track === undefined) throw new DOMException('no track of a canvas', 'NotSupportedError')
  const videos = new Map<string, HTMLVideoElement>()
  const forget = (id: string): void => {
    const video = videos.get(id)
    if (video !== undefined) video.srcObject = null
    videos.delete(id)
  }
  const beat = new Worker(new URL('./beat-worker.ts', import.meta.url), { type: 'module' })
  beat.addEventListener('message', () => {
    for (const [id, video] of videos) painter.paint(id, video, video.videoWidth, video.videoHeight)
  })
  beat.addEventListener('error', ({ message }) => onFailure(new Error(`nothing is painted: ${message}`)), { signal })
  beat.postMessage(1_000 / framesPerSecond)
  onAbort(signal, () => {
    beat.terminate()
    track.stop()
    for (const id of videos.keys()) forget(id)
  })
  return {
    track,
    forget,
    cards: (cards) => painter.show(cards),
    follow(id, source) {
      forget(id)
      const video = document.createElement('video')
      video.muted = true
      video.srcObject = new MediaStream([source])
      // Muted, it is allowed to; where it was taken away again meanwhile, nothing is to be shown.
      video.play().catch(() => undefined)
      videos.set(id, video)
    },
  }
}
