import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { AWAY_AFTER_MS, GONE_AFTER_MS } from '../../src/room/presence-policy.ts'
import { HELLO_INTERVAL_MS } from '../../src/wire/index.ts'
import { chatOf, Party, seenBy, settle } from './party.ts'

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

describe('vanishing', () => {
  test('a killed browser is shown as reconnecting, and off the list when the limit is over', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    await settle(10_000)
    party.kill(bob)
    expect(seenBy(ada)).toEqual({ bob: 'reconnecting' })
    await settle(AWAY_AFTER_MS - 1)
    expect(seenBy(ada)).toEqual({ bob: 'reconnecting' })
    await settle(SWEEPS_MS)
    expect(seenBy(ada)).toEqual({})
    expect(party.links.of(ada.peer)).toHaveLength(1)
    await settle(GONE_AFTER_MS - AWAY_AFTER_MS)
    expect(party.links.of(ada.peer)).toHaveLength(0)
  })

  test('a link that recovers in time keeps its tile', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    const [tile] = ada.room.participants.value
    party.links.between(ada.peer, bob.peer).interrupt()
    await settle(AWAY_AFTER_MS - SWEEPS_MS)
    party.links.between(ada.peer, bob.peer).resume()
    await settle(60_000)
    expect(seenBy(ada)).toEqual({ bob: 'connected' })
    expect(ada.room.participants.value[0]).toBe(tile)
  })

  test('a link closed by the other side is gone at once', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    bob.page.abort()
    await settle(50)
    expect(seenBy(ada)).toEqual({})
  })

  test('who is still there when a link closes is met again without waiting for a hello', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    party.links.between(ada.peer, bob.peer).phase.value = 'closed'
    await settle(2_000)
    expect(seenBy(ada)).toEqual({ bob: 'connected' })
    expect(seenBy(bob)).toEqual({ ada: 'connected' })
  })

  test('who was away comes back to the same place, on the same link, and is told what was said', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    await party.join('cyd')
    const [place] = ada.room.participants.value
    const links = party.links.of(ada.peer)
    party.cut(bob)
    await settle(60_000)
    expect(seenBy(ada)).toEqual({ cyd: 'connected' })
    expect(place?.state.value.connection).toBe('away')
    ada.room.say('are you there?')
    party.mesh.cut(bob.peer, false)
    for (const link of party.links.of(bob.peer)) link.resume()
    await settle()
    expect(ada.room.participants.value.map(({ state }) => state.value.name)).toEqual(['bob', 'cyd'])
    expect(ada.room.participants.value[0]).toBe(place)
    expect(party.links.of(ada.peer)).toEqual(links)
    expect(chatOf(bob)).toEqual(['ada: are you there?'])
  })

  test('a hello of somebody who is away brings the tile back, before the link is repaired', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    party.cut(bob)
    await settle(30_000)
    expect(seenBy(ada)).toEqual({})
    party.mesh.inject(ada.peer, { from: bob.peer, message: party.mesh.helloOf(bob.peer) })
    await settle(SWEEPS_MS)
    expect(seenBy(ada)).toEqual({ bob: 'reconnecting' })
  })

  test('a goodbye and a newer session of somebody who is away take effect at once', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    party.kill(bob)
    await settle(30_000)
    expect(seenBy(ada)).toEqual({})
    party.mesh.cut(bob.peer, false)
    const again = await party.join('bob')
    expect(seenBy(ada)).toEqual({ bob: 'connected' })
    party.cut(again)
    await settle(30_000)
    party.mesh.cut(again.peer, false)
    void again.room.leave()
    await settle(50)
    expect(party.links.of(ada.peer)).toEqual([])
  })

  test('a change of network is told to every link', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    ada.room.networkChanged()
    expect(party.links.between(ada.peer, bob.peer).hurries).toBe(1)
  })

  test('a sleep of our own machine is not held against anybody', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    party.links.between(ada.peer, bob.peer).interrupt()
    await settle(1_000)
    vi.setSystemTime(Date.now() + 3_600_000)
    await settle(AWAY_AFTER_MS - 2 * SWEEPS_MS)
    expect(seenBy(ada)).toEqual({ bob: 'reconnecting' })
  })
})

describe('being cut off', () => {
  test('is told with its time and what is known, keeps everybody on the list, and ends with the first who is back', async () => {
    const ada = await party.join('ada')
    await party.join('bob')
    await party.join('cyd')
    const people = ada.room.participants.value
    expect(ada.room.outage.value).toBe(null)
    const since = Date.now()
    party.cut(ada)
    expect(ada.room.outage.value).toEqual({ since, reach: 'relay' })
    expect(seenBy(ada)).toEqual({ bob: 'reconnecting', cyd: 'reconnecting' })
    ada.reach.value = 'no-relay'
    await settle(GONE_AFTER_MS - SWEEPS_MS)
    expect(ada.room.outage.value).toEqual({ since, reach: 'no-relay' })
    expect(ada.room.participants.value).toEqual(people)
    party.mesh.cut(ada.peer, false)
    party.links.of(ada.peer)[0]?.resume()
    expect(ada.room.outage.value).toBe(null)
  })

  test('comes to an end', async () => {
    const ada = await party.join('ada')
    await party.join('bob')
    ada.reach.value = 'offline'
    party.cut(ada)
    await settle(GONE_AFTER_MS + SWEEPS_MS)
    expect(seenBy(ada)).toEqual({})
    expect(ada.room.outage.value).toBe(null)
    expect(party.links.of(ada.peer)).toEqual([])
  })

  test('does not bring back who was away before', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    await party.join('cyd')
    party.kill(bob)
    await settle(30_000)
    ada.reach.value = 'no-relay'
    party.cut(ada)
    await settle(30_000)
    expect(seenBy(ada)).toEqual({ cyd: 'reconnecting' })
  })

  test('is not what it is called when somebody else vanishes', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    party.kill(bob)
    expect(ada.room.outage.value?.reach).toBe('relay')
    await settle(AWAY_AFTER_MS + SWEEPS_MS)
    expect(ada.room.outage.value).toBe(null)
  })

  test('ends with leaving', async () => {
    const ada = await party.join('ada')
    await party.join('bob')
    party.cut(ada)
    void ada.room.leave()
    expect(ada.room.outage.value).toBe(null)
  })
})

describe('a pair that cannot reach each other', () => {
  test('is told so for that pair only, and stays on each other\'s list as long as both talk to the room', async () => {
    const ada = await party.join('ada')
    const bob = await party.join('bob')
    const cyd = await party.join('cyd')
    party.links.between(ada.peer, bob.peer).interrupt()
    expect(seenBy(ada)).toEqual({ bob: 'reconnecting', cyd: 'connected' })
    await settle(10 * HELLO_INTERVAL_MS)
    expect(seenBy(ada)).toEqual({ bob: 'unreachable', cyd: 'connected' })
    expect(seenBy(bob)).toEqual({ ada: 'unreachable', cyd: 'connected' })
    expect(seenBy(cyd)).toEqual({ ada: 'connected', bob: 'connected' })
    expect(ada.room.outage.value).toBe(null)
    party.links.between(ada.peer, bob.peer).resume()
    expect(seenBy(ada)).toEqual({ bob: 'connected', cyd: 'connected' })
  })
})
