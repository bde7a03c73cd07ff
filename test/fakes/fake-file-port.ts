import type { FilePort } from '../../src/media/types.ts'
import { onAbort } from '../../src/util/abort.ts'
import { signal } from '../../src/util/signals.ts'

/** One end of a pair of ports between which messages take their time, in order. */
export class FakeFilePort implements FilePort {
  readonly isOpen = signal(true)
  /** Whether its owner has shut it. */
  isShut = false
  /** Whether the other side takes nothing for the moment. */
  isStalled = false
  /** Everything that was given to `send`. */
  readonly sent: (string | Uint8Array)[] = []
  /** Bytes that have not left. */
  waitingBytes = 0
  partner: FakeFilePort | undefined
  #take: ((data: unknown) => void) | undefined
  readonly #delayMs: number
  readonly #bytesPerMs: number
  #freeAt = 0

  constructor(delayMs: number, bytesPerMs: number) {
    this.#delayMs = delayMs
    this.#bytesPerMs = bytesPerMs
  }

  /** A pair with so much of a way between them, in each direction, that carries so much. */
  static pair(delayMs = 10, bytesPerMs = Infinity): [FakeFilePort, FakeFilePort] {
    const pair: [FakeFilePort, FakeFilePort] = [new FakeFilePort(delayMs, bytesPerMs), new FakeFilePort(delayMs, bytesPerMs)]
    pair[0].partner = pair[1]
    pair[1].partner = pair[0]
    return pair
  }

  send(data: string | Uint8Array<ArrayBuffer>): boolean {
    if (!this.isOpen.peek()) return false
    this.sent.push(data)
    const content = typeof data === 'string' ? data : data.slice().buffer
    this.waitingBytes += data.length
    if (this.isStalled) return true
    this.#freeAt = Math.max(this.#freeAt, performance.now()) + data.length / this.#bytesPerMs
    const leavesInMs = this.#freeAt - performance.now()
    setTimeout(() => { this.waitingBytes -= data.length }, leavesInMs)
    setTimeout(() => this.partner?.deliver(content), leavesInMs + this.#delayMs)
    return true
  }

  async drained(lifetime: AbortSignal): Promise<void> {
    const ended = new Promise<void>((resolve) => { onAbort(lifetime, resolve) })
    while (this.waitingBytes > 131_072 && this.isOpen.peek() && !lifetime.aborted) {
      await Promise.race([ended, new Promise((resolve) => { setTimeout(resolve, 1) })])
    }
  }

  listen(take: (data: unknown) => void): void {
    this.#take = take
  }

  /** Something arrives, whoever has sent it. */
  deliver(data: unknown): void {
    if (this.isOpen.peek() && !this.isShut) this.#take?.(data)
  }

  shut(): void {
    this.isShut = true
    this.isOpen.value = false
  }

  /** The connection is gone, and both have noticed. */
  cut(): void {
    for (const end of [this, this.partner]) if (end) end.isOpen.value = false
  }
}
