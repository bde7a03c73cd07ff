import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createByHand, createRoom, type CodesView, type HandedCode, type Room } from '../../src/room/index.ts'
import { signal } from '../../src/util/signals.ts'
import { newSecret, parseTopic } from '../../src/wire/index.ts'
import type { CodeSigner, PeerKey, VerifySignature } from '../../src/wire/index.ts'
import { peerKeyOf } from '../../src/wire/public-key.ts'
import { FakeHandLinks } from '../fakes/fake-hand-link.ts'
import { FakeLinks } from '../fakes/fake-link.ts'
import { FakeMesh, FakeNetwork } from '../fakes/fake-network.ts'
import { settle } from './party.ts'

interface Person {
  room: Room
  codes: CodesView
  peer: PeerKey
  page: AbortController
}

const TEN_MINUTES_MS = 600_000
const stamp = (publicKey: Uint8Array, bytes: Uint8Array): Buffer => createHash('sha512').update(publicKey).update(bytes).digest()
/** Stands for Ed25519, whose real asynchrony fake clocks do not wait for. */
const verify: VerifySignature = async (publicKey, bytes, signature) => stamp(publicKey, bytes).equals(signature)

let mesh: FakeMesh
let links: FakeLinks
let hands: FakeHandLinks
let people: Person[]

beforeEach(() => {
  vi.useFakeTimers({ now: 1_790_000_000_000 })
  mesh = new FakeMesh()
  links = new FakeLinks()
  hands = new FakeHandLinks()
  people = []
})

