import { AbstractMultiaddrConnection } from '@libp2p/utils'
import type { AbstractMultiaddrConnectionInit, SendResult } from '@libp2p/utils'
import { onAbort } from '../../util/abort.ts'
import type { Lifetime } from '../../util/abort.ts'
import { TokenBucket } from '../../util/token-bucket.ts'
import type { Rate } from '../../util/token-bucket.ts'
import type { Pipe } from '../types.ts'

/** Sent as one message, bytes: what every browser takes. https://www.rfc-editor.org/rfc/rfc8831#section-6.6 */
export const MAX_SENT_BYTES = 16_384
/** Bytes that may wait in the channel before the writer is told to pause: little, for heartbeats share its association. */
const MAX_BUFFERED_BYTES = 131_072
const LOW_BUFFERED_BYTES = 32_768
/** Bytes that may wait to be read. A data channel cannot be paused, so whoever sends more than is taken is cut off. */
const MAX_UNREAD_BYTES = 1_048_576
/**
 * Bytes taken from one member. A large room whose members all repair their links at once comes to some megabytes; in quiet
 * times a link carries some hundred bytes a second.
 */
const INBOUND_RATE: Rate = { burst: 8_388_608, perSecond: 262_144 }

/** How a data channel becomes a libp2p connection; it is closed when `signal` aborts. */
export interface PipeConnectionInit extends Pick<AbstractMultiaddrConnectionInit, 'remoteAddr' | 'direction' | 'log'>, Lifetime {
  pipe: Pipe
}

/**
 * A data channel between two members as libp2p's raw connection: bytes in, bytes out. It may be made before the channel is
 * open, and must be: what arrives before anybody listens is lost. Nothing can be sent before.
 */
export class PipeConnection extends AbstractMultiaddrConnection {
  readonly #pipe: Pipe
  readonly #allowance = new TokenBucket(INBOUND_RATE, Date.now())

  constructor({ pipe, signal, ...init }: PipeConnectionInit) {
    super({ ...init, maxMessageSize: MAX_SENT_BYTES, maxReadBufferLength: MAX_UNREAD_BYTES })
    this.#pipe = pipe
    pipe.binaryType = 'arraybuffer'
    pipe.bufferedAmountLowThreshold = LOW_BUFFERED_BYTES
    pipe.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#receive(data), { signal })
    pipe.addEventListener('bufferedamountlow', () => { if (this.writableNeedsDrain) this.safeDispatchEvent('drain') }, { signal })
    pipe.addEventListener('close', () => this.onTransportClosed(), { signal })
    // A closed RTCPeerConnection tells its own channels nothing.
    onAbort(signal, () => this.abort(new Error('the link with the member has ended')))
  }

  /** Called by libp2p: hands bytes to the channel. */
  sendData(data: Parameters<AbstractMultiaddrConnection['sendData']>[0]): SendResult {
    if (this.#pipe.readyState !== 'open') return { sentBytes: 0, canSendMore: false }
    this.#pipe.send(data.slice())
    return { sentBytes: data.byteLength, canSendMore: this.#pipe.bufferedAmount < MAX_BUFFERED_BYTES }
  }

  /** Called by libp2p: breaks the connection off. */
  sendReset(): void {
    this.#pipe.close()
  }

  /** Called by libp2p: says goodbye. */
  async sendClose(): Promise<void> {
    this.#pipe.close()
  }

  /** Called by libp2p: the reader cannot keep up. There is no way to tell the member so; `MAX_UNREAD_BYTES` is the limit. */
  sendPause(): void {}

  /** Called by libp2p: the reader can take more. */
  sendResume(): void {}

  #receive(data: unknown): void {
    if (!(data instanceof ArrayBuffer) || data.byteLength > MAX_SENT_BYTES) return this.abort(new Error('not a message of a member link'))
    if (!this.#allowance.take(data.byteLength, Date.now())) return this.abort(new Error('the member sends too much'))
    this.onData(new Uint8Array(data))
  }
}
