import { joined } from './ebml.ts'
import { closeClusters, complete, MAX_BEGINNING_BYTES, prepared, readBeginning, type Beginning, type WritableFile } from './webm-file.ts'
import { WebmScan } from './webm-scan.ts'

/** A file that can be read as well. */
export interface ReadableFile extends WritableFile {
  read(bytes: Uint8Array, at: number): number
  size(): number
}

/** One file that grows while it is recorded. What is not WebM (MP4, where a browser records nothing else) is written as it comes. */
export class TakeFile {
  readonly #file: WritableFile
  /** Bytes written. */
  size = 0
  #waiting: Uint8Array = new Uint8Array()
  #beginning: Beginning | null = null
  #scan: WebmScan | null = null
  #isPlain = false

  /** @param file empty */
  constructor(file: WritableFile) {
    this.#file = file
  }

  /** Writes the next piece. @throws whatever writing throws, above all when the disk is full */
  push(chunk: Uint8Array): void {
    if (this.#scan !== null || this.#isPlain) return this.#write(chunk)
    this.#waiting = joined([this.#waiting, chunk])
    try {
      const start = prepared(this.#waiting)
      if (start === null) return
      const rest = this.#waiting.subarray(start.used)
      // Its end is found where the first cluster begins, of which enough has come.
      this.#beginning = readBeginning(joined([start.bytes, rest.subarray(0, 16)]))
      this.#scan = new WebmScan(this.#beginning.video, start.bytes.length)
      this.#file.write(start.bytes, 0)
      this.size = start.bytes.length
      this.#waiting = rest
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.#isPlain = true
    }
    const waiting = this.#waiting
    this.#waiting = new Uint8Array()
    this.#write(waiting)
  }

  /** Nothing more comes: makes the file seekable. */
  finish(): void {
    if (this.#waiting.length > 0) this.#write(this.#waiting)
    if (this.#beginning !== null && this.#scan !== null) complete(this.#file, this.#beginning, this.#scan)
  }

  #write(chunk: Uint8Array): void {
    this.#file.write(chunk, this.size)
    this.size += chunk.length
    this.#scan?.push(chunk)
    if (this.#scan !== null) closeClusters(this.#file, this.#scan)
  }
}

/** Read at a time. */
const PIECE_BYTES = 1024 * 1024

/** Makes a file seekable that a crash has left as it was. What is not WebM stays as it is. */
export function repair(file: ReadableFile): void {
  const size = file.size()
  const start = new Uint8Array(Math.min(size, MAX_BEGINNING_BYTES))
  file.read(start, 0)
  let beginning: Beginning
  try {
    beginning = readBeginning(start)
  } catch (error) {
    if (error instanceof RangeError) return
    throw error
  }
  // Not one of ours, or not WebM in milliseconds.
  if (beginning.reservedAt === null) return
  const scan = new WebmScan(beginning.video, beginning.end)
  const piece = new Uint8Array(PIECE_BYTES)
  for (let at = beginning.end; at < size;) {
    const read = file.read(piece, at)
    if (read === 0) break
    scan.push(piece.subarray(0, read))
    at += read
  }
  complete(file, beginning, scan)
}
