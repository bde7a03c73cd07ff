import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FakePipe } from '../fakes/fake-pipe.ts'
import { Party, settle } from './party.ts'

let party: Party

beforeEach(() => {
  vi.useFakeTimers()
  party = new Party()
})

afterEach(async () => {
  await party.end()
  vi.useRealTimers()
})

/** As the link hands out the channel that it was given. */
function lend(owner: Parameters<Party['links']['between']>[0], other: Parameters<Party['links']['between']>[0]): RTCDataChannel {
  const pipe = new FakePipe() as unknown as RTCDataChannel
  party.links.between(owner, other).pipe.value = pipe
  return pipe
}

test("a link's second channel is lent to the network, and exactly one of the two sides dials", async () => {
  const [ada, bob] = [await party.join('ada'), await party.join('bob')]
  await settle()
  const [adas, bobs] = [lend(ada.peer, bob.peer), lend(bob.peer, ada.peer)]
  // The impolite one, whose key is greater.
  expect(ada.network.adopted).toEqual([{ member: bob.peer, pipe: adas, dials: false }])
  expect(bob.network.adopted).toEqual([{ member: ada.peer, pipe: bobs, dials: true }])
})

test('the channel of a rebuilt connection takes the place of the old one', async () => {
  const [ada, bob] = [await party.join('ada'), await party.join('bob')]
  await settle()
  lend(ada.peer, bob.peer)
  const second = lend(ada.peer, bob.peer)
  expect(ada.network.adopted).toHaveLength(1)
  expect(ada.network.adopted[0]?.pipe).toBe(second)
})

test('nothing is lent any more when the connection is closed, or the room left', async () => {
  const [ada, bob, cyd] = [await party.join('ada'), await party.join('bob'), await party.join('cyd')]
  await settle()
  lend(ada.peer, bob.peer)
  lend(ada.peer, cyd.peer)
  expect(ada.network.adopted).toHaveLength(2)
  party.links.between(ada.peer, bob.peer).pipe.value = null
  expect(ada.network.adopted.map(({ member }) => member)).toEqual([cyd.peer])
  void ada.room.leave()
  await settle()
  expect(ada.network.adopted).toEqual([])
})