afterEach(async () => {
  for (const { page } of people) page.abort()
  await settle(2_000)
  expect(hands.open).toEqual([])
  expect(links.open).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

/** Somebody whose node has no relay: nothing that it publishes goes anywhere. */
function person(name: string): Person {
  const publicKey = new Uint8Array(32).fill(people.length + 1)
  const peer = peerKeyOf(publicKey)
  const network = new FakeNetwork(mesh, peer)
  mesh.cut(peer)
  const page = new AbortController()
  const signer: CodeSigner = { publicKey, sign: async (bytes) => stamp(publicKey, bytes) }
  const common = { name: signal(name), origin: 'https://parley.test', networkName: 'parley' }
  const room = createRoom({
    ...common, network, makeLink: links.makerFor(peer), local: { sending: signal({ microphone: true, camera: true, screen: false }) },
    stretch: async () => new Uint8Array(32), pasted: () => [], reach: signal('no-relay'), signal: page.signal,
  })
  const codes = createByHand({ ...common, room, makeHandLink: hands.make, signer, verify, self: peer })
  const made = { room, codes, peer, page }
  people.push(made)
  return made
}

async function handed(code: Promise<HandedCode | string>): Promise<HandedCode> {
  const made = await code
  if (typeof made === 'string') throw new Error(made)
  return made
}

const seen = ({ room }: Person): string[] => room.participants.value.map(({ state }) => `${state.value.name}: ${state.value.connection}`)

async function completed(codes: CodesView, text: string): Promise<string | null> {
  const result = codes.complete(text)
  await settle()
  return result
}

describe('two people without a relay', () => {
  test('meet by an invitation and a reply', async () => {
    const ada = person('Ada')
    const ben = person('Ben')
    const invitation = await handed(ada.codes.invite())
    expect(ada.room.state.value).toMatchObject({ phase: 'joined', isPrivate: true })
    const reply = await handed(ben.codes.answer(invitation.link))
    expect(ben.room.state.value).toEqual(ada.room.state.value)
    expect(await completed(ada.codes, reply.text)).toBeNull()
    expect([invitation.phase.value, reply.phase.value]).toEqual(['connected', 'connected'])
    expect([seen(ada), seen(ben)]).toEqual([['Ben: connected'], ['Ada: connected']])
  })

  test('stay connected for as long as they like: no code runs out on them', async () => {
    const ada = person('Ada')
    const ben = person('Ben')
    const invitation = await handed(ada.codes.invite())
    const reply = await handed(ben.codes.answer(invitation.text))
    await completed(ada.codes, reply.text)
    await settle(2 * TEN_MINUTES_MS)
    expect([seen(ada), seen(ben)]).toEqual([['Ben: connected'], ['Ada: connected']])
    void ben.room.leave()
    await settle()
    expect(seen(ada)).toEqual([])
  })

  test('see whose invitation it is before anything else happens', async () => {
    const ada = person('Ada')
    const ben = person('Ben')
    const invitation = await handed(ada.codes.invite())
    const { topic } = ada.room.state.value as { topic: string }
    expect(await ben.codes.read(invitation.link)).toEqual({ kind: 'invitation', name: 'Ada', peer: ada.peer, topic, isPrivate: true })
    expect(ben.room.state.value.phase).toBe('lobby')
  })

  test('may lose a reply: the same invitation can be answered again', async () => {
    const ada = person('Ada')
    const ben = person('Ben')
    const invitation = await handed(ada.codes.invite())
    const lost = await handed(ben.codes.answer(invitation.text))
    const reply = await handed(ben.codes.answer(invitation.text))
    expect(lost.phase.value).toBe('ended')
    expect(await completed(ada.codes, reply.text)).toBeNull()
    expect(seen(ben)).toEqual(['Ada: connected'])
  })
})

describe('in a call', () => {
  test('an invitation leads into that call, also a public one', async () => {
    const ada = person('Ada')
    const ben = person('Ben')
    await ada.room.join('Garden', '')
    const reply = await handed(ben.codes.answer((await handed(ada.codes.invite())).text))
    expect(ben.room.state.value).toMatchObject({ phase: 'joined', topic: 'garden', isPrivate: false })
    expect(await completed(ada.codes, reply.text)).toBeNull()
    expect(seen(ada)).toEqual(['Ben: connected'])
  })

  test('several invitations may be open, and replies may come in any order', async () => {
    const ada = person('Ada')
    const guests = [person('Ben'), person('Eve')]
    const replies: string[] = []
    for (const { codes } of guests) replies.push((await handed(codes.answer((await handed(ada.codes.invite())).text))).text)
    for (const reply of replies.toReversed()) expect(await completed(ada.codes, reply)).toBeNull()
    expect(seen(ada).toSorted()).toEqual(['Ben: connected', 'Eve: connected'])
  })

  test('answering leads out of another call', async () => {
    const ada = person('Ada')
    const ben = person('Ben')
    await ben.room.join('elsewhere', newSecret())
    await handed(ben.codes.answer((await handed(ada.codes.invite())).text))
    expect(ben.room.state.value).toEqual(ada.room.state.value)
  })
})

describe('a code is refused with its reason', () => {
  test('when its reply was used', async () => {
    const ada = person('Ada')
    const reply = await handed(person('Ben').codes.answer((await handed(ada.codes.invite())).text))
    await completed(ada.codes, reply.text)
    expect(await ada.codes.complete(reply.text)).toBe('code-used')
  })

  test('when another has answered first', async () => {
    const ada = person('Ada')
    const { text } = await handed(ada.codes.invite())
    const replies = [await handed(person('Ben').codes.answer(text)), await handed(person('Eve').codes.answer(text))]
    expect(await completed(ada.codes, replies[1]?.text ?? '')).toBeNull()
    expect(await completed(ada.codes, replies[0]?.text ?? '')).toBe('code-used')
    expect(seen(ada)).toEqual(['Eve: connected'])
  })

  test('when it is too old', async () => {
    const ada = person('Ada')
    const ben = person('Ben')
    const invitation = await handed(ada.codes.invite())
    const reply = await handed(ben.codes.answer(invitation.text))
    await settle(TEN_MINUTES_MS + 1_000)
    expect([invitation.phase.value, reply.phase.value]).toEqual(['expired', 'expired'])
    expect(await ada.codes.complete(reply.text)).toBe('code-expired')
    await settle(TEN_MINUTES_MS)
    expect(await ben.codes.answer(invitation.text)).toBe('code-expired')
  })

  test('when it belongs to a call that was left', async () => {
    const ada = person('Ada')
    const invitation = await handed(ada.codes.invite())
    const reply = await handed(person('Ben').codes.answer(invitation.text))
    await ada.room.leave()
    expect(invitation.phase.value).toBe('ended')
    expect(await ada.codes.complete(reply.text)).toBe('code-ended')
  })

  test('when it belongs to somebody else’s invitation', async () => {
    const reply = await handed(person('Ben').codes.answer((await handed(person('Ada').codes.invite())).text))
    expect(await person('Eve').codes.complete(reply.text)).toBe('code-unknown')
  })

  test('when it is one’s own, or goes into the other field', async () => {
    const ada = person('Ada')
    const ben = person('Ben')
    const invitation = await handed(ada.codes.invite())
    const reply = await handed(ben.codes.answer(invitation.text))
    expect(await ada.codes.answer(invitation.text)).toBe('code-own')
    expect(await ada.codes.complete(invitation.text)).toBe('code-not-reply')
    expect(await ada.codes.answer(reply.text)).toBe('code-not-invitation')
  })

  test('when it is damaged, cut off, or no code', async () => {
    const ada = person('Ada')
    const ben = person('Ben')
    const { text } = await handed(ada.codes.invite())
    expect(await ben.codes.read(`${text.slice(0, 100)}${text[100] === 'A' ? 'B' : 'A'}${text.slice(101)}`)).toBe('code-damaged')
    expect(await ben.codes.read(text.slice(0, -30))).toBe('code-cut')
    expect(await ben.codes.read('hello')).toBe('code-malformed')
    expect(ben.room.state.value.phase).toBe('lobby')
  })

  test('when the two devices cannot reach each other', async () => {
    const ada = person('Ada')
    const invitation = await handed(ada.codes.invite())
    const reply = await handed(person('Ben').codes.answer(invitation.text))
    hands.getsThrough = false
    const result = ada.codes.complete(reply.text)
    await settle()
    expect(invitation.phase.value).toBe('connecting')
    await settle(40_000)
    expect(await result).toBe('code-unreached')
    expect(invitation.phase.value).toBe('ended')
  })
})

test('a device without any network makes no code', async () => {
  const ada = person('Ada')
  hands.hasNetwork = false
  expect(await ada.codes.invite()).toBe('code-no-way')
  expect(hands.open).toEqual([])
})

test('nine open invitations are one too many: the oldest ends', async () => {
  const ada = person('Ada')
  const first = await handed(ada.codes.invite())
  for (let count = 0; count < 7; count += 1) await handed(ada.codes.invite())
  expect(first.phase.value).toBe('waiting')
  await handed(ada.codes.invite())
  expect(first.phase.value).toBe('ended')
})

test('what is said on a link before its code was answered is not heard, and rubbish never', async () => {
  const ada = person('Ada')
  const ben = person('Ben')
  const invitation = await handed(ada.codes.invite())
  const [link] = hands.open
  link?.options.onMessage(JSON.stringify({ kind: 'hello', session: '0mdryb9q8-abcdefgh', seq: 0, at: Date.now(), name: 'Eve', addresses: [] }))
  const reply = await handed(ben.codes.answer(invitation.text))
  await completed(ada.codes, reply.text)
  for (const rubbish of ['', '{', 'x'.repeat(70_000), new ArrayBuffer(8), null]) link?.options.onMessage(rubbish)
  expect(seen(ada)).toEqual(['Ben: connected'])
})

test('the topic of an invitation is one that people can type', async () => {
  const ada = person('Ada')
  await handed(ada.codes.invite())
  const { topic } = ada.room.state.value as { topic: string }
  expect(parseTopic(topic)).toBe(topic)
})
