/** Turns one frame into another, for the caller to close; undefined where one is left out. `isFirst`: of another camera than those before. */
export type MakeFrame = (frame: VideoFrame, isFirst: boolean) => Promise<VideoFrame | undefined>

/**
 * Carries frames from a camera to a track through `make`, one at a time; the camera drops those that come meanwhile. Every frame
 * that was read is closed. The camera may be exchanged; the track ends with `close`.
 */
export class FrameLine {
  readonly #writer: WritableStreamDefaultWriter<VideoFrame>
  readonly #make: MakeFrame
  readonly #onFrame: () => void
  #reader: ReadableStreamDefaultReader<VideoFrame> | null = null
  #running: Promise<void> = Promise.resolve()

  constructor(writable: WritableStream<VideoFrame>, make: MakeFrame, onFrame: () => void) {
    this.#writer = writable.getWriter()
    this.#make = make
    this.#onFrame = onFrame
  }

  /** Goes over to these frames; resolves when they end, rejects when `make` does. */
  async input(readable: ReadableStream<VideoFrame>): Promise<void> {
    const before = this.#running
    const done = Promise.withResolvers<void>()
    this.#running = done.promise
    this.#reader?.cancel().catch(() => undefined)
    const reader = this.#reader = readable.getReader()
    try {
      await before
      await this.#carry(reader)
    } finally {
      done.resolve()
    }
  }

  async #carry(reader: ReadableStreamDefaultReader<VideoFrame>): Promise<void> {
    for (let isFirst = true; ; isFirst = false) {
      const { value: frame } = await reader.read()
      if (frame === undefined) return
      // What was read while another camera took over is not shown after that one's pictures.
      const made = reader === this.#reader ? await this.#make(frame, isFirst).finally(() => frame.close()) : void frame.close()
      if (made === undefined) continue
      try {
        await this.#writer.write(made)
        this.#onFrame()
      } catch {
        // The track was stopped: nobody takes pictures any more.
        made.close()
        return void reader.cancel().catch(() => undefined)
      }
    }
  }
}
