import { onAbort, type Lifetime } from '../../util/abort.ts'
import { signal as createSignal, type ReadonlySignal, type Signal } from '../../util/signals.ts'
import type { FilePort } from '../types.ts'

/** With less than this waiting in the browser, bytes, it is time to hand it more. */
const LOW_BYTES = 131_072

/** The browser behind `FilePort`: a data channel. It ends with its connection, whose signal it is given. */
export class ChannelPort implements FilePort {
  readonly #channel: RTCDataChannel
  readonly #isOpen: Signal<boolean> = createSignal(false)
  readonly #shut = new AbortController()
  #take: ((data: unknown) => void) | null = null

  constructor(channel: RTCDataChannel, { signal }: Lifetime) {
    this.#channel = channel
    channel.binaryType = 'arraybuffer'
    channel.bufferedAmountLowThreshold = LOW_BYTES
    const lifetime = { signal: this.#shut.signal }
    channel.addEventListener('open', () => { this.#isOpen.value = true }, lifetime)
    channel.addEventListener('close', () => this.shut(), lifetime)
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#take?.(data), lifetime)
    onAbort(signal, () => this.shut())
  }

  get isOpen(): ReadonlySignal<boolean> { return this.#isOpen }

  get waitingBytes(): number { return this.#channel.bufferedAmount }

  send(data: string | Uint8Array<ArrayBuffer>): boolean {
    if (!this.#isOpen.peek() || this.#channel.readyState !== 'open') return false
    try {
      // The two overloads of `send` cannot be called with either.
      if (typeof data === 'string') this.#channel.send(data)
      else this.#channel.send(data)
      return true
    } catch {
      // A full buffer, or a channel that closed this instant: to the caller both are a channel that takes nothing.
      return false
    }
  }

  drained(signal: AbortSignal): Promise<void> {
    if (this.waitingBytes <= LOW_BYTES || this.#shut.signal.aborted || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const done = new AbortController()
      const finish = (): void => {
        done.abort()
        resolve()
      }
      this.#channel.addEventListener('bufferedamountlow', finish, { signal: done.signal })
      for (const end of [signal, this.#shut.signal]) end.addEventListener('abort', finish, { signal: done.signal })
    })
  }

  listen(take: (data: unknown) => void): void {
    this.#take = take
  }

  shut(): void {
    this.#isOpen.value = false
    this.#shut.abort()
  }
}
