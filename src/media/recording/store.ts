import { onAbort, type Lifetime } from '../../util/abort.ts'
import type { StoreReply, StoreRequest } from './store-worker.ts'
import type { RecordingAbout } from './types.ts'

/** Folder of all recordings in the browser's private file system, and what describes one of them in its own folder. */
export const FOLDER = 'recordings'
export const ABOUT = 'about.json'

/** Held by the tab that writes a recording, so that no other takes it for one that was cut. */
export function lockName(id: string): string {
  return `parley-recording-${id}`
}

/** Writing failed; `code` is the name of the worker's error. */
export class StoreError extends Error {
  readonly code: string

  constructor(code: string) {
    super(`a recording could not be written: ${code}`)
    this.name = 'StoreError'
    this.code = code
  }
}

/** Writes one recording's files by a worker, in order. The worker ends with its signal. */
export class Store {
  readonly #worker: Worker
  readonly #calls = new Map<number, PromiseWithResolvers<number>>()
  readonly #id: string
  #last = 0
  /** Why its worker answers no more: calls after that are refused at once, or they would wait for ever. */
  #broken: string | null = null

  constructor(id: string, { signal }: Lifetime) {
    this.#id = id
    this.#worker = new Worker(new URL('./store-worker.ts', import.meta.url), { type: 'module' })
    this.#worker.addEventListener('message', ({ data }: MessageEvent<StoreReply>) => {
      const call = this.#calls.get(data.call)
      this.#calls.delete(data.call)
      if (data.error === null) call?.resolve(data.size)
      else call?.reject(new StoreError(data.error))
    })
    this.#worker.addEventListener('error', () => this.#fail('Error'))
    onAbort(signal, () => {
      this.#worker.terminate()
      this.#fail('AbortError')
    })
  }

  /** Begins an empty file. @throws {StoreError} by rejecting, as all of these */
  open(name: string): Promise<number> {
    return this.#ask({ kind: 'open', path: this.#path(name) })
  }

  /** Appends to an open file; resolves its size in bytes once that is written. Takes the bytes away. */
  push(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
    return this.#ask({ kind: 'push', path: this.#path(name), bytes }, [bytes.buffer])
  }

  /** Makes an open file seekable, and closes it; resolves its size in bytes. */
  close(name: string): Promise<number> {
    return this.#ask({ kind: 'close', path: this.#path(name) })
  }

  describe(about: RecordingAbout): Promise<number> {
    return this.#ask({ kind: 'write', path: this.#path(ABOUT), text: JSON.stringify(about, null, 2) })
  }

  /** Makes a file seekable that was never closed. */
  repair(name: string): Promise<number> {
    return this.#ask({ kind: 'repair', path: this.#path(name) })
  }

  #path(name: string): string[] {
    return [FOLDER, this.#id, name]
  }

  #ask(request: StoreRequest, transfer: Transferable[] = []): Promise<number> {
    if (this.#broken !== null) return Promise.reject(new StoreError(this.#broken))
    const call = ++this.#last
    const answer = Promise.withResolvers<number>()
    this.#calls.set(call, answer)
    this.#worker.postMessage({ call, request }, { transfer })
    return answer.promise
  }

  #fail(code: string): void {
    this.#broken ??= code
    for (const call of this.#calls.values()) call.reject(new StoreError(code))
    this.#calls.clear()
  }
}
