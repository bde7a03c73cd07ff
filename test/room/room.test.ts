import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { peerKey } from '../fakes/fake-network.ts'
import { chatOf, Party, SECRET, seenBy, settle } from './party.ts'

let party: Party

beforeEach(() => {
  vi.useFakeTimers()
  party = new Party()
})

afterEach(async () => {
  await party.end()
  vi.useRealTimers()
})

describe('joining', () => {
  test('two who join one after the other see each other connected', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    expect(seenBy(ada)).toEqual({ bob: 'connected' })
    expect(seenBy(bob)).toEqual({ ada: 'connected' })
  })

  test('a malformed topic or secret is refused with its code, and nothing changes', async () => {
    const ada = party.invite('ada')
    expect(await ada.room.join('  ', '')).toBe('topic-empty')
    expect(await ada.room.join('x'.repeat(65), '')).toBe('topic-too-long')
    expect(await ada.room.join('a\u0000b', '')).toBe('topic-unprintable')
    expect(await ada.room.join('garden', 'short')).toBe('secret-malformed')
    expect(ada.room.state.value).toEqual({ phase: 'lobby' })
    await party.join('bob')
    await ada.room.join('garden', SECRET)
    await settle()
    expect(await ada.room.join('', '')).toBe('topic-empty')
    expect(seenBy(ada)).toEqual({ bob: 'connected' })
  })

  test('the state tells the normalised topic, whether it is private, and the link', async () => {
    const ada = party.invite('ada')
    await ada.room.join(' Our  Garden ', SECRET)
    expect(ada.room.state.value).toEqual({
      phase: 'joined', topic: 'our-garden', isPrivate: true, link: `https://parley.test/#/our-garden/${SECRET}`,
    })
    await ada.room.join('square', '')
    await settle()
    expect(ada.room.state.value).toMatchObject({ phase: 'joined', topic: 'square', isPrivate: false })
  })

  test('hello is said before the join resolves', async () => {
    const ada = party.invite('ada')
    await ada.room.join('garden', SECRET)
    expect(party.mesh.sent).toMatchObject([{ from: ada.peer, message: { kind: 'hello', name: 'ada' } }])
  })

  test('a hello is answered with an offer in the same instant', async () => {
    const ada = await party.join('ada')
    const hello = { ...party.mesh.helloOf(ada.peer), name: 'bob', seq: 1 }
    const before = party.mesh.sent.length
    party.mesh.inject(ada.peer, { from: peerKey('bob'), message: hello })
    await Promise.resolve()
    expect(party.mesh.sent.slice(before)).toMatchObject([
      { message: { kind: 'signal', to: peerKey('bob'), toSession: hello.session, name: 'ada', body: { type: 'offer' } } },
    ])
  })

  test('when both offer at once they still connect, over one link each', async () => {
    const ada = party.invite('ada')
    const bob = party.invite('bob')
    await Promise.all([ada.room.join('garden', SECRET), bob.room.join('garden', SECRET)])
    for (const { peer } of [ada, bob]) party.mesh.announceAudience(peer)
    await settle()
    const offers = party.mesh.sent.filter(({ message }) => message.kind === 'signal' && JSON.stringify(message.body).includes('"offer"'))
    expect(offers.map(({ from }) => from).sort()).toEqual([ada.peer, bob.peer])
    expect(seenBy(ada)).toEqual({ bob: 'connected' })
    expect(seenBy(bob)).toEqual({ ada: 'connected' })
    expect(party.links.open).toHaveLength(2)
  })

  test.each([1, 2, 3, 4, 5])('five find each other over a mesh that delays, reorders and duplicates (seed %i)', async (seed) => {
    let state = seed
    const random = (): number => (state = state * 48_271 % 2_147_483_647) / 2_147_483_647
    party.mesh.delayMs = () => 1 + Math.floor(300 * random())
    party.mesh.copies = 2
    const names = ['ada', 'bob', 'cyd', 'dee', 'eve']
    const guests = names.map((name) => party.invite(name))
    for (const guest of guests) {
      // Keys are derived in real time, which the fake clock knows nothing of: it must not run on meanwhile.
      await guest.room.join('garden', SECRET)
      await settle(Math.floor(200 * random()))
    }
    await settle(30_000)
    for (const [index, guest] of guests.entries()) {
      const others = names.filter((_, other) => other !== index)
      expect(seenBy(guest)).toEqual(Object.fromEntries(others.map((name) => [name, 'connected'])))
    }
    expect(party.links.open).toHaveLength(20)
  })

  test('people in other rooms are not met', async () => {
    const ada = await party.join('ada')
    const bob = party.invite('bob')
    await bob.room.join('cellar', SECRET)
    await settle()
    expect([seenBy(ada), seenBy(bob)]).toEqual([{}, {}])
  })

  test('whoever connects is remembered under the pubsub topic, never under the topic itself', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    expect(ada.network.remembered).toEqual([{
      topic: expect.stringMatching(/^parley\/1\/[a-z2-7]{52}$/), peer: bob.peer, addresses: bob.network.addresses.value,
    }])
  })

  test('keys prepared while typing are derived once, and failing ones are tried anew', async () => {
    const { createRoom } = await import('../../src/room/index.ts')
    const ada = party.invite('ada')
    const stretch = vi.fn(async () => new Uint8Array(32)).mockRejectedValueOnce(new Error('no worker'))
    const page = new AbortController()
    const room = createRoom({
      network: ada.network, makeLink: party.links.makerFor(ada.peer), local: ada, name: ada.name,
      origin: 'https://parley.test', stretch, networkName: 'parley', reach: ada.reach, pasted: () => [], signal: page.signal,
    })
    expect(await room.join('square', '')).toBe('network-failed')
    expect(room.state.value).toEqual({ phase: 'lobby' })
    room.prepare('Square', '')
    expect(await room.join('square', '')).toBe(null)
    expect(stretch).toHaveBeenCalledTimes(2)
    page.abort()
  })

  test('a look at another room waits for the keys of a join, which it would end', async () => {
    const { createRoom } = await import('../../src/room/index.ts')
    const ada = party.invite('ada')
    const answers: ((bytes: Uint8Array) => void)[] = []
    const stretch = vi.fn(() => new Promise<Uint8Array>((resolve) => { answers.push(resolve) }))
    const page = new AbortController()
    const room = createRoom({
      network: ada.network, makeLink: party.links.makerFor(ada.peer), local: ada, name: ada.name,
      origin: 'https://parley.test', stretch, networkName: 'parley', reach: ada.reach, pasted: () => [], signal: page.signal,
    })
    const joined = room.join('square', '')
    room.look('garden', '', { signal: page.signal })
    expect(stretch.mock.calls).toEqual([['square']])
    answers[0]?.(new Uint8Array(32))
    expect(await joined).toBe(null)
    expect(stretch.mock.calls).toEqual([['square'], ['garden']])
    page.abort()
  })
})

