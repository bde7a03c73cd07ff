import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { answerDelayMs } from '../../src/room/lookout.ts'
import { SEEN_FOR_MS } from '../../src/room/sightings.ts'
import { HELLO_FRESHNESS_MS } from '../../src/wire/index.ts'
import type { Sighting } from '../../src/room/views.ts'
import type { ReadonlySignal } from '../../src/util/signals.ts'
import type { Here, Person } from '../../src/wire/index.ts'
import { peerKey } from '../fakes/fake-network.ts'
import { Party, SECRET, seenBy, settle, type Guest } from './party.ts'

let party: Party
let looks: AbortController

beforeEach(() => {
  vi.useFakeTimers()
  party = new Party()
  looks = new AbortController()
})

afterEach(async () => {
  looks.abort()
  await party.end()
  vi.useRealTimers()
})

/** Looks, and waits for the keys: their derivation takes real time. */
async function look(guest: Guest, secret = SECRET): Promise<ReadonlySignal<Sighting>> {
  const present = party.mesh.present
  const seen = guest.room.look('garden', secret, { signal: looks.signal })
  await vi.waitFor(() => expect(party.mesh.present).toBe(present + 1))
  return seen
}
const answers = (): Here[] => party.mesh.sent.flatMap(({ message }) => message.kind === 'here' ? [message] : [])
const person = (name: string): Person => ({ peer: peerKey(name), name })

describe('who looks in from the lobby', () => {
  test('sees who is there, and nobody sees who looks', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    const seen = await look(party.invite('cyd'))
    await settle(1_000)
    expect(seen.value?.toSorted()).toEqual(['ada', 'bob'])
    await settle(60_000)
    expect(seen.value?.toSorted()).toEqual(['ada', 'bob'])
    expect([seenBy(ada), seenBy(bob)]).toEqual([{ bob: 'connected' }, { ada: 'connected' }])
    expect(party.links.of(peerKey('cyd'))).toEqual([])
  })

  test('is told that nobody is there only after having waited for an answer', async () => {
    const seen = await look(party.invite('cyd'))
    await settle(1_000)
    expect(seen.value).toBe(null)
    await settle(2_000)
    expect(seen.value).toEqual([])
  })

  test('is told nothing without a relay, and no longer when the relay is gone', async () => {
    await party.join('ada')
    const cyd = party.invite('cyd')
    cyd.reach.value = 'no-relay'
    const seen = await look(cyd)
    await settle(5_000)
    expect(seen.value).toBe(null)
    cyd.reach.value = 'relay'
    expect(seen.value).toEqual(['ada'])
    cyd.reach.value = 'offline'
    expect(seen.value).toBe(null)
  })

  test('follows who comes, who is renamed, who leaves, and who vanishes', async () => {
    const ada = await party.join('ada')
    const seen = await look(party.invite('cyd'))
    await settle()
    const bob = await party.join('bob')
    expect(seen.value).toEqual(['ada', 'bob'])
    ada.name.value = 'Ada L.'
    await settle(2_000)
    expect(seen.value).toEqual(['Ada L.', 'bob'])
    void bob.room.leave()
    await settle(1_000)
    expect(seen.value).toEqual(['Ada L.'])
    party.kill(ada)
    await settle(SEEN_FOR_MS + 1_000)
    expect(seen.value).toEqual([])
  })

  test('hears of those who come later by asking again', async () => {
    const cyd = party.invite('cyd')
    party.mesh.cut(cyd.peer)
    const seen = await look(cyd)
    await party.join('ada')
    party.mesh.cut(cyd.peer, false)
    await settle(4_000)
    expect(seen.value).toEqual(['ada'])
  })

  test('does not see themselves, of whom the members still think as there', async () => {
    await party.join('ada')
    party.kill(await party.join('cyd'))
    party.mesh.cut(peerKey('cyd'), false)
    const seen = await look(party.invite('cyd'))
    await settle(3_000)
    expect(seen.value).toEqual(['ada'])
  })

  test('joins as ever, and looks no more when the lobby is gone', async () => {
    const ada = await party.join('ada')
    const cyd = party.invite('cyd')
    await look(cyd)
    await settle()
    await cyd.room.join('garden', SECRET)
    looks.abort()
    await settle()
    expect(seenBy(ada)).toEqual({ cyd: 'connected' })
    expect(seenBy(cyd)).toEqual({ ada: 'connected' })
  })

  test('sees nothing of a room with another secret, and nothing by a broken one', async () => {
    await party.join('ada')
    const cyd = party.invite('cyd')
    const other = await look(cyd, '')
    const broken = party.invite('dan').room.look('garden', 'x', { signal: looks.signal })
    await settle(5_000)
    expect([other.value, broken.value]).toEqual([[], null])
  })
})

