/** Worker: makes pictures with a background out of a figure that sways, and tells how long each took. */
import type { Background } from '../../src/media/effects/background/messages.ts'
import { Outline } from '../../src/media/effects/background/outline.ts'
import { PictureMaker } from '../../src/media/effects/background/picture-maker.ts'
import { loadSegmenter } from '../../src/media/effects/background/segmenter.ts'

export interface FramesWanted {
  width: number
  height: number
  frames: number
  background: Background
}

/** Milliseconds: of loading the model, of looking for the person in a picture, and of all that is done for one. */
export interface FramesTaken {
  loadMs: number
  outlineMs: number[]
  pictureMs: number[]
}

addEventListener('message', ({ data }: MessageEvent<FramesWanted>) => void measure(data).then((taken) => postMessage(taken)))

async function measure({ width, height, frames, background }: FramesWanted): Promise<FramesTaken> {
  const begun = performance.now()
  const segmenter = await loadSegmenter()
  const loadMs = performance.now() - begun
  const outline = new Outline(segmenter)
  const maker = new PictureMaker(segmenter, background, () => undefined)
  const taken: FramesTaken = { loadMs, outlineMs: [], pictureMs: [] }
  for (let index = 0; index < frames; index++) {
    const frame = figure(width, height, index)
    taken.outlineMs.push(await timed(() => outline.look(frame)))
    taken.pictureMs.push(await timed(async () => (await maker.make(frame, false))?.close()))
    frame.close()
  }
  return taken
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

function figure(width: number, height: number, index: number): VideoFrame {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no 2D context')
  context.fillStyle = '#a860a8'
  context.fillRect(0, 0, width, height)
  context.translate(width / 2 + Math.sin(index) * height / 50, height)
  context.scale(height, height)
  for (const [y, rx, ry, colour] of [[-0.02, 0.42, 0.36, '#22304f'], [-0.62, 0.165, 0.21, '#2b1b12'], [-0.57, 0.135, 0.18, '#d9a384']] as const) {
    context.fillStyle = colour
    context.beginPath()
    context.ellipse(0, y, rx, ry, 0, 0, 2 * Math.PI)
    context.fill()
  }
  return new VideoFrame(canvas, { timestamp: index * 33_333 })
}
