import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newSession } from '../../src/wire/index.ts'
import type { Hello, SessionId, Signal, SignalBody } from '../../src/wire/index.ts'
import { peerKey } from '../fakes/fake-network.ts'
import { type Guest, Party, seenBy, settle } from './party.ts'

const mallory = peerKey('mallory')
const OFFER: SignalBody = { kind: 'description', type: 'offer', sdp: 'v=0', offerId: 'x', candidates: [] }

let party: Party
let ada: Guest
let session: SessionId

beforeEach(async () => {
  vi.useFakeTimers()
  party = new Party()
  ada = await party.join('ada')
  session = newSession()
})

afterEach(async () => {
  await party.end()
  vi.useRealTimers()
})

function hello(seq: number): Hello {
  return { kind: 'hello', session, seq, at: Date.now(), name: 'mallory', addresses: [] }
}

function signal(over: Partial<Signal>): Signal {
  const toSession = party.mesh.helloOf(ada.peer).session
  return { kind: 'signal', session, seq: 1, to: ada.peer, toSession, name: 'mallory', addresses: [], body: OFFER, ...over }
}

const send = (message: Hello | Signal): void => party.mesh.inject(ada.peer, { from: mallory, message })

test('an offer to our session makes the sender a participant', () => {
  send(signal({}))
  expect(seenBy(ada)).toEqual({ mallory: 'connecting' })
})

test('an offer to another peer or to an older session of ours is ignored', () => {
  send(signal({ to: peerKey('bob') }))
  send(signal({ seq: 2, toSession: newSession(Date.now() - 60_000) }))
  expect(seenBy(ada)).toEqual({})
})

test.each<SignalBody>([
  { kind: 'rebuild' },
  { kind: 'restart' },
  { kind: 'unheard' },
  { kind: 'description', type: 'answer', sdp: 'v=0', offerId: 'x', candidates: [] },
])('a $kind from somebody unknown is ignored', (body) => {
  send(signal({ body }))
  expect(seenBy(ada)).toEqual({})
})

test('candidates that overtake their offer reach the same link', () => {
  send(signal({ seq: 2, body: { kind: 'candidates', candidates: [] } }))
  send(signal({ seq: 1 }))
  expect(seenBy(ada)).toEqual({ mallory: 'connecting' })
  expect(party.links.of(ada.peer)).toHaveLength(1)
})

test('a replayed offer is not answered again', async () => {
  const message = signal({})
  send(message)
  await settle()
  const sent = party.mesh.sent.length
  send(message)
  await settle()
  expect(party.mesh.sent).toHaveLength(sent)
})

test('a replayed hello brings nobody back after the goodbye', () => {
  const message = hello(1)
  send(message)
  party.mesh.inject(ada.peer, { from: mallory, message: { kind: 'bye', session, seq: 2 } })
  send(message)
  expect(seenBy(ada)).toEqual({})
})

test('a flooding peer is shut out for good, while others go on', async () => {
  const bob = await party.join('bob')
  for (let seq = 1; seq <= 2_000; seq += 1) send(hello(seq))
  expect(seenBy(ada)).toEqual({ bob: 'connected' })
  await settle(60_000)
  send(hello(3_000))
  send(signal({ seq: 3_001 }))
  expect(seenBy(ada)).toEqual({ bob: 'connected' })
  bob.room.say('still here')
  await settle()
  expect(ada.room.chat.value).toMatchObject([{ text: 'still here' }])
})

test('a flood on the control channel shuts out as well', async () => {
  const bob = await party.join('bob')
  const { options } = party.links.between(ada.peer, bob.peer)
  for (let count = 0; count < 2_000; count += 1) {
    options.onControl({ kind: 'state', name: 'bob', media: { microphone: true, camera: true, screen: true } })
  }
  expect(seenBy(ada)).toEqual({})
})

test('a burst above the rate is dropped, not punished', async () => {
  for (let seq = 1; seq <= 100; seq += 1) send(hello(seq))
  await settle(5_000)
  send({ ...hello(200), name: 'calm' })
  expect(seenBy(ada)).toEqual({ calm: 'connecting' })
})

test('signals for others, which pass by on the topic, do not count against their sender', async () => {
  for (let seq = 1; seq <= 2_000; seq += 1) send(signal({ seq, to: peerKey('bob') }))
  send(hello(3_000))
  expect(seenBy(ada)).toEqual({ mallory: 'connecting' })
})
