import { RELAY_V2_STOP_CODEC } from '@libp2p/circuit-relay-v2'
import type { Stream } from '@libp2p/interface'

/**
 * Counts circuits and what goes through them. All that passes between two peers of a circuit passes over the stream that
 * the relay has opened to the second of them, in one direction or the other.
 * https://github.com/libp2p/specs/blob/master/relay/circuit-v2.md
 */
export class CircuitMeter {
  #open = 0
  #opened = 0
  #bytes = 0

  /** Circuits that stand now, including those being set up. */
  get open(): number {
    return this.#open
  }

  /** Circuits since the start. */
  get opened(): number {
    return this.#opened
  }

  /** Bytes of circuits since the start, both directions, with the hundred or so that set each one up. */
  get bytes(): number {
    return this.#bytes
  }

  /** To be called with each stream whose protocol has just been agreed on; looks at circuits only. */
  track(stream: Stream): void {
    if (stream.protocol !== RELAY_V2_STOP_CODEC || stream.direction !== 'outbound') return
    this.#open += 1
    this.#opened += 1
    stream.addEventListener('close', () => { this.#open -= 1 }, { once: true })
    // A listener for messages would make the stream hand them out before their reader is there to take them.
    const dispatchEvent = stream.dispatchEvent.bind(stream)
    stream.dispatchEvent = (event) => {
      if (event.type === 'message') this.#bytes += (event as Event & { data: { byteLength: number } }).data.byteLength
      return dispatchEvent(event)
    }
    const send = stream.send.bind(stream)
    stream.send = (data) => {
      this.#bytes += data.byteLength
      return send(data)
    }
  }
}
