import { onAbort, type Lifetime } from '../../util/abort.ts'
import { effect, type Signal } from '../../util/signals.ts'
import type { ChatLine, PeerKey } from '../../wire/index.ts'
import type { FilePort } from '../ports.ts'
import { Conversation } from './conversation.ts'
import { Fetcher } from './fetcher.ts'
import { Shelf, type Receiver } from './shelf.ts'
import type { OpenSink } from './sink.ts'
import type { FileState } from './types.ts'

/** How often progress is shown, milliseconds. */
const TICK_MS = 250
/** Files received at once, of all members; further ones wait until one is over. */
const MAX_FETCHERS = 32

export interface ExchangeOptions extends Lifetime {
  /** Where the state of each file is shown. */
  state: (id: string) => Signal<FileState>
  /** Whether leaving would break something off. */
  busy: Signal<boolean>
  /** Who has offered a file, as far as the chat tells. */
  authorOf: (id: string) => PeerKey | undefined
  /** What a member is called now. */
  nameOf: (peer: PeerKey) => string
  openSink: OpenSink
  now: () => number
}

/** What somebody wants to have. */
interface Wish {
  line: ChatLine
  into: FileSystemFileHandle | null
}

interface Fetch {
  fetcher: Fetcher
  owner: PeerKey
  unfollow: () => void
}

/** All files of one join: ours on the shelf, theirs on their way to us, and the talk about them with each member. */
export class Exchange {
  readonly #options: ExchangeOptions
  readonly #shelf: Shelf
  readonly #fetches = new Map<string, Fetch>()
  /** Files that wait for their turn, in order. */
  readonly #wishes = new Map<string, Wish>()
  /** The present conversation with each member, in so far as its port is open. */
  readonly #open = new Map<PeerKey, Conversation>()
  #ticking: ReturnType<typeof setInterval> | undefined

