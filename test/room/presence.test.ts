import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { UNCONNECTED_LIMIT_MS, UNPROVEN_LIMIT_MS } from '../../src/room/presence-policy.ts'
import { MAX_PARTICIPANTS } from '../../src/room/roster.ts'
import { HELLO_INTERVAL_MS, newSession } from '../../src/wire/index.ts'
import type { Hello, SessionId } from '../../src/wire/index.ts'
import { peerKey } from '../fakes/fake-network.ts'
import { Party, SECRET, seenBy, settle } from './party.ts'

/** Two looks of the roster. */
const SWEEPS_MS = 1_000

let party: Party

beforeEach(() => {
  vi.useFakeTimers()
  party = new Party()
})

afterEach(async () => {
  await party.end()
  vi.useRealTimers()
})

function hello(name: string, session: SessionId = newSession(), seq = 1): Hello {
  return { kind: 'hello', session, seq, at: Date.now(), name, addresses: [] }
}

describe('heartbeats', () => {
  test('a member says hello again within each interval, never sooner than 70 % of it', async () => {
    await party.join('ada')
    await settle(10 * HELLO_INTERVAL_MS)
    const times = party.mesh.sent.map(({ message }) => (message as Hello).at)
    const gaps = times.slice(1).map((at, index) => at - times[index]!)
    expect(times.length).toBeGreaterThan(10)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(HELLO_INTERVAL_MS + 1)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0.7 * HELLO_INTERVAL_MS - 1)
  })

  test('a new audience is greeted at once, a hundred of them a few times', async () => {
    const ada = await party.join('ada')
    party.mesh.announceAudience(ada.peer)
    expect(party.mesh.sent).toHaveLength(2)
    for (let count = 0; count < 100; count += 1) party.mesh.announceAudience(ada.peer)
    expect(party.mesh.sent.length).toBeLessThanOrEqual(4)
    await settle(3_000)
    expect(party.mesh.sent.length).toBeLessThanOrEqual(6)
  })

  test('a new name and new addresses are told to the room', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    bob.name.value = 'Robert'
    bob.network.addresses.value = ['/ip4/192.0.2.1/tcp/1/ws']
    await settle(3_000)
    expect(seenBy(ada)).toEqual({ Robert: 'connected' })
    expect(party.mesh.sent.at(-1)?.message).toMatchObject({ kind: 'hello', name: 'Robert', addresses: ['/ip4/192.0.2.1/tcp/1/ws'] })
  })
})

describe('sessions', () => {
  test('a page loaded anew takes the tile of its older session', async () => {
    const ada = await party.join('ada')
    await party.join('bob')
    const cyd = await party.join('cyd')
    const [tile] = ada.room.participants.value
    const again = await party.join('bob')
    expect(ada.room.participants.value.map(({ peer }) => peer)).toEqual([again.peer, cyd.peer])
    expect(ada.room.participants.value[0]).toBe(tile)
    expect(seenBy(ada)).toEqual({ bob: 'connected', cyd: 'connected' })
    expect(party.links.of(ada.peer)).toHaveLength(2)
  })

  test('what an older session says, its goodbye too, changes nothing', async () => {
    const ada = await party.join('ada')
    const older = newSession(Date.now() - 60_000)
    await party.join('bob')
    const links = party.links.of(ada.peer)
    party.mesh.inject(ada.peer, { from: peerKey('bob'), message: hello('ghost', older) })
    party.mesh.inject(ada.peer, { from: peerKey('bob'), message: { kind: 'bye', session: older, seq: 2 } })
    expect(seenBy(ada)).toEqual({ bob: 'connected' })
    expect(party.links.of(ada.peer)).toEqual(links)
  })

  test('an older goodbye changes nothing even when so many peers have spoken that its session is forgotten', async () => {
    const ada = await party.join('ada')
    const older = newSession(Date.now() - 60_000)
    await party.join('bob')
    for (let count = 0; count < 1_100; count += 1) {
      party.mesh.inject(ada.peer, { from: peerKey(`sybil${count}y`), message: { kind: 'bye', session: newSession(), seq: 1 } })
    }
    party.mesh.inject(ada.peer, { from: peerKey('bob'), message: { kind: 'bye', session: older, seq: 2 } })
    expect(seenBy(ada)).toEqual({ bob: 'connected' })
  })

  test('our own peer id is never shown', async () => {
    const ada = await party.join('ada')
    party.mesh.inject(ada.peer, { from: ada.peer, message: hello('ada') })
    expect(seenBy(ada)).toEqual({})
  })
})

describe('whoever does not connect', () => {
  test('goes after a while of silence when a single message was all', async () => {
    const ada = await party.join('ada')
    party.mesh.inject(ada.peer, { from: peerKey('bob'), message: hello('bob') })
    await settle(UNPROVEN_LIMIT_MS)
    expect(seenBy(ada)).toEqual({ bob: 'connecting' })
    await settle(SWEEPS_MS)
    expect(seenBy(ada)).toEqual({})
  })

  test('stays as long as hellos come', async () => {
    party.links.mediaGetsThrough = false
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    expect(seenBy(ada)).toEqual({ bob: 'connecting' })
    await settle(5 * HELLO_INTERVAL_MS)
    expect(seenBy(ada)).toEqual({ bob: 'unreachable' })
    party.kill(bob)
    await settle(UNCONNECTED_LIMIT_MS + SWEEPS_MS)
    expect(seenBy(ada)).toEqual({})
  })
})

