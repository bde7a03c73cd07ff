/** Two or more members with fake ports and fake disks between their exchanges. */
import { vi } from 'vitest'
import { Exchange } from '../../../src/room/files/exchange.ts'
import type { FileState } from '../../../src/room/files/types.ts'
import { signal, type Signal } from '../../../src/util/signals.ts'
import type { ChatLine, PeerKey } from '../../../src/wire/index.ts'
import { FakeFilePort } from '../../fakes/fake-file-port.ts'
import { peerKey } from '../../fakes/fake-network.ts'
import { FakeDisk } from '../../fakes/fake-sink.ts'

export class Member {
  readonly peer: PeerKey
  readonly disk = new FakeDisk()
  readonly busy = signal(false)
  readonly lifetime = new AbortController()
  readonly states = new Map<string, Signal<FileState>>()
  /** Authors of the lines that the member has read. */
  readonly authors = new Map<string, PeerKey>()
  readonly exchange: Exchange

  constructor(name: string) {
    this.peer = peerKey(name)
    this.exchange = new Exchange({
      state: (id) => this.state(id), busy: this.busy, authorOf: (id) => this.authors.get(id), nameOf: (peer) => peer, openSink: this.disk.open,
      now: () => performance.now(), signal: this.lifetime.signal,
    })
  }

  state(id: string): Signal<FileState> {
    const known = this.states.get(id) ?? signal<FileState>({ phase: 'offered' })
    this.states.set(id, known)
    return known
  }

  phase(id: string): string {
    const state = this.state(id).peek()
    return state.phase === 'receiving' ? state.step : state.phase === 'failed' ? state.reason : state.phase
  }

  /** Bytes that have come. */
  come(id: string): number {
    const state = this.state(id).peek()
    return state.phase === 'receiving' ? state.bytes : -1
  }
}

/** Connects two members; returns the first one's port and what ends the connection for both. */
export function connect(one: Member, other: Member, delayMs = 10, bytesPerMs = Infinity): { port: FakeFilePort, far: FakeFilePort, cut: () => void } {
  const [port, far] = FakeFilePort.pair(delayMs, bytesPerMs)
  const loan = new AbortController()
  for (const [end, of, to] of [[port, one, other], [far, other, one]] as const) {
    const conversation = of.exchange.attach(to.peer, end, loan)
    end.listen((data) => conversation.take(data))
  }
  return { port, far, cut: () => { port.cut(); loan.abort() } }
}

/** Bytes that are nowhere the same for long. */
export function content(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size)
  let state = seed
  for (let i = 0; i < size; i += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    bytes[i] = state >>> 24
  }
  return bytes
}

/** The line that offers a file of `owner`. */
export function offer(owner: Member, id: string, file: Blob, claims: Partial<{ size: number }> = {}): ChatLine {
  owner.exchange.share(id, file)
  return { id, author: owner.peer, name: 'x', at: 0, text: 'f', file: { name: 'f', size: file.size, type: '', ...claims } }
}

/** A file that is read without waiting for anything outside of the test. */
export function fileOf(bytes: Uint8Array<ArrayBuffer>): Blob {
  const slice = (from = 0, to = bytes.length): Blob => fileOf(bytes.slice(from, to))
  return Object.defineProperties(new Blob([]), {
    size: { value: bytes.length }, slice: { value: slice }, arrayBuffer: { value: async () => bytes.slice().buffer },
  })
}

/** Lets time pass until the condition holds; hashing takes real time, everything else fake. */
export async function until(condition: () => boolean): Promise<void> {
  const end = process.hrtime.bigint() + 20_000_000_000n
  while (!condition()) {
    if (process.hrtime.bigint() > end) throw new Error('waited in vain')
    await vi.advanceTimersByTimeAsync(5)
    await new Promise((resolve) => { setImmediate(resolve) })
  }
}
