import { Summer } from '../../src/room/files/sum.ts'
import type { OpenSink, Sink } from '../../src/room/files/sink.ts'
import { FILE_BLOCK_BYTES } from '../../src/wire/index.ts'

/** A place in memory. What a key has kept is there again for the next sink of that key, unless it was thrown away. */
export class FakeDisk {
  readonly kept = new Map<string, number[] | Uint8Array>()
  readonly sinks: FakeSink[] = []
  /** Bytes there is room for. */
  room = Infinity
  /** While this is set nothing is written: the disk is slow. */
  isStuck = false

  readonly open: OpenSink = (key, size, into) => {
    const sink = new FakeSink(this, key, size, into !== null)
    this.sinks.push(sink)
    return sink
  }
}

export class FakeSink implements Sink {
  readonly opened: Promise<number>
  readonly isSaved: boolean
  written = 0
  state: 'open' | 'kept' | 'discarded' | 'released' = 'open'
  onWritten = (): void => undefined
  onBroken = (_error: unknown): void => undefined
  readonly #disk: FakeDisk
  readonly #bytes: Uint8Array
  #given = 0

  constructor(disk: FakeDisk, key: string, size: number, isSaved: boolean) {
    this.#disk = disk
    this.isSaved = isSaved
    this.#bytes = new Uint8Array(Math.min(size, 33_554_432))
    const before = disk.kept.get(key) ?? []
    const whole = Math.floor(before.length / FILE_BLOCK_BYTES) * FILE_BLOCK_BYTES
    this.#bytes.set(before.slice(0, whole))
    this.#given = this.written = whole
    this.opened = Promise.resolve(whole)
    this.#keep = () => disk.kept.set(key, this.#bytes.slice(0, this.written))
    this.#drop = () => disk.kept.delete(key)
  }

  readonly #keep: () => void
  readonly #drop: () => void

  /** Bytes that wait for the disk. */
  get unwritten(): number {
    return this.#given - this.written
  }

  get content(): Uint8Array {
    return this.#bytes.slice(0, this.#given)
  }

  write(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#given + bytes.length > this.#disk.room) return this.onBroken(new DOMException('full', 'QuotaExceededError'))
    this.#bytes.set(bytes, this.#given)
    this.#given += bytes.length
    queueMicrotask(() => this.flush())
  }

  /** What waits is written, unless the disk is stuck. */
  flush(): void {
    if (this.#disk.isStuck || this.state !== 'open') return
    this.written = this.#given
    this.onWritten()
  }

  async sum(): Promise<string> {
    const summer = new Summer()
    for (let at = 0; at < this.#given; at += FILE_BLOCK_BYTES) await summer.add(this.#bytes.slice(at, Math.min(this.#given, at + FILE_BLOCK_BYTES)))
    return await summer.sum()
  }

  async keep(): Promise<Blob> {
    this.state = 'kept'
    return new Blob([this.content.slice()])
  }

  discard(): void {
    this.state = 'discarded'
    this.#drop()
  }

  release(): void {
    this.state = 'released'
    this.#keep()
  }
}
