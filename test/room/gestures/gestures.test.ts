import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { REACTION_MS } from '../../../src/room/gestures/gestures.ts'
import { heardHand, inOrder, kept, NO_HANDS } from '../../../src/room/gestures/hands.ts'
import { newSession } from '../../../src/wire/index.ts'
import { peerKey } from '../../fakes/fake-network.ts'
import { chatOf, type Guest, Party, SECRET, settle } from '../party.ts'

let party: Party

beforeEach(() => {
  vi.useFakeTimers()
  party = new Party()
})

afterEach(async () => {
  await party.end()
  vi.useRealTimers()
})

/** The names of those with a hand up, as a guest sees it. */
function handsSeenBy({ room, peer, name }: Guest): string[] {
  const nameOf = (of: string): string => of === peer ? name.value : room.participants.value.find((each) => each.peer === of)?.state.value.name ?? '?'
  return room.gestures.hands.value.map(nameOf)
}

function reactionsSeenBy({ room }: Guest): string[] {
  return room.gestures.reactions.value.map(({ reaction }) => reaction)
}

describe('raised hands', () => {
  test('are seen by everybody in the order in which they were raised, until they are lowered', async () => {
    const [ada, bob, cyd] = [await party.join('ada'), await party.join('bob'), await party.join('cyd')]
    cyd.room.gestures.setHand(true)
    await settle()
    ada.room.gestures.setHand(true)
    await settle()
    for (const guest of [ada, bob, cyd]) expect(handsSeenBy(guest)).toEqual(['cyd', 'ada'])
    cyd.room.gestures.setHand(false)
    await settle()
    for (const guest of [ada, bob, cyd]) expect(handsSeenBy(guest)).toEqual(['ada'])
  })

  test('are told to whoever comes later, in the same order', async () => {
    const [ada, bob] = [await party.join('ada'), await party.join('bob')]
    bob.room.gestures.setHand(true)
    await settle(5_000)
    ada.room.gestures.setHand(true)
    await settle(5_000)
    expect(handsSeenBy(await party.join('cyd'))).toEqual(['bob', 'ada'])
  })

  test('keep their place while the link is broken, and go with the session', async () => {
    const [ada, bob] = [await party.join('ada'), await party.join('bob')]
    bob.room.gestures.setHand(true)
    await settle()
    ada.room.gestures.setHand(true)
    party.links.between(ada.peer, bob.peer).interrupt()
    await settle(3_000)
    party.links.between(ada.peer, bob.peer).resume()
    await settle()
    expect(handsSeenBy(ada)).toEqual(['bob', 'ada'])
    void bob.room.leave()
    await settle()
    expect(handsSeenBy(ada)).toEqual(['ada'])
    await bob.room.join('garden', SECRET)
    await settle()
    expect(handsSeenBy(ada)).toEqual(['ada'])
    expect(handsSeenBy(bob)).toEqual(['ada'])
  })

  test('that seem to be up for years, since the clock was put right meanwhile, keep nobody from being told the rest', async () => {
    const ada = await party.join('ada')
    ada.room.gestures.setHand(true)
    ada.room.say('hello')
    vi.setSystemTime(Date.now() + 400 * 86_400_000)
    const bob = await party.join('bob')
    expect(handsSeenBy(bob)).toEqual(['ada'])
    expect(chatOf(bob)).toEqual(['ada: hello'])
  })

  test('are down after leaving, and cannot be raised outside a room', async () => {
    const ada = await party.join('ada')
    expect(ada.room.gestures.setHand(true)).toBe(true)
    await ada.room.leave()
    await settle()
    expect(handsSeenBy(ada)).toEqual([])
    expect(ada.room.gestures.setHand(true)).toBe(false)
  })

  test('that go up and down without end are ignored when they go up, never when they go down', async () => {
    const [ada, bob] = [await party.join('ada'), await party.join('bob')]
    const link = party.links.between(bob.peer, ada.peer)
    for (let turn = 0; turn < 20; turn++) {
      link.send({ kind: 'hand', upForMs: 0 })
      link.send({ kind: 'hand', upForMs: null })
    }
    link.send({ kind: 'hand', upForMs: 0 })
    await settle(100)
    expect(handsSeenBy(ada)).toEqual([])
  })
})

describe('the order of hands', () => {
  const [ada, bob, cyd] = [peerKey('ada'), peerKey('bob'), peerKey('cyd')]
  const [session, later] = [newSession(1_000_000), newSession(2_000_000)]

  test('is that of the first words of sessions, whenever these were heard', () => {
    let hands = heardHand(NO_HANDS, ada, session, 1_000, 10_000)
    hands = heardHand(hands, bob, session, 5_000, 10_001)
    hands = heardHand(hands, cyd, session, null, 10_002)
    expect(inOrder(hands)).toEqual([bob, ada])
  })

  test('cannot be changed by a claim later on', () => {
    let hands = heardHand(NO_HANDS, ada, session, 1_000, 10_000)
    hands = heardHand(hands, bob, session, null, 10_000)
    hands = heardHand(hands, bob, session, 9_000, 11_000)
    expect(inOrder(hands)).toEqual([ada, bob])
    hands = heardHand(hands, bob, session, 9_000, 12_000)
    expect(inOrder(hands)).toEqual([ada, bob])
  })

  test('forgets those whose session is another', () => {
    const hands = heardHand(heardHand(NO_HANDS, ada, session, 0, 1), bob, session, 0, 2)
    expect(inOrder(kept(hands, (peer) => peer === ada ? later : session))).toEqual([bob])
    expect(kept(hands, () => session)).toBe(hands)
  })
})

describe('reactions', () => {
  test('are seen by everybody, ourselves included, and pass', async () => {
    const [ada, bob] = [await party.join('ada'), await party.join('bob')]
    ada.room.gestures.react('clap')
    await settle(100)
    for (const guest of [ada, bob]) expect(guest.room.gestures.reactions.value).toMatchObject([{ peer: ada.peer, reaction: 'clap' }])
    await settle(REACTION_MS)
    for (const guest of [ada, bob]) expect(reactionsSeenBy(guest)).toEqual([])
  })

  test('are refused when they come too fast: ours are not sent, theirs are not shown', async () => {
    const [ada, bob] = [await party.join('ada'), await party.join('bob')]
    const taken = Array.from({ length: 20 }, () => ada.room.gestures.react('heart')).filter(Boolean).length
    expect(taken).toBeLessThan(10)
    await settle(100)
    expect(reactionsSeenBy(bob)).toHaveLength(taken)
    const link = party.links.between(bob.peer, ada.peer)
    for (let turn = 0; turn < 30; turn++) link.send({ kind: 'reaction', reaction: 'party' })
    await settle(100)
    expect(reactionsSeenBy(ada).filter((reaction) => reaction === 'party').length).toBeLessThanOrEqual(11)
    expect(ada.room.participants.value).toHaveLength(1)
  })

  test('are gone with the room', async () => {
    const ada = await party.join('ada')
    ada.room.gestures.react('laugh')
    await ada.room.leave()
    await settle(500)
    expect(reactionsSeenBy(ada)).toEqual([])
    expect(ada.room.gestures.react('laugh')).toBe(false)
  })
})