describe('signals', () => {
  test('that wait for a carrier are sent, and unanswered offers said again, as soon as one may have come up', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    party.cut(ada)
    await settle(20_000)
    const link = party.links.between(ada.peer, bob.peer)
    link.options.send({ kind: 'candidates', candidates: [] })
    await settle(10_000)
    party.mesh.cut(ada.peer, false)
    const [sent, prompts] = [party.mesh.sent.length, link.prompts]
    party.mesh.announceAudience(ada.peer)
    await settle(0)
    expect(party.mesh.sent.slice(sent).map(({ message }) => message.kind)).toContain('signal')
    expect(link.prompts).toBe(prompts + 1)
  })

  test('can reach somebody over a relay or through others, and not over the broken link itself', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    const { signalable } = party.links.between(ada.peer, bob.peer).options
    expect(signalable()).toBe(true)
    ada.reach.value = 'no-relay'
    expect(signalable()).toBe(false)
    await party.join('cyd')
    expect(signalable()).toBe(true)
  })

  test('that find no carrier are sent again, and the newest description only', async () => {
    const ada = await party.join('ada')
    const bob = party.invite('bob')
    ada.network.refuseSends = 3
    await bob.room.join('garden', SECRET)
    await settle(100)
    expect(seenBy(ada)).toEqual({ bob: 'connecting' })
    await settle(5_000)
    expect(seenBy(ada)).toEqual({ bob: 'connected' })
    expect(ada.network.refusedSends).toBe(3)
  })

  test('are no longer sent to somebody who has gone', async () => {
    const ada = await party.join('ada')
    ada.network.refuseSends = Infinity
    const session = newSession()
    party.mesh.inject(ada.peer, { from: peerKey('bob'), message: hello('bob', session) })
    await settle(1_000)
    party.mesh.inject(ada.peer, { from: peerKey('bob'), message: { kind: 'bye', session, seq: 2 } })
    const refused = ada.network.refusedSends
    expect(refused).toBeGreaterThan(1)
    await settle(60_000)
    expect(ada.network.refusedSends).toBe(refused)
  })

  test('of a connected link travel on its control channel', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    const sent = party.mesh.sent.length
    const link = party.links.between(ada.peer, bob.peer)
    link.options.send({ kind: 'candidates', candidates: [] })
    expect(link.told.at(-1)).toMatchObject({ kind: 'signal', body: { kind: 'candidates' } })
    expect(party.mesh.sent).toHaveLength(sent)
  })

  test('of a link that the peer has given up travel by the network too, although its end here still looks whole', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    const [gone, whole] = [party.links.between(ada.peer, bob.peer), party.links.between(bob.peer, ada.peer)]
    gone.isCut = true
    gone.phase.value = 'interrupted'
    expect(whole.phase.peek()).toBe('connected')
    const sent = party.mesh.sent.length
    gone.restart()
    await settle(100)
    // The offer, and its answer.
    expect(party.mesh.sent.slice(sent)).toMatchObject([{ message: { body: { type: 'offer' } } }, { message: { body: { type: 'answer' } } }])
  })

  test('of a link that has just come back travel by the network too, since it may be back for us alone', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    const link = party.links.between(ada.peer, bob.peer)
    link.interrupt()
    await settle(20_000)
    link.phase.value = 'connected'
    const sent = party.mesh.sent.length
    link.options.send({ kind: 'candidates', candidates: [] })
    await settle(5_000)
    link.options.send({ kind: 'candidates', candidates: [] })
    await settle(0)
    expect(link.told.filter(({ kind }) => kind === 'signal')).toHaveLength(2)
    expect(party.mesh.sent.slice(sent).filter(({ from }) => from === ada.peer)).toMatchObject([{ message: { kind: 'signal', body: { kind: 'candidates' } } }])
  })

  test('what was said in vain is asked for again also of a link that looks whole', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    const link = party.links.between(ada.peer, bob.peer)
    expect(link.phase.peek()).toBe('connected')
    const before = link.prompts
    party.mesh.announceAudience(ada.peer)
    expect(link.prompts).toBeGreaterThan(before)
  })

  test('of an interrupted link travel by the network', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    const link = party.links.between(ada.peer, bob.peer)
    link.interrupt()
    link.options.send({ kind: 'candidates', candidates: [] })
    await settle(0)
    expect(party.mesh.sent.at(-1)?.message).toMatchObject({ kind: 'signal', to: bob.peer, body: { kind: 'candidates' } })
  })
})

describe('a full room', () => {
  const fill = (to: Awaited<ReturnType<Party['join']>>): void => {
    for (let count = 0; count < MAX_PARTICIPANTS; count += 1) {
      party.mesh.inject(to.peer, { from: peerKey(`sybil${count}y`), message: hello(`sybil${count}`) })
    }
  }

  test('takes so many and no more', async () => {
    const ada = await party.join('ada')
    fill(ada)
    party.mesh.inject(ada.peer, { from: peerKey('late'), message: hello('late') })
    expect(ada.room.participants.value).toHaveLength(MAX_PARTICIPANTS)
    expect(seenBy(ada)).not.toHaveProperty('late')
  })

  test('gives the place of somebody who has not come up in time to a newcomer', async () => {
    const ada = await party.join('ada')
    await party.join('bob')
    fill(ada)
    await settle(UNPROVEN_LIMIT_MS - 1)
    await party.join('cyd')
    await settle(HELLO_INTERVAL_MS)
    expect(seenBy(ada)).toMatchObject({ bob: 'connected', cyd: 'connected' })
  })

  test('the browser refusing a connection leaves the others alone', async () => {
    const ada = await party.join('ada')
    await party.join('bob')
    party.links.refuses = true
    party.mesh.inject(ada.peer, { from: peerKey('cyd'), message: hello('cyd') })
    expect(seenBy(ada)).toEqual({ bob: 'connected' })
  })
})
