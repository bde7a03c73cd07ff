import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createRing, REFUSED_PAUSE_MS, RING_LIMIT_MS } from '../../src/room/ring.ts'
import type { InboundRing, RingAnswer } from '../../src/node/types.ts'
import { signal } from '../../src/util/signals.ts'
import { peerKey } from '../fakes/fake-network.ts'
import { SECRET } from './party.ts'

function setUp() {
  const page = new AbortController()
  let handler: ((ring: InboundRing) => void) | undefined
  const answers: { resolve: (answer: RingAnswer) => void, reject: (error: unknown) => void, signal: AbortSignal }[] = []
  const port = {
    ring: vi.fn((_address: string, _name: string, ringSignal: AbortSignal) =>
      new Promise<RingAnswer>((resolve, reject) => { answers.push({ resolve, reject, signal: ringSignal }) })),
    onRing: (given: (ring: InboundRing) => void) => { handler = given },
  }
  const room = { join: vi.fn(async (_topic: string, _secret: string) => null) }
  const ring = createRing({ rings: port, room, name: signal('ada'), signal: page.signal })
  const call = (name: string, accept = async (): Promise<void> => undefined) => {
    const closed = new AbortController()
    const inbound = { peer: peerKey(name), name, accept: vi.fn(accept), refuse: vi.fn(), closed: closed.signal }
    handler?.(inbound)
    return { inbound, hangUp: () => closed.abort() }
  }
  const last = () => answers.at(-1)!
  return { page, port, room, ring, call, last }
}

let scene: ReturnType<typeof setUp>

beforeEach(() => {
  vi.useFakeTimers()
  scene = setUp()
})

