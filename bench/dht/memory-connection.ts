import { AbstractMultiaddrConnection } from '@libp2p/utils'
import type { AbstractMultiaddrConnectionInit, SendResult } from '@libp2p/utils'

type Init = Pick<AbstractMultiaddrConnectionInit, 'remoteAddr' | 'direction' | 'log'> & { cut: () => boolean }

/** One end of a connection within this process. When the line is cut, what is sent into it is lost and nobody is told. */
export class MemoryConnection extends AbstractMultiaddrConnection {
  #far: MemoryConnection | undefined
  readonly #cut: () => boolean

  constructor({ cut, ...init }: Init) {
    super(init)
    this.#cut = cut
  }

  /** Makes two ends one line. */
  static join(a: MemoryConnection, b: MemoryConnection): void {
    a.#far = b
    b.#far = a
  }

  /** Called by libp2p: hands bytes to the other end. */
  sendData(data: Parameters<AbstractMultiaddrConnection['sendData']>[0]): SendResult {
    const bytes = data.subarray()
    this.#later((far) => far.onData(bytes))
    return { sentBytes: bytes.byteLength, canSendMore: true }
  }

  /** Called by libp2p: breaks the connection off. */
  sendReset(): void {
    this.#later((far) => far.onRemoteReset())
  }

  /** Called by libp2p: says goodbye. */
  async sendClose(): Promise<void> {
    this.#later((far) => far.onTransportClosed())
  }

  /** Called by libp2p. Messages of the DHT are small: nothing is ever held back. */
  sendPause(): void {}

  /** Called by libp2p. */
  sendResume(): void {}

  #later(deliver: (far: MemoryConnection) => void): void {
    const far = this.#far
    setImmediate(() => {
      if (far !== undefined && far.status === 'open' && !this.#cut()) deliver(far)
    })
  }
}
