import { AbstractMultiaddrConnection } from '@libp2p/utils'
import type { AbstractMultiaddrConnectionInit, SendResult } from '@libp2p/utils'
import type { WebSocket } from 'ws'
import type { FrontRefusal } from './refusals.ts'
import type { Tally } from '../tally.ts'

/** Bytes that may wait in the socket before the writer is told to pause, and nothing more is read. */
const MAX_BUFFERED_BYTES = 262_144
/** Sent as one WebSocket message, bytes: about a Noise frame. */
const MAX_SENT_BYTES = 65_536
/** Whoever takes nothing for this long, while something waits, is gone or does not want it, milliseconds. */
const STALL_MS = 20_000
/** Between signs of life that are asked for, milliseconds. A WebSocket ping is answered by the browser itself, also in a throttled tab. */
const PING_MS = 20_000
/** Whoever misses so many in a row is gone: a phone that is out of reach for a moment is not. */
const MISSED_PINGS = 2
/** WebSocket close code that stands for "the connection broke". https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
const CLOSED_ABNORMALLY = 1006

/** How a WebSocket becomes a libp2p connection. */
export interface WebSocketConnectionInit extends Pick<AbstractMultiaddrConnectionInit, 'remoteAddr' | 'log'> {
  socket: WebSocket
  refusals: Tally<FrontRefusal>
  /** How long nothing may be taken while something waits, milliseconds. */
  stallMs?: number
  /** Between signs of life that are asked for, milliseconds; who misses two is gone. */
  pingMs?: number
}

/**
 * An accepted WebSocket as libp2p's raw connection: bytes in, bytes out, with back-pressure both ways. While the other side
 * does not take what waits for it, nothing is read of it either: most of what it says would only be answered.
 */
export class WebSocketConnection extends AbstractMultiaddrConnection {
  readonly #socket: WebSocket
  readonly #refusals: Tally<FrontRefusal>
  #readerPaused = false
  #full = false
  /** Messages that the system has taken. */
  #taken = 0
  #missedPings = 0

  constructor({ socket, remoteAddr, log, refusals, stallMs = STALL_MS, pingMs = PING_MS }: WebSocketConnectionInit) {
    super({ remoteAddr, log, direction: 'inbound', maxMessageSize: MAX_SENT_BYTES })
    this.#socket = socket
    this.#refusals = refusals
    socket.binaryType = 'arraybuffer'
    socket.on('message', (data) => {
      this.#missedPings = 0
      this.onData(new Uint8Array(data as ArrayBuffer))
    })
    socket.on('pong', () => { this.#missedPings = 0 })
    socket.on('error', (error) => this.#onError(error))
    const watch = this.#watchReader(stallMs)
    const pings = setInterval(() => this.#ping(), pingMs)
    socket.on('close', (code) => {
      clearInterval(watch)
      clearInterval(pings)
      // Whoever broke it off knows already, and would hear of it twice.
      if (this.status === 'aborted') return
      if (code === CLOSED_ABNORMALLY) this.onRemoteReset()
      else this.onTransportClosed()
    })
  }

  /** Called by libp2p: hands bytes to the socket. */
  sendData(data: Parameters<AbstractMultiaddrConnection['sendData']>[0]): SendResult {
    const sentBytes = data.byteLength
    this.#socket.send(data.subarray(), this.#onTaken)
    this.#full ||= this.#socket.bufferedAmount >= MAX_BUFFERED_BYTES
    if (this.#full) this.#socket.pause()
    return { sentBytes, canSendMore: !this.#full }
  }

  /** Called by libp2p: breaks the connection off. */
  sendReset(): void {
    this.#socket.terminate()
  }

  /** Called by libp2p: says goodbye. */
  async sendClose(): Promise<void> {
    this.#socket.close()
  }

  /** Called by libp2p: the reader cannot keep up. */
  sendPause(): void {
    this.#readerPaused = true
    this.#socket.pause()
  }

  /** Called by libp2p: the reader can take more. */
  sendResume(): void {
    this.#readerPaused = false
    if (!this.#full) this.#socket.resume()
  }

  readonly #onTaken = (): void => {
    this.#taken += 1
    if (this.#socket.bufferedAmount > 0) return
    this.#full = false
    if (!this.#readerPaused) this.#socket.resume()
    if (this.writableNeedsDrain) this.safeDispatchEvent('drain')
  }

  #ping(): void {
    // While nothing is read, no answer is either; who stalls for long is dropped for that.
    if (this.#readerPaused || this.#full) return
    if (this.#missedPings >= MISSED_PINGS) return this.abort(new Error('the other side is silent'))
    this.#missedPings += 1
    this.#socket.ping()
  }

  #onError(error: Error & { code?: string }): void {
    if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') this.#refusals.add('message-too-long')
    this.log('socket error - %e', error)
  }

  /** Looks twice in the time: what waits the first time and has not moved the second, is stuck. */
  #watchReader(stallMs: number): NodeJS.Timeout {
    let before: number | undefined
    return setInterval(() => {
      const waiting = this.#socket.bufferedAmount > 0 ? this.#taken : undefined
      if (waiting !== undefined && waiting === before) {
        this.#refusals.add('slow-reader')
        this.abort(new Error('the other side takes nothing'))
      }
      before = waiting
    }, stallMs / 2)
  }
}
