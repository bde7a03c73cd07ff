import { childController, onAbort, type Lifetime } from '../../util/abort.ts'
import { createLog } from '../../util/log.ts'
import { TokenBucket } from '../../util/token-bucket.ts'
import type { Rate } from '../../util/token-bucket.ts'
import { decodeFileMessage, encodeFileMessage, MAX_ASKS, Refusal } from '../../wire/index.ts'
import type { FileMessage } from '../../wire/index.ts'
import type { FilePort } from '../ports.ts'
import type { Asker, Fetcher } from './fetcher.ts'
import { Server, type ServerOptions } from './server.ts'

const log = createLog('files')

/** Messages other than bytes: no path needs as many asks at the size that they have on it. */
const MESSAGE_RATE: Rate = { perSecond: 1_000, burst: 2_000 }
/** Refused messages after which the other side is no client of ours. */
const MAX_REFUSED = 16
/** Asks of ours that may be open: some fewer, since an owner counts an ask for a moment longer than we do. */
const MAX_OPEN_ASKS = MAX_ASKS - 8

/** Who asks and does not listen to answers gets no more of them than this, bytes. */
const MAX_WAITING_BYTES = 524_288

export interface ConversationOptions extends Lifetime, Pick<ServerOptions, 'open' | 'onServed' | 'onGone' | 'now'> {
  port: FilePort
  /** The fetcher of a file that this peer has offered. */
  fetcher: (id: string) => Fetcher | undefined
  /** The receiver wants a file's sum. */
  onCheck: (id: string) => void
  /** The receiver has a file. */
  onDone: (id: string) => void
  /** The peer offers a file no more. */
  onWithdrawn: (id: string) => void
}

/** What one other member and we say to each other about files, on one port. A peer that breaks the rules is listened to no more. */
export class Conversation {
  readonly #options: ConversationOptions
  readonly #controller: AbortController
  readonly #server: Server
  readonly #rate: TokenBucket
  /** Our asks that are not answered to the end, with the bytes that are missing. */
  readonly #asks = new Map<number, { id: string, bytes: number }>()
  /** Files that we ask for, each of which may have its share of the asks: none must wait until another has come. */
  readonly #wanted = new Set<string>()
  #lastAsk = 0
  #refused = 0
  /** Bytes that may still come of asks that were taken back. */
  #pardoned = 0

  constructor(options: ConversationOptions) {
    this.#options = options
    this.#controller = childController(options.signal)
    this.#rate = new TokenBucket(MESSAGE_RATE, options.now())
    this.#server = new Server({ ...options, signal: this.#controller.signal })
    onAbort(this.#controller.signal, () => this.#asks.clear())
  }

  /** The way by which a file's fetcher asks this peer. */
  askerFor(id: string): Asker {
    return {
      ask: (at, bytes) => {
        this.#wanted.add(id)
        if (this.#asks.size >= MAX_OPEN_ASKS || this.#openAsks(id) >= MAX_OPEN_ASKS / this.#wanted.size || this.#controller.signal.aborted) return null
        const ask = this.#lastAsk = (this.#lastAsk + 1) % 2 ** 32
        if (!this.say({ kind: 'ask', file: id, ask, at, bytes })) return null
        this.#asks.set(ask, { id, bytes })
        return ask
      },
      check: () => { this.say({ kind: 'check', file: id }) },
      done: () => {
        this.#wanted.delete(id)
        this.say({ kind: 'done', file: id })
      },
      stop: (bytes) => {
        this.#wanted.delete(id)
        this.#pardoned += bytes
        for (const [ask, of] of this.#asks) if (of.id === id) this.#asks.delete(ask)
        if (bytes > 0) this.say({ kind: 'stop', file: id })
      },
    }
  }

  /** Says something; false when the port is not open or takes no more. */
  say(message: Exclude<FileMessage, { kind: 'data' }>): boolean {
    return this.#options.port.waitingBytes < MAX_WAITING_BYTES && this.#options.port.send(encodeFileMessage(message))
  }

  /** Takes what has arrived. */
  take(data: unknown): void {
    if (this.#controller.signal.aborted) return
    let message: FileMessage
    try {
      message = decodeFileMessage(data)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.#refused += 1
      if (this.#refused > MAX_REFUSED) this.#shut(`refused: ${error.code}`)
      return
    }
    if (message.kind === 'data') return this.#takeData(message)
    if (!this.#rate.take(1, this.#options.now())) return this.#shut('too many messages')
    const { fetcher, onCheck, onDone, onWithdrawn } = this.#options
    switch (message.kind) {
      case 'ask':
        if (!this.#server.take(message)) this.#shut('too many asks')
        return
      case 'stop': return this.#server.stop(message.file)
      case 'check': return onCheck(message.file)
      case 'done': return onDone(message.file)
      case 'sum': return fetcher(message.file)?.hear(message)
      case 'gone':
        fetcher(message.file)?.hear(message)
        return onWithdrawn(message.file)
      default: return message satisfies never
    }
  }

  #openAsks(id: string): number {
    return [...this.#asks.values()].filter((ask) => ask.id === id).length
  }

  #takeData({ ask: number, bytes }: Extract<FileMessage, { kind: 'data' }>): void {
    const ask = this.#asks.get(number)
    const fetcher = ask && this.#options.fetcher(ask.id)
    if (ask === undefined || fetcher === undefined) {
      this.#pardoned -= bytes.length
      if (this.#pardoned < 0) this.#shut('bytes that nobody asked for')
      return
    }
    ask.bytes -= bytes.length
    if (ask.bytes <= 0) this.#asks.delete(number)
    if (!fetcher.take(number, bytes)) this.#shut('other bytes than were asked for')
  }

  #shut(reason: string): void {
    log.warn('a peer is listened to no more about files', reason)
    this.#controller.abort()
    this.#options.port.shut()
  }
}
