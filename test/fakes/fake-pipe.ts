import type { Pipe } from '../../src/node/types.ts'

/** One end of a pair of channels that behave as two RTCDataChannels: ordered, reliable, with events in later turns. */
export class FakePipe extends EventTarget implements Pipe {
  readyState: RTCDataChannelState = 'connecting'
  bufferedAmount = 0
  bufferedAmountLowThreshold = 0
  binaryType: BinaryType = 'blob'
  /** Sizes of the messages sent, bytes. */
  readonly sent: number[] = []
  /** Whether the other side takes nothing for the moment; what is sent waits. */
  stalled = false
  #waiting: ArrayBuffer[] = []
  #partner: FakePipe | undefined

  /** A pair that is not open yet. */
  static pair(): [FakePipe, FakePipe] {
    const [one, other] = [new FakePipe(), new FakePipe()]
    one.#partner = other
    other.#partner = one
    return [one, other]
  }

  open(): void {
    this.readyState = 'open'
    this.dispatchEvent(new Event('open'))
  }

  send(data: string | Blob | ArrayBuffer | ArrayBufferView): void {
    if (this.readyState !== 'open') throw new DOMException('not open', 'InvalidStateError')
    if (!ArrayBuffer.isView(data)) throw new TypeError('a connection sends bytes')
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice().buffer
    this.sent.push(bytes.byteLength)
    this.bufferedAmount += bytes.byteLength
    this.#waiting.push(bytes)
    setImmediate(() => this.flush())
  }

  /** Delivers what waits, unless stalled. */
  flush(): void {
    if (this.stalled) return
    const before = this.bufferedAmount
    for (const bytes of this.#waiting.splice(0)) {
      this.bufferedAmount -= bytes.byteLength
      this.#partner?.deliver(bytes)
    }
    const low = this.bufferedAmountLowThreshold
    if (before > low && this.bufferedAmount <= low) this.dispatchEvent(new Event('bufferedamountlow'))
  }

  /** Something arrives from the other side, whatever it is. */
  deliver(data: unknown): void {
    if (this.readyState === 'open') this.dispatchEvent(new MessageEvent('message', { data }))
  }

  /** Closed from this side, or with its connection; the other side hears of it. */
  close(): void {
    if (this.readyState === 'closed') return
    this.readyState = 'closed'
    setImmediate(() => {
      this.dispatchEvent(new Event('close'))
      this.#partner?.close()
    })
  }
}