  constructor(options: ExchangeOptions) {
    this.#options = options
    this.#shelf = new Shelf(options.now)
    onAbort(options.signal, () => this.#close())
  }

  /** Begins to talk with a member on a port, until the signal aborts; returns what takes that port's messages. */
  attach(peer: PeerKey, port: FilePort, { signal }: Lifetime): Conversation {
    const conversation = new Conversation({
      port, signal, now: this.#options.now,
      open: (id) => this.#shelf.file(id),
      onServed: (id, at) => {
        this.#shelf.serve(id, this.#receiver(peer), at, false)
        this.#wake()
      },
      onGone: (id, isUnreadable) => {
        if (isUnreadable) this.withdraw(id)
        else conversation.say({ kind: 'gone', file: id })
      },
      fetcher: (id) => {
        const fetch = this.#fetches.get(id)
        return fetch?.owner === peer ? fetch.fetcher : undefined
      },
      onCheck: (id) => void this.#tellSum(conversation, id),
      onDone: (id) => {
        this.#shelf.serve(id, this.#receiver(peer), this.#shelf.file(id)?.size ?? 0, true)
        this.#wake()
      },
      onWithdrawn: (id) => this.#withdrawn(peer, id),
    })
    this.#followPort(peer, port, conversation, signal)
    return conversation
  }

  /** Puts a file of ours on the shelf. */
  share(id: string, file: Blob): void {
    this.#shelf.add(id, file, this.#options.state(id))
  }

  withdraw(id: string): void {
    if (!this.#shelf.remove(id)) return
    for (const conversation of this.#open.values()) conversation.say({ kind: 'gone', file: id })
  }

  /** Receives a file, as soon as it is its turn. */
  fetch(line: ChatLine, into: FileSystemFileHandle | null): void {
    const { id } = line
    if (this.#shelf.file(id) !== undefined || this.#wishes.has(id) || this.#fetches.get(id)?.fetcher.isOver === false) return
    this.#wishes.set(id, { line, into })
    this.#options.state(id).value = { phase: 'receiving', step: 'queued', bytes: 0, bytesPerSecond: 0 }
    this.#begin()
    this.#wake()
  }

  /** Gives up what is on its way, or waits for its turn. */
  cancel(id: string): void {
    if (this.#wishes.delete(id)) this.#options.state(id).value = { phase: 'offered' }
    else this.#fetches.get(id)?.fetcher.cancel()
  }

  /** Begins with those that wait, as far as there is room. */
  #begin(): void {
    let running = [...this.#fetches.values()].filter(({ fetcher }) => !fetcher.isOver).length
    for (const [id, { line, into }] of this.#wishes) {
      if (running >= MAX_FETCHERS) return
      this.#wishes.delete(id)
      this.#receive(line, into)
      running += 1
    }
  }

  #receive({ id, author, file }: ChatLine, into: FileSystemFileHandle | null): void {
    if (file === null) return
    this.#fetches.get(id)?.unfollow()
    const sink = this.#options.openSink(`${author}/${id}/${file.size}`, file.size, into)
    const fetcher = new Fetcher({ size: file.size, sink, now: this.#options.now })
    const shown = this.#options.state(id)
    const unfollow = effect(() => { shown.value = fetcher.state.value })
    this.#fetches.set(id, { fetcher, owner: author, unfollow })
    fetcher.connect(this.#open.get(author)?.askerFor(id) ?? null)
  }

  /** The fetcher of a file that is on its way to us. */
  fetcher(id: string): Fetcher | undefined {
    return this.#fetches.get(id)?.fetcher
  }

  #receiver(peer: PeerKey): Receiver {
    return { peer, name: this.#options.nameOf(peer) }
  }

  #followPort(peer: PeerKey, port: FilePort, conversation: Conversation, signal: AbortSignal): void {
    onAbort(signal, effect(() => {
      const isOpen = port.isOpen.value && !signal.aborted
      if (!isOpen && this.#open.get(peer) !== conversation) return
      if (isOpen) this.#open.set(peer, conversation)
      else this.#open.delete(peer)
      this.#reconnect(peer, isOpen ? conversation : null)
    }))
    onAbort(signal, () => {
      if (this.#open.get(peer) !== conversation) return
      this.#open.delete(peer)
      this.#reconnect(peer, null)
    })
  }

  #reconnect(peer: PeerKey, conversation: Conversation | null): void {
    for (const [id, { fetcher, owner }] of this.#fetches) {
      if (owner === peer && !fetcher.isOver) fetcher.connect(conversation?.askerFor(id) ?? null)
    }
  }

  async #tellSum(conversation: Conversation, id: string): Promise<void> {
    const sum = await this.#shelf.sum(id)
    conversation.say(sum === null ? { kind: 'gone', file: id } : { kind: 'sum', file: id, sum })
  }

  /** Only the author of an offer can take it back. */
  #withdrawn(peer: PeerKey, id: string): void {
    if (this.#options.authorOf(id) !== peer || this.#shelf.file(id) !== undefined) return
    const shown = this.#options.state(id)
    if (shown.peek().phase === 'offered') shown.value = { phase: 'withdrawn' }
  }

  /** Something moves: looks at it some times a second, until nothing does. */
  #wake(): void {
    this.#ticking ??= setInterval(() => this.#tick(), TICK_MS)
    this.#options.busy.value = this.isBusy
  }

  #tick(): void {
    this.#begin()
    for (const { fetcher } of this.#fetches.values()) fetcher.tick()
    this.#shelf.publish()
    const { isBusy } = this
    this.#options.busy.value = isBusy
    if (isBusy) return
    clearInterval(this.#ticking)
    this.#ticking = undefined
  }

  /** Whether a file is on its way to us or from us. */
  get isBusy(): boolean {
    return this.#shelf.isBusy || this.#wishes.size > 0 || [...this.#fetches.values()].some(({ fetcher }) => !fetcher.isOver)
  }

  #close(): void {
    clearInterval(this.#ticking)
    this.#shelf.clear()
    for (const { fetcher, unfollow } of this.#fetches.values()) {
      unfollow()
      fetcher.suspend()
    }
    this.#fetches.clear()
    this.#wishes.clear()
    this.#open.clear()
  }
}

