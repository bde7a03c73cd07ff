import type { Duplex } from 'node:stream'
import { plainAddress } from './address.ts'
import type { Allocation } from './allocation.ts'
import type { Client } from './client.ts'
import type { Counters, Refusal } from './counters.ts'
import { FrameReader } from './tcp-framing.ts'
import type { MaxFrame } from './tcp-framing.ts'
import type { OnMessage } from './udp-listener.ts'

/** A TCP or TLS connection, as far as TURN looks at it. */
export type StreamSocket = Duplex & {
  readonly remoteAddress?: string | undefined
  readonly remotePort?: number | undefined
  readonly localAddress?: string | undefined
}

/** Longest frame of whoever has no allocation: requests are short. */
const MAX_REQUEST_BYTES = 2_048
/** Longest frame otherwise: a Send indication with a full datagram. */
const MAX_FRAME_BYTES = 65_600
/** How much may wait for a slow reader before relayed data is dropped: a second of video is too late by then. */
const MAX_BACKLOG_BYTES = 131_072
/** A reader for whom even answers wait like this is gone. */
const HOPELESS_BACKLOG_BYTES = 262_144
/** How long a connection may be blocked, and how long it may be without an allocation, milliseconds. */
const MAX_BLOCKED_MS = 15_000
const MAX_IDLE_MS = 30_000

export interface StreamClientOptions {
  socket: StreamSocket
  counters: Counters
  onMessage: OnMessage
  /** The connection has ended; its allocation must go. */
  onClose: (client: StreamClient) => void
}

/** A client that came by a stream. It owns the socket. */
export class StreamClient implements Client {
  readonly address: string
  readonly port: number
  readonly localAddress: string
  readonly stream = true
  allocation: Allocation | undefined
  allocating = false
  readonly #socket: StreamSocket
  readonly #counters: Counters
  readonly #reader = new FrameReader()
  #idleSince = performance.now()
  #blockedSince: number | undefined
  #corked = false

  constructor({ socket, counters, onMessage, onClose }: StreamClientOptions) {
    this.#socket = socket
    this.#counters = counters
    this.address = plainAddress(socket.remoteAddress ?? '')
    this.port = socket.remotePort ?? 0
    this.localAddress = plainAddress(socket.localAddress ?? '')
    // There is no ChannelData without an allocation, but many protocols begin like it: HTTP does.
    const max: MaxFrame = (kind) => this.allocation !== undefined ? MAX_FRAME_BYTES : kind === 'stun' ? MAX_REQUEST_BYTES : 0
    socket.on('data', (chunk: Buffer) => {
      const readable = this.#reader.push(chunk, max, (frame) => onMessage(this, frame))
      if (!readable) this.#cut('bad-stream')
    })
    socket.on('drain', () => { this.#blockedSince = undefined })
    // 'close' follows, which is where it matters.
    socket.on('error', () => undefined)
    socket.on('end', () => socket.destroy())
    socket.on('close', () => onClose(this))
  }

  get key(): string {
    return `tcp ${this.localAddress} ${this.address} ${this.port}`
  }

  get connected(): boolean {
    return !this.#socket.destroyed
  }

  hold(): void {
    // The connection is what keeps this object.
  }

  release(): void {
    this.#idleSince = performance.now()
  }

  send(message: Buffer): void {
    if (this.#socket.writableLength > HOPELESS_BACKLOG_BYTES) return this.#cut('slow-reader')
    this.#write(message)
  }

  relay(message: Buffer): void {
    if (this.#socket.writableLength > MAX_BACKLOG_BYTES) return this.#counters.refuse('slow-reader')
    this.#write(message)
  }

  /** Cuts a connection that has no use: nothing is read from it, or nothing is asked on it. */
  sweep(now: number): void {
    if (this.#blockedSince !== undefined && now - this.#blockedSince > MAX_BLOCKED_MS) this.#cut('slow-reader')
    else if (this.allocation === undefined && !this.allocating && now - this.#idleSince > MAX_IDLE_MS) this.#cut('idle-stream')
  }

  destroy(): void {
    this.#socket.destroy()
  }

  /** What comes in one turn of the event loop goes out in one piece: a system call per packet is what costs. */
  #write(message: Buffer): void {
    if (this.#socket.destroyed) return
    if (!this.#corked) {
      this.#corked = true
      this.#socket.cork()
      setImmediate(() => {
        this.#corked = false
        this.#socket.uncork()
      })
    }
    if (!this.#socket.write(message) && this.#socket.writableLength > MAX_BACKLOG_BYTES) this.#blockedSince ??= performance.now()
  }

  #cut(cause: Refusal): void {
    if (this.#socket.destroyed) return
    this.#counters.refuse(cause)
    this.#socket.destroy()
  }
}
