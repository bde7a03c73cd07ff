/** Worker: paints frames of several tracks into one track. Timers of a worker go on while its page is hidden. */
import type { Card } from './cards.ts'
import { FrameReader } from './frame-reader.ts'
import { PlanePainter } from './plane-painter.ts'

/** What the page says. `frames` of a cell follow once; `forget` ends them. */
export type PictureMessage =
  | { kind: 'start', width: number, height: number, framesPerSecond: number, out: WritableStream<VideoFrame> }
  | { kind: 'show', cards: Card[] }
  | { kind: 'frames', id: string, frames: ReadableStream<VideoFrame> }
  | { kind: 'forget', id: string }
  | { kind: 'stop' }

/** A picture in which nothing moves is said again so often, milliseconds, so that the file's time goes on. */
const STILL_MS = 1_000

let painter: PlanePainter | null = null
let timer: ReturnType<typeof setInterval> | undefined
/** Of what comes faster than it is written, some is left out. Milliseconds between two pictures of one track. */
let paceMs = 0
const readers = new Map<string, ReadableStreamDefaultReader<VideoFrame>>()
let writer: WritableStreamDefaultWriter<VideoFrame> | null = null

function start({ width, height, framesPerSecond, out }: Extract<PictureMessage, { kind: 'start' }>): void {
  const paint = painter = new PlanePainter(width, height)
  const output = writer = out.getWriter()
  paceMs = 800 / framesPerSecond
  let saidAt = -Infinity
  timer = setInterval(() => {
    const now = performance.now()
    // Who takes the frames is behind: a frame more would only wait.
    if ((!paint.changed && now - saidAt < STILL_MS) || (output.desiredSize ?? 0) <= 0) return
    paint.changed = false
    saidAt = now
    const frame = new VideoFrame(paint.bytes, { format: 'I420', codedWidth: width, codedHeight: height, timestamp: Math.round(now * 1_000) })
    // Closed here too: one that went to another thread would lie here until the memory is tidied up.
    output.write(frame).then(() => frame.close(), () => frame.close())
  }, 1_000 / framesPerSecond)
}

async function follow(id: string, frames: ReadableStream<VideoFrame>): Promise<void> {
  const reader = frames.getReader()
  readers.set(id, reader)
  if (painter === null) return
  const frameReader = new FrameReader(painter, id)
  const isWanted = (): boolean => readers.get(id) === reader
  let paintedAt = -Infinity
  for (;;) {
    const { value: frame } = await reader.read()
    if (frame === undefined) return
    try {
      const now = performance.now()
      if (!isWanted() || now - paintedAt < paceMs) continue
      paintedAt = now
      await frameReader.paint(frame, isWanted)
    } finally {
      frame.close()
    }
  }
}

function forget(id: string): void {
  const reader = readers.get(id)
  readers.delete(id)
  // A track that has ended has closed its stream already.
  reader?.cancel().catch(() => undefined)
}

addEventListener('message', ({ data }: MessageEvent<PictureMessage>) => {
  switch (data.kind) {
    case 'start': return start(data)
    case 'show': return painter?.show(data.cards)
    case 'frames':
      forget(data.id)
      // A track that ends takes its frames with it; the card comes with the next message.
      follow(data.id, data.frames).catch(() => undefined)
      return
    case 'forget': return forget(data.id)
    case 'stop':
      clearInterval(timer)
      for (const id of readers.keys()) forget(id)
      writer?.close().catch(() => undefined)
      return close()
    default: return data satisfies never
  }
})