describe('leaving', () => {
  test('the others lose the tile at once, and nothing stays open', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    const leaving = bob.room.leave()
    expect(bob.room.state.value).toEqual({ phase: 'lobby' })
    expect(seenBy(bob)).toEqual({})
    await settle(100)
    await leaving
    expect(seenBy(ada)).toEqual({})
    expect(party.links.open).toEqual([])
    expect(party.mesh.present).toBe(1)
    await ada.room.leave()
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a network that is stuck delays it by no more than 300 ms', async () => {
    const ada = await party.join('ada')
    ada.network.stuck = true
    const leaving = ada.room.leave()
    await settle(299)
    expect(party.mesh.present).toBe(1)
    await settle(1)
    expect(party.mesh.present).toBe(0)
    await leaving
  })

  test('meanwhile nobody comes into view any more, and nobody goes', async () => {
    const ada = await party.join('ada')
    const [bob] = [await party.join('bob'), await party.join('cyd')]
    ada.network.stuck = true
    void ada.room.leave()
    party.mesh.inject(ada.peer, { from: peerKey('dee'), message: { ...party.mesh.helloOf(ada.peer), name: 'dee' } })
    bob.page.abort()
    const shown: number[] = []
    const unsubscribe = ada.room.participants.subscribe((people) => shown.push(people.length))
    await settle(100)
    unsubscribe()
    expect(Math.max(...shown)).toBe(0)
  })

  test('a hello that was put off is not said any more', async () => {
    const ada = await party.join('ada')
    for (let count = 0; count < 10; count += 1) party.mesh.announceAudience(ada.peer)
    ada.page.abort()
    expect(vi.getTimerCount()).toBe(0)
  })

  test('the same room is not entered again before the goodbye is over', async () => {
    const ada = await party.join('ada')
    ada.network.stuck = true
    void ada.room.leave()
    const joining = ada.room.join('garden', SECRET)
    await settle(299)
    expect(ada.room.state.value.phase).toBe('joining')
    expect(party.mesh.sent.at(-1)?.message.kind).toBe('bye')
    await settle(1)
    expect(await joining).toBe(null)
    expect(party.mesh.sent.at(-1)?.message.kind).toBe('hello')
  })

  test('it is idempotent, also in the lobby', async () => {
    const ada = await party.join('ada')
    await party.join('bob')
    const both = Promise.all([ada.room.leave(), ada.room.leave()])
    await settle()
    await both
    await ada.room.leave()
    const byes = party.mesh.sent.filter(({ message }) => message.kind === 'bye')
    expect(byes).toHaveLength(1)
  })

  test('while joining it cancels the join, which never says hello', async () => {
    const ada = party.invite('ada')
    const joining = ada.room.join('garden', SECRET)
    expect(ada.room.state.value.phase).toBe('joining')
    await ada.room.leave()
    expect(await joining).toBe(null)
    expect(ada.room.state.value).toEqual({ phase: 'lobby' })
    expect(party.mesh.sent).toEqual([])
    expect(party.mesh.present).toBe(0)
  })

  test('of two joins in a row only the second comes about', async () => {
    const ada = party.invite('ada')
    const first = ada.room.join('cellar', SECRET)
    const second = ada.room.join('garden', SECRET)
    await Promise.all([first, second])
    expect(ada.room.state.value).toMatchObject({ phase: 'joined', topic: 'garden' })
    expect(party.mesh.present).toBe(1)
  })

  test('joining another room says goodbye to the first one', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    const joining = bob.room.join('cellar', SECRET)
    await settle()
    await joining
    expect(seenBy(ada)).toEqual({})
    expect(bob.room.state.value).toMatchObject({ phase: 'joined', topic: 'cellar' })
  })

  test('abandoning says goodbye on both ways before it returns', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    const link = party.links.between(bob.peer, ada.peer)
    bob.room.abandon()
    expect(party.mesh.sent.at(-1)).toMatchObject({ from: bob.peer, message: { kind: 'bye' } })
    expect(link.told.at(-1)).toEqual({ kind: 'bye' })
    await settle(100)
    expect(seenBy(ada)).toEqual({})
  })

  test('after a goodbye over the control channel, earlier messages that come late bring nobody back', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    const late = party.mesh.helloOf(bob.peer)
    party.mesh.cut(bob.peer)
    void bob.room.leave()
    await settle()
    expect(seenBy(ada)).toEqual({})
    party.mesh.inject(ada.peer, { from: bob.peer, message: late })
    expect(seenBy(ada)).toEqual({})
  })

  test('what has been said is gone with the room', async () => {
    const ada = await party.join('ada')
    ada.room.say('hello')
    await ada.room.leave()
    expect(chatOf(ada)).toEqual([])
    expect(ada.room.say('anybody?')).toBe(false)
  })
})
