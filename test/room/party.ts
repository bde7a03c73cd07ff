/** A handful of people with fake networks and fake media, for tests of rooms. */
import { expect, vi } from 'vitest'
import { createRoom, type Room } from '../../src/room/index.ts'
import { signal, type Signal } from '../../src/util/signals.ts'
import type { Reach } from '../../src/room/views.ts'
import type { MediaState, PeerKey } from '../../src/wire/index.ts'
import { FakeLinks } from '../fakes/fake-link.ts'
import { FakeMesh, FakeNetwork, peerKey } from '../fakes/fake-network.ts'

/** A room secret, so that nothing is stretched. */
export const SECRET = 'AAAAAAAAAAAAAAAAAAAAAA'

export interface Guest {
  room: Room
  peer: PeerKey
  network: FakeNetwork
  name: Signal<string>
  sending: Signal<MediaState>
  /** What of the guest's network answers. */
  reach: Signal<Reach>
  /** Ends the guest's page without a word. */
  page: AbortController
}

export class Party {
  readonly mesh = new FakeMesh()
  readonly links = new FakeLinks()
  readonly #guests: Guest[] = []

  /** Somebody who is still in the lobby. A second guest of a name is the same peer with its page loaded anew. */
  invite(name: string): Guest {
    const peer = peerKey(name)
    const network = new FakeNetwork(this.mesh, peer)
    const sending = signal<MediaState>({ microphone: true, camera: true, screen: false })
    const shown = signal(name)
    const reach = signal<Reach>('relay')
    const page = new AbortController()
    const room = createRoom({
      network,
      makeLink: this.links.makerFor(peer),
      local: { sending },
      name: shown,
      origin: 'https://parley.test',
      stretch: async () => new Uint8Array(32),
      networkName: 'parley',
      reach,
      pasted: () => [],
      signal: page.signal,
    })
    const guest = { room, peer, network, name: shown, sending, reach, page }
    this.#guests.push(guest)
    return guest
  }

  /** Somebody who has joined, and whom everybody has had the time to meet. */
  async join(name: string): Promise<Guest> {
    const guest = this.invite(name)
    await guest.room.join('garden', SECRET)
    await settle()
    return guest
  }

  /** Pulls the cable of a guest: neither messages nor media get through, and all links notice. */
  cut(guest: Guest): void {
    this.mesh.cut(guest.peer)
    for (const link of this.links.of(guest.peer)) link.interrupt()
  }

  /** Kills a guest's browser: nothing is closed, nothing is said, the others' links notice. */
  kill(guest: Guest): void {
    this.cut(guest)
    guest.page.abort()
  }

  /** Ends every page and checks that nothing is left of anything. */
  async end(): Promise<void> {
    for (const { page } of this.#guests) page.abort()
    await settle(2_000)
    expect(this.links.open).toEqual([])
    expect(this.mesh.present).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  }
}

/** Lets time pass; half a second is enough for everything that is under way. */
export async function settle(ms = 500): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
}

/** The names and connection states that a guest sees. */
export function seenBy({ room }: Guest): Record<string, string> {
  return Object.fromEntries(room.participants.value.map(({ state }) => [state.value.name, state.value.connection]))
}

/** The chat as a guest sees it. */
export function chatOf({ room }: Guest): string[] {
  return room.chat.value.map(({ name, text }) => `${name}: ${text}`)
}
