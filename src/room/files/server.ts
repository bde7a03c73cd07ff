import { delay, type Lifetime } from '../../util/abort.ts'
import { createLog } from '../../util/log.ts'
import { TokenBucket } from '../../util/token-bucket.ts'
import type { Rate } from '../../util/token-bucket.ts'
import { encodeFileData, MAX_ASKS, MAX_FILE_MESSAGE_BYTES } from '../../wire/index.ts'
import type { FileMessage } from '../../wire/index.ts'
import type { FilePort } from '../ports.ts'

const log = createLog('files')

/** Asks served, each of which costs a look at the disk: more than any path needs at the size they have on it. */
const ASK_RATE: Rate = { perSecond: 400, burst: 400 }
/** Bytes of a file in one message: with its header it is as long as a message may be. */
const PART_BYTES = MAX_FILE_MESSAGE_BYTES - 4

export type AskMessage = Extract<FileMessage, { kind: 'ask' }>

export interface ServerOptions extends Lifetime {
  port: FilePort
  /** The file of that id, or undefined when it is not offered. */
  open: (id: string) => Blob | undefined
  /** The receiver has got, or is about to get, the bytes up to `at`. */
  onServed: (id: string, at: number) => void
  /** There is no such file, or not that far, or it cannot be read. */
  onGone: (id: string, isUnreadable: boolean) => void
  now: () => number
}

/** Serves one receiver's asks, one after the other. What is in memory at any time is one ask's bytes. */
export class Server {
  readonly #options: ServerOptions
  readonly #rate: TokenBucket
  #queue: AskMessage[] = []
  #isServing = false
  /** Grows with each `stop`, so that an ask which is being served ends. */
  readonly #stops = new Map<string, number>()

  constructor(options: ServerOptions) {
    this.#options = options
    this.#rate = new TokenBucket(ASK_RATE, options.now())
  }

  /** Takes an ask; false when too many wait. */
  take(ask: AskMessage): boolean {
    if (this.#queue.length >= MAX_ASKS) return false
    const file = this.#options.open(ask.file)
    if (file === undefined || ask.at + ask.bytes > file.size) {
      this.#options.onGone(ask.file, false)
      return true
    }
    this.#queue.push(ask)
    if (!this.#isServing) void this.#serve()
    return true
  }

  /** Forgets what was asked of a file. */
  stop(id: string): void {
    this.#queue = this.#queue.filter(({ file }) => file !== id)
    if (this.#isServing && this.#options.open(id) !== undefined) this.#stops.set(id, (this.#stops.get(id) ?? 0) + 1)
  }

  async #serve(): Promise<void> {
    const { signal, now } = this.#options
    this.#isServing = true
    while (!signal.aborted) {
      const [ask] = this.#queue
      if (ask === undefined) break
      const waitMs = this.#rate.waitMs(1, now())
      if (waitMs > 0) await delay(waitMs, signal)
      else {
        this.#rate.take(1, now())
        await this.#answer(ask)
        // It is in its place for as long as it is served, so that it counts.
        if (this.#queue[0] === ask) this.#queue.shift()
      }
    }
    this.#stops.clear()
    this.#isServing = false
  }

  async #answer({ file: id, ask, at, bytes }: AskMessage): Promise<void> {
    const { open, onServed, onGone, signal } = this.#options
    const stops = this.#stops.get(id)
    const isWanted = (): boolean => !signal.aborted && this.#stops.get(id) === stops && open(id) !== undefined
    const file = open(id)
    if (file === undefined) return
    let content: Uint8Array
    try {
      content = new Uint8Array(await file.slice(at, at + bytes).arrayBuffer())
      if (content.length !== bytes) throw new RangeError('the file is shorter than it was')
    } catch (error) {
      log.warn('a file cannot be read any more', error)
      if (isWanted()) onGone(id, true)
      return
    }
    for (let from = 0; from < bytes && isWanted(); from += PART_BYTES) {
      if (!await this.#send(encodeFileData(ask, content.subarray(from, from + PART_BYTES)))) return
    }
    if (isWanted()) onServed(id, at + bytes)
  }

  /** Hands on what the browser takes without keeping it for long; false when the port is closed. */
  async #send(message: Uint8Array<ArrayBuffer>): Promise<boolean> {
    const { port, signal } = this.#options
    while (!signal.aborted && port.isOpen.peek()) {
      await port.drained(signal)
      if (port.send(message)) return true
      // Nothing waits in this port, and yet the connection takes nothing: its other channels have filled it.
      await delay(50, signal)
    }
    return false
  }
}
