import { childController, onAbort, withTimeout } from '../util/abort.ts'
import { effect, signal as makeSignal, untracked, type ReadonlySignal, type Signal } from '../util/signals.ts'
import type { PeerKey } from '../wire/index.ts'
import type { HandLink, MakeHandLink } from './ports.ts'
import type { Door } from './room.ts'
import type { HandedCode } from './views.ts'

/** Two devices that can reach each other do so within a few seconds of the reply; ways over TURN take longest. */
const CONNECT_LIMIT_MS = 30_000

type Phase = HandedCode['phase']['value']

/** The connection that waits behind a code of ours, and what becomes of it. It ends with the room it leads into. */
export class PendingLink {
  readonly link: HandLink
  readonly #door: Door
  readonly #controller: AbortController
  readonly #phase: Signal<Phase> = makeSignal('waiting')
  #peer: PeerKey | null = null

  /** @throws whatever making a link throws */
  constructor(makeHandLink: MakeHandLink, door: Door) {
    this.#door = door
    this.#controller = childController(door.signal)
    const { signal } = this.#controller
    onAbort(signal, () => this.end('ended'))
    this.link = makeHandLink({
      // Nobody speaks before a code has said who will.
      onMessage: (data) => { if (this.#peer !== null) door.hear(this.#peer, data) },
      signal,
    })
    onAbort(signal, effect(() => {
      if (this.link.phase.value === 'closed') untracked(() => this.end('ended'))
    }))
  }

  get phase(): ReadonlySignal<Phase> { return this.#phase }

  /** Aborts when the link has ended, whyever. */
  get signal(): AbortSignal { return this.#controller.signal }

  /** Who will be at the other end, by a signed code: the room takes the peer in as soon as the link opens. */
  expect(peer: PeerKey, { greet }: { greet: boolean }): void {
    this.#peer = peer
    if (!greet) this.#phase.value = 'connecting'
    onAbort(this.signal, effect(() => {
      if (this.link.phase.value !== 'open') return
      untracked(() => {
        this.#phase.value = 'connected'
        this.#door.letIn(peer, this.link, { greet })
      })
    }))
  }

  /** Resolves true when the link is up; when that takes too long it is given up, and false. */
  async connected(): Promise<boolean> {
    const limit = withTimeout(this.signal, CONNECT_LIMIT_MS)
    await new Promise<void>((resolve) => {
      onAbort(limit.signal, resolve)
      onAbort(limit.signal, effect(() => { if (this.#phase.value === 'connected') resolve() }))
    })
    limit.done()
    if (this.#phase.peek() === 'connected') return true
    this.end('ended')
    return false
  }

  /** Closes the link. One that was up stays known as connected. */
  end(as: 'expired' | 'ended'): void {
    if (this.#phase.peek() === 'waiting' || this.#phase.peek() === 'connecting') this.#phase.value = as
    this.#controller.abort()
  }
}