describe('a room that is looked at', () => {
  test('does not answer in chorus', async () => {
    const names = ['ada', 'bob', 'cyd', 'dan', 'eve', 'fay', 'gil', 'hal', 'ivy', 'jim']
    for (const name of names) await party.join(name)
    const seen = await look(party.invite('zoe'))
    await settle(3_000)
    expect(seen.value?.toSorted()).toEqual(names)
    expect(answers().length).toBeGreaterThan(0)
    expect(answers().length).toBeLessThan(6)
  })

  test.each([[1, 0], [2, 100], [17, 1_600]])('of %i people, waits at most %i ms', (people, most) => {
    expect([answerDelayMs(people, 0), answerDelayMs(people, 1)]).toEqual([0, most])
  })

  test('leaves the answer to a member who names it, and to nobody who is not in the room or does not', async () => {
    const ada = await party.join('ada')
    for (const name of ['bob', 'dan']) await party.join(name)
    const ask = (id: string): void => party.mesh.inject(ada.peer, { from: peerKey('mal'), message: { kind: 'look', id, at: Date.now() } })
    const answer = (from: string, id: string, named: string): void =>
      party.mesh.inject(ada.peer, { from: peerKey(from), message: { kind: 'here', look: id, people: [person(named)] } })
    for (const id of ['a', 'b', 'c']) ask(id)
    answer('bob', 'a', 'bob')
    answer('bob', 'b', 'ada')
    answer('mal', 'c', 'ada')
    await settle()
    expect(answers().map(({ look: id }) => id).toSorted()).toEqual(['a', 'c'])
  })

  test('answers a flood of questions, from however many, with a few words', async () => {
    const ada = await party.join('ada')
    for (let count = 0; count < 500; count += 1) {
      party.mesh.inject(ada.peer, { from: peerKey(`sybil${count}y`), message: { kind: 'look', id: `q${count}`, at: Date.now() } })
      if (count % 5 === 0) await settle(20)
    }
    expect(answers().length).toBeLessThanOrEqual(8 + 2 + 1)
    expect(seenBy(ada)).toEqual({})
  })

  test('answers others while somebody asks without end', async () => {
    const ada = await party.join('ada')
    const ask = (from: string, id: string): void => party.mesh.inject(ada.peer, { from: peerKey(from), message: { kind: 'look', id, at: Date.now() } })
    for (let count = 0; count < 70; count += 1) {
      ask('mal', `q${count}`)
      await settle(50)
    }
    ask('cyd', 'wanted')
    await settle()
    expect(answers().map(({ look: id }) => id)).toContain('wanted')
  })

  test('does not answer a question from another time', async () => {
    const ada = await party.join('ada')
    for (const at of [Date.now() - HELLO_FRESHNESS_MS - 1, Date.now() + HELLO_FRESHNESS_MS + 1_000]) {
      party.mesh.inject(ada.peer, { from: peerKey('mal'), message: { kind: 'look', id: `at${at}`, at } })
    }
    await settle()
    expect(answers()).toEqual([])
  })

  test('is not invented by an answer to no question of ours', async () => {
    const cyd = party.invite('cyd')
    const seen = await look(cyd)
    await settle()
    party.mesh.inject(cyd.peer, { from: peerKey('mal'), message: { kind: 'here', look: 'other', people: [person('ghost')] } })
    await settle(3_000)
    expect(seen.value).toEqual([])
  })
})