afterEach(() => {
  scene.page.abort()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

describe('ringing', () => {
  test('on acceptance joins the room that the other names', async () => {
    const { ring, port, last, room } = scene
    const ringing = ring.ring(' /ip4/192.0.2.1/p2p/x ')
    expect(port.ring).toHaveBeenCalledWith('/ip4/192.0.2.1/p2p/x', 'ada', expect.any(AbortSignal))
    expect(ring.outgoing.value).toBe(true)
    last().resolve({ accepted: true, topic: 'amber-otter-1', secret: SECRET })
    expect(await ringing).toBe(null)
    expect(room.join).toHaveBeenCalledWith('amber-otter-1', SECRET)
    expect(ring.outgoing.value).toBe(false)
  })

  test('a refusal is told as such', async () => {
    const ringing = scene.ring.ring('/x')
    scene.last().resolve({ accepted: false })
    expect(await ringing).toBe('ring-refused')
    expect(scene.room.join).not.toHaveBeenCalled()
  })

  test.each([
    ['a public room', 'square', ''],
    ['a malformed secret', 'garden', 'short'],
    ['an empty topic', '', SECRET],
    ['an over-long topic', 'x'.repeat(65), SECRET],
    ['a topic with controls', 'a\u202eb', SECRET],
  ])('an answer with %s leads nowhere', async (_what, topic, secret) => {
    const ringing = scene.ring.ring('/x')
    scene.last().resolve({ accepted: true, topic, secret })
    expect(await ringing).toBe('network-failed')
    expect(scene.room.join).not.toHaveBeenCalled()
  })

  test.each([
    ['address-malformed', 'address-malformed'],
    ['address-not-a-peer', 'address-not-a-peer'],
    ['ring-self', 'ring-self'],
    ['ring-unreachable', 'ring-unreachable'],
    ['topic-empty', 'ring-unreachable'],
    [undefined, 'ring-unreachable'],
  ])('a failure with code %s is told as %s', async (code, told) => {
    const ringing = scene.ring.ring('/x')
    scene.last().reject(Object.assign(new Error('no'), { code }))
    expect(await ringing).toBe(told)
    expect(scene.ring.outgoing.value).toBe(false)
  })

  test('nobody answering ends it after the limit, and not before', async () => {
    const ringing = scene.ring.ring('/x')
    await vi.advanceTimersByTimeAsync(RING_LIMIT_MS - 1)
    expect(scene.ring.outgoing.value).toBe(true)
    await vi.advanceTimersByTimeAsync(1)
    expect(await ringing).toBe('ring-no-answer')
    expect(scene.last().signal.aborted).toBe(true)
  })

  test('an answer after cancelling is not acted on', async () => {
    const ringing = scene.ring.ring('/x')
    const { resolve, signal: ringSignal } = scene.last()
    scene.ring.cancel()
    expect(ringSignal.aborted).toBe(true)
    resolve({ accepted: true, topic: 'garden', secret: SECRET })
    expect(await ringing).toBe(null)
    expect(scene.room.join).not.toHaveBeenCalled()
  })

  test('cancelling in the moment of the answer still counts', async () => {
    const ringing = scene.ring.ring('/x')
    scene.last().resolve({ accepted: true, topic: 'garden', secret: SECRET })
    scene.ring.cancel()
    expect(await ringing).toBe(null)
    expect(scene.room.join).not.toHaveBeenCalled()
  })

  test('a second ring takes the first one\'s place', async () => {
    const first = scene.ring.ring('/x')
    const second = scene.ring.ring('/y')
    expect(await first).toBe(null)
    expect(scene.ring.outgoing.value).toBe(true)
    scene.last().resolve({ accepted: false })
    expect(await second).toBe('ring-refused')
  })
})

describe('being rung', () => {
  test('accepting names a fresh private room to the caller and joins it', async () => {
    const { inbound } = scene.call('bob')
    expect(scene.ring.incoming.value).toMatchObject({ name: 'bob', peer: peerKey('bob') })
    await scene.ring.incoming.value?.accept()
    const [topic, secret] = inbound.accept.mock.calls[0] as unknown as [string, string]
    expect(secret).toMatch(/^[\w-]{22}$/)
    expect(scene.room.join).toHaveBeenCalledWith(topic, secret)
    expect(scene.ring.incoming.value).toBe(null)
  })

  test('it can be answered once', async () => {
    const { inbound } = scene.call('bob')
    const view = scene.ring.incoming.value
    view?.refuse()
    await view?.accept()
    view?.refuse()
    expect(inbound.refuse).toHaveBeenCalledTimes(1)
    expect(inbound.accept).not.toHaveBeenCalled()
  })

  test('whoever rings while another ring waits is refused', () => {
    scene.call('bob')
    const { inbound } = scene.call('cyd')
    expect(inbound.refuse).toHaveBeenCalled()
    expect(scene.ring.incoming.value?.name).toBe('bob')
  })

  test('a caller who gives up takes the ring away', () => {
    const { hangUp, inbound } = scene.call('bob')
    hangUp()
    expect(scene.ring.incoming.value).toBe(null)
    expect(inbound.refuse).not.toHaveBeenCalled()
  })

  test('a caller who is gone at the moment of accepting leaves us where we are', async () => {
    scene.call('bob', async () => { throw new Error('gone') })
    await scene.ring.incoming.value?.accept()
    expect(scene.room.join).not.toHaveBeenCalled()
  })

  test('whoever was refused cannot pester, and may ring again later', async () => {
    scene.call('bob')
    scene.ring.incoming.value?.refuse()
    expect(scene.call('bob').inbound.refuse).toHaveBeenCalled()
    expect(scene.ring.incoming.value).toBe(null)
    await vi.advanceTimersByTimeAsync(REFUSED_PAUSE_MS)
    scene.call('bob')
    expect(scene.ring.incoming.value?.name).toBe('bob')
  })

  test('accepting ends a ring of our own', async () => {
    const ringing = scene.ring.ring('/x')
    scene.call('bob')
    await scene.ring.incoming.value?.accept()
    expect(await ringing).toBe(null)
    expect(scene.ring.outgoing.value).toBe(false)
  })
})
