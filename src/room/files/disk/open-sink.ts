import { createLog } from '../../../util/log.ts'
import type { OpenSink, Sink } from '../sink.ts'
import { hold, type Hold } from './hold.ts'
import type { FromSink, ToSink } from './messages.ts'
import { FOLDER } from './sweep.ts'

const log = createLog('files')

/** A file that is not yet whole is thrown away so long after the call, milliseconds, unless the page is gone by then. */
const RELEASE_MS = 1_000
/** One that is whole: the browser may still be copying it to where the person saves it. */
const SAVED_MS = 60_000

/** Opens the place of a file in a worker of its own: chosen by the person, in the browser's file system, or in memory. */
export const openSink: OpenSink = (key, size, into) => new WorkerSink(key, size, into)

class WorkerSink implements Sink {
  readonly opened: Promise<number>
  readonly isSaved: boolean
  onWritten = (): void => undefined
  onBroken = (_error: unknown): void => undefined
  readonly #worker = new Worker(new URL('./sink-worker.ts', import.meta.url), { type: 'module' })
  /** Null where the person has chosen the place. */
  readonly #hold: Promise<Hold | null>
  #written = 0
  #isKept = false
  #isOver = false
  #settle: { resolve: (answer: FromSink) => void, reject: (error: unknown) => void } | null = null

  constructor(key: string, size: number, into: FileSystemFileHandle | null) {
    this.isSaved = into !== null
    this.#hold = into === null ? nameOf(key).then(hold) : Promise.resolve(null)
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromSink>) => this.#hear(data))
    this.#worker.addEventListener('error', (event) => this.#break(new Error('the worker failed', { cause: event })))
    this.opened = this.#hold.then((held) => this.#ask({ kind: 'open', name: held?.name ?? '', size, into })).then((answer) => {
      this.#written = answer.kind === 'opened' ? answer.kept : 0
      return this.#written
    })
  }

  get written(): number { return this.#written }

  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.#say({ kind: 'write', bytes }, [bytes.buffer])
  }

  async sum(): Promise<string> {
    const answer = await this.#ask({ kind: 'sum' })
    return answer.kind === 'sum' ? answer.sum : ''
  }

  async keep(): Promise<Blob> {
    const answer = await this.#ask({ kind: 'keep' })
    if (answer.kind !== 'kept') throw new Error('not kept')
    this.#isKept = true
    this.#end()
    return answer.file
  }

  discard(): void {
    if (this.#isKept && !this.isSaved) void this.#remove()
    // After the worker's `ended`, or `broken` if there was nothing to throw away.
    else if (!this.#isOver) this.#say({ kind: 'discard' })
  }

  release(): void {
    setTimeout(() => this.discard(), this.#isKept ? SAVED_MS : RELEASE_MS)
  }

  #hear(answer: FromSink): void {
    switch (answer.kind) {
      case 'written':
        this.#written = answer.bytes
        return this.onWritten()
      case 'broken': return this.#break(new DOMException(answer.message, answer.name))
      case 'ended': return this.#end()
      default: {
        const settle = this.#settle
        this.#settle = null
        settle?.resolve(answer)
      }
    }
  }

  #break(error: unknown): void {
    if (this.#isOver) return
    log.warn('a file cannot be written', error)
    this.#end()
    const settle = this.#settle
    this.#settle = null
    if (settle === null) this.onBroken(error)
    else settle.reject(error)
  }

  /** One question at a time is open. */
  #ask(message: ToSink): Promise<FromSink> {
    return new Promise((resolve, reject) => {
      if (this.#isOver) return reject(new DOMException('the file is closed', 'InvalidStateError'))
      this.#settle = { resolve, reject }
      this.#say(message)
    })
  }

  #say(message: ToSink, transfer: Transferable[] = []): void {
    if (!this.#isOver) this.#worker.postMessage(message, transfer)
  }

  #end(): void {
    this.#isOver = true
    this.#worker.terminate()
    // What is kept is in use until it is thrown away.
    if (!this.#isKept) void this.#letGo()
  }

  async #letGo(): Promise<void> {
    (await this.#hold)?.letGo()
  }

  async #remove(): Promise<void> {
    try {
      const root = await navigator.storage.getDirectory()
      const folder = await root.getDirectoryHandle(FOLDER)
      await folder.removeEntry((await this.#hold)?.name ?? '')
    } catch (error) {
      // It was in memory, or somebody has cleared the browser's data.
      log.debug('nothing to remove', error)
    } finally {
      await this.#letGo()
    }
  }
}

/** What members say never becomes part of a path. */
async function nameOf(key: string): Promise<string> {
  const sum = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key))
  return Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
