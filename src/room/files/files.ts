import { onAbort, type Lifetime } from '../../util/abort.ts'
import { signal as createSignal, type ReadonlySignal, type Signal } from '../../util/signals.ts'
import { MAX_FILE_BYTES, parseFileName, parseFileType } from '../../wire/index.ts'
import type { ChatLine, FileInfo, PeerKey } from '../../wire/index.ts'
import type { FilePort } from '../ports.ts'
import type { Conversation } from './conversation.ts'
import type { Exchange } from './exchange.ts'
import { MAX_OFFERS, type FileState, type FilesView } from './types.ts'

/** Messages that wait for the code that understands them; nobody honest says more before it is answered. */
const MAX_EARLY = 64

/** One join, as far as files need it. */
export interface FileSession extends Lifetime {
  /** Says a line of ours that offers a file; null when it cannot be said. */
  offer: (file: FileInfo) => ChatLine | null
  /** Who has offered a file, as far as the chat tells. */
  authorOf: (id: string) => PeerKey | undefined
  /** What a member is called now; empty when it is not here. */
  nameOf: (peer: PeerKey) => string
}

interface Attached extends Lifetime {
  peer: PeerKey
  port: FilePort
  early: unknown[]
  conversation: Conversation | null
}

/** The files of this page's calls. Their code is loaded with the first of them, or with the first word of somebody about one. */
export class Files implements FilesView {
  readonly #states = new Map<string, Signal<FileState>>()
  readonly #busy = createSignal(false)
  readonly #attached = new Set<Attached>()
  readonly #now: () => number
  #session: FileSession | null = null
  #exchange: Exchange | null = null
  #loading: Promise<void> | null = null

  /** `now`: milliseconds, of a clock that does not jump. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  get busy(): ReadonlySignal<boolean> { return this.#busy }

  state(id: string): ReadonlySignal<FileState> { return this.#state(id) }

  /** Begins with a join, and ends with its signal. */
  enter(session: FileSession): void {
    this.#session = session
    this.#loading = null
    onAbort(session.signal, () => {
      if (this.#session !== session) return
      this.#session = this.#exchange = this.#loading = null
      this.#attached.clear()
      this.#states.clear()
      this.#busy.value = false
    })
  }

  /** Uses a port for talking with a member about files, until the signal aborts. */
  attach(peer: PeerKey, port: FilePort, { signal }: Lifetime): void {
    const attached: Attached = { peer, port, signal, early: [], conversation: null }
    this.#attached.add(attached)
    onAbort(signal, () => this.#attached.delete(attached))
    port.listen((data) => {
      if (attached.conversation !== null) return attached.conversation.take(data)
      if (attached.early.push(data) > MAX_EARLY) port.shut()
      // Without its code nothing can be answered; the other side asks again.
      this.prepare().catch(() => { attached.early.length = 0 })
    })
    if (this.#exchange !== null) this.#join(attached, this.#exchange)
  }

  prepare(): Promise<void> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = null
      throw error
    })
    return this.#loading
  }

  async offer(files: readonly File[]): Promise<readonly File[]> {
    const session = this.#session
    await this.prepare()
    // What was meant for those of one call must not be offered in the next.
    if (session === null || session !== this.#session) return files
    return files.filter((file, index) => {
      const info = { name: parseFileName(file.name), size: file.size, type: parseFileType(file.type) }
      const line = index < MAX_OFFERS && file.size <= MAX_FILE_BYTES ? session.offer(info) : null
      if (!line) return true
      this.#exchange?.share(line.id, file)
      return false
    })
  }

  withdraw(id: string): void {
    this.#exchange?.withdraw(id)
  }

  async fetch(line: ChatLine, into: FileSystemFileHandle | null): Promise<void> {
    const session = this.#session
    await this.prepare()
    if (session === this.#session && line.file !== null) this.#exchange?.fetch(line, into)
  }

  pause(id: string): void {
    this.#exchange?.fetcher(id)?.pause()
  }

  resume(id: string): void {
    this.#exchange?.fetcher(id)?.resume()
  }

  cancel(id: string): void {
    this.#exchange?.cancel(id)
  }

  async #load(): Promise<void> {
    const session = this.#session
    const [{ Exchange }, { openSink }, { sweepFiles }] = await Promise.all([import('./exchange.ts'), import('./disk/open-sink.ts'), import('./disk/sweep.ts')])
    // The call may have ended meanwhile, or another have begun.
    if (session === null || this.#session !== session || this.#exchange !== null) return
    this.#exchange = new Exchange({
      ...session, state: (id) => this.#state(id), busy: this.#busy, openSink, now: this.#now,
    })
    // What pages that are gone have left behind.
    void sweepFiles()
    for (const attached of this.#attached) this.#join(attached, this.#exchange)
  }

  #join(attached: Attached, exchange: Exchange): void {
    const { peer, port, early } = attached
    if (attached.signal.aborted) return
    attached.conversation = exchange.attach(peer, port, attached)
    for (const data of early.splice(0)) attached.conversation.take(data)
  }

  #state(id: string): Signal<FileState> {
    const known = this.#states.get(id)
    if (known !== undefined) return known
    const state = createSignal<FileState>({ phase: 'offered' })
    this.#states.set(id, state)
    return state
  }
}
