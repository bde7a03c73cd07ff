import { AbstractMultiaddrConnection } from '@libp2p/utils'
import type { AbstractMultiaddrConnectionInit, SendResult } from '@libp2p/utils'
import type { WebSocket } from 'ws'

/** Bytes that may wait in the socket before the writer is told to pause. */
const MAX_BUFFERED_BYTES = 1_048_576
/** WebSocket close code that stands for "the connection broke". https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
const CLOSED_ABNORMALLY = 1006

/** How a WebSocket becomes a libp2p connection. */
export interface WebSocketConnectionInit extends Pick<AbstractMultiaddrConnectionInit, 'remoteAddr' | 'log'> {
  socket: WebSocket
}

/** An accepted WebSocket as libp2p's raw connection: bytes in, bytes out, with back-pressure both ways. */
export class WebSocketConnection extends AbstractMultiaddrConnection {
  readonly #socket: WebSocket

  constructor({ socket, remoteAddr, log }: WebSocketConnectionInit) {
    super({ remoteAddr, log, direction: 'inbound', maxMessageSize: MAX_BUFFERED_BYTES })
    this.#socket = socket
    socket.binaryType = 'arraybuffer'
    socket.on('message', (data) => this.onData(new Uint8Array(data as ArrayBuffer)))
    socket.on('error', (error) => this.log('socket error - %e', error))
    socket.on('close', (code) => {
      if (code === CLOSED_ABNORMALLY) this.onRemoteReset()
      else this.onTransportClosed()
    })
  }

  /** Called by libp2p: hands bytes to the socket. */
  sendData(data: Parameters<AbstractMultiaddrConnection['sendData']>[0]): SendResult {
    const sentBytes = data.byteLength
    this.#socket.send(data.subarray(), () => this.#drained())
    return { sentBytes, canSendMore: this.#socket.bufferedAmount < MAX_BUFFERED_BYTES }
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
    this.#socket.pause()
  }

  /** Called by libp2p: the reader can take more. */
  sendResume(): void {
    this.#socket.resume()
  }

  #drained(): void {
    if (this.writableNeedsDrain && this.#socket.bufferedAmount === 0) this.safeDispatchEvent('drain')
  }
}
