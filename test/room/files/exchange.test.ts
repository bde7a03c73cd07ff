import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { encodeFileMessage } from '../../../src/wire/index.ts'
import { connect, content, fileOf, Member, offer, until } from './pair.ts'

const MB = 1_048_576
let ada: Member
let bob: Member

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'] })
  ada = new Member('ada')
  bob = new Member('bob')
})

afterEach(() => {
  for (const { lifetime } of [ada, bob]) lifetime.abort()
  vi.useRealTimers()
})

/** Quicker than the matchers, which look at each byte with much care. */
const isSame = (one: Uint8Array | ArrayBuffer, other: Uint8Array): boolean => Buffer.compare(new Uint8Array(one), other) === 0

describe('a file', () => {
  test.each([0, 1, 16_384, MB, 3 * MB + 17])('of %i bytes arrives as it is', async (size) => {
    connect(ada, bob)
    const bytes = content(size)
    bob.exchange.fetch(offer(ada, 'a', fileOf(bytes)), null)
    await until(() => bob.phase('a') === 'arrived')
    const state = bob.state('a').peek()
    expect(state.phase === 'arrived' && isSame(await state.file.arrayBuffer(), bytes)).toBe(true)
    await until(() => { const of = ada.state('a').peek(); return of.phase === 'shared' && of.receivers[0]?.done === true })
    expect(bob.busy.peek()).toBe(false)
  })

  test('goes on where it was when the connection is rebuilt, on the same disk, with nothing sent twice', async () => {
    const first = connect(ada, bob, 10, 1_000)
    const bytes = content(4 * MB)
    bob.exchange.fetch(offer(ada, 'a', fileOf(bytes)), null)
    await until(() => bob.come('a') > MB)
    first.cut()
    expect(bob.phase('a')).toBe('waiting')
    const before = bob.disk.sinks[0]!.content.length
    await vi.advanceTimersByTimeAsync(30_000)
    const { port } = connect(ada, bob, 10, 1_000)
    await until(() => bob.phase('a') === 'arrived')
    expect(bob.disk.sinks).toHaveLength(1)
    expect(isSame(bob.disk.sinks[0]!.content, bytes)).toBe(true)
    const sent = port.sent.reduce((sum, data) => sum + (typeof data === 'string' ? 0 : data.length - 4), 0)
    expect(sent).toBe(bytes.length - before)
  })

  test('goes on from what the disk has kept after the page was loaded anew', async () => {
    connect(ada, bob, 10, 2_000)
    const bytes = content(6 * MB)
    const line = offer(ada, 'a', fileOf(bytes))
    bob.exchange.fetch(line, null)
    await until(() => bob.come('a') > 3 * MB)
    bob.lifetime.abort()
    const again = new Member('bob')
    for (const [key, kept] of bob.disk.kept) again.disk.kept.set(key, kept)
    const { port } = connect(ada, again, 10, 2_000)
    again.exchange.fetch(line, null)
    await until(() => again.phase('a') === 'arrived')
    expect(isSame(again.disk.sinks[0]!.content, bytes)).toBe(true)
    expect(port.sent.reduce((sum, data) => sum + (typeof data === 'string' ? 0 : data.length - 4), 0)).toBeLessThanOrEqual(3 * MB)
    again.lifetime.abort()
  })

  test('rests while it is paused, and goes on when it is resumed', async () => {
    connect(ada, bob, 10, 1_000)
    const bytes = content(3 * MB)
    bob.exchange.fetch(offer(ada, 'a', fileOf(bytes)), null)
    await until(() => bob.come('a') > MB)
    bob.exchange.fetcher('a')?.pause()
    const at = bob.come('a')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(bob.come('a')).toBe(at)
    expect(bob.phase('a')).toBe('paused')
    bob.exchange.fetcher('a')?.resume()
    await until(() => bob.phase('a') === 'arrived')
    expect(isSame(bob.disk.sinks[0]!.content, bytes)).toBe(true)
  })

  test('that is paused while the connection is away stays paused', async () => {
    const first = connect(ada, bob, 10, 1_000)
    bob.exchange.fetch(offer(ada, 'a', fileOf(content(3 * MB))), null)
    await until(() => bob.come('a') > MB)
    first.cut()
    bob.exchange.fetcher('a')?.pause()
    connect(ada, bob, 10, 1_000)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(bob.phase('a')).toBe('paused')
    bob.exchange.fetcher('a')?.resume()
    await until(() => bob.phase('a') === 'arrived')
  })

  test('that its receiver cancels is thrown away, and can be asked for again', async () => {
    const { port } = connect(ada, bob, 10, 1_000)
    const line = offer(ada, 'a', fileOf(content(3 * MB)))
    bob.exchange.fetch(line, null)
    await until(() => bob.come('a') > MB)
    bob.exchange.fetcher('a')?.cancel()
    expect(bob.phase('a')).toBe('offered')
    expect(bob.disk.sinks[0]!.state).toBe('discarded')
    await vi.advanceTimersByTimeAsync(2_000)
    const sent = port.sent.length
    await vi.advanceTimersByTimeAsync(10_000)
    expect(port.sent.length).toBe(sent)
    bob.exchange.fetch(line, null)
    await until(() => bob.phase('a') === 'arrived')
  })

  test('that its owner takes back ends for who receives it, and is not to be had for others', async () => {
    const cyd = new Member('cyd')
    for (const other of [bob, cyd]) connect(ada, other, 10, 1_000)
    const line = offer(ada, 'a', fileOf(content(3 * MB)))
    for (const other of [bob, cyd]) other.authors.set('a', ada.peer)
    bob.exchange.fetch(line, null)
    await until(() => bob.come('a') > MB)
    ada.exchange.withdraw('a')
    await until(() => bob.phase('a') === 'gone' && cyd.phase('a') === 'withdrawn')
    expect(bob.disk.sinks[0]!.state).toBe('discarded')
    expect(ada.phase('a')).toBe('withdrawn')
    cyd.lifetime.abort()
  })

  test('goes to several at once, each at its own pace, and its owner sees who has how much', async () => {
    const cyd = new Member('cyd')
    connect(ada, bob, 10, 4_000)
    connect(ada, cyd, 40, 100)
    const bytes = content(3 * MB)
    const line = offer(ada, 'a', fileOf(bytes))
    for (const other of [bob, cyd]) other.exchange.fetch(line, null)
    await until(() => bob.phase('a') === 'arrived')
    await vi.advanceTimersByTimeAsync(300)
    const state = ada.state('a').peek()
    const receivers = state.phase === 'shared' ? state.receivers : []
    expect(receivers.find(({ peer }) => peer === bob.peer)).toMatchObject({ bytes: bytes.length, done: true })
    expect(receivers.find(({ peer }) => peer === cyd.peer)).toMatchObject({ done: false })
    expect(ada.busy.peek()).toBe(true)
    await until(() => cyd.phase('a') === 'arrived')
    expect(isSame(cyd.disk.sinks[0]!.content, bytes)).toBe(true)
    cyd.lifetime.abort()
  })

  test('goes on in the end, however many others its receiver has asked the same owner for', async () => {
    const { port } = connect(ada, bob)
    // More asks than may wait at an owner, before the first is answered.
    const ids = Array.from({ length: 32 }, (_, n) => `f${n}`)
    for (const id of ids) bob.exchange.fetch(offer(ada, id, fileOf(content(64 * 1024))), null)
    expect(port.isShut).toBe(false)
    await until(() => ids.every((id) => bob.phase(id) === 'arrived'))
  })

  test('beyond those that are received at once waits for its turn, or until its receiver wants it no more', async () => {
    connect(ada, bob)
    const ids = Array.from({ length: 35 }, (_, n) => `f${n}`)
    for (const id of ids) bob.exchange.fetch(offer(ada, id, fileOf(content(64 * 1024))), null)
    expect(ids.slice(31).map((id) => bob.phase(id))).toEqual(['starting', 'queued', 'queued', 'queued'])
    expect(bob.busy.peek()).toBe(true)
    bob.exchange.cancel('f33')
    expect(bob.phase('f33')).toBe('offered')
    await until(() => ids.every((id) => id === 'f33' || bob.phase(id) === 'arrived'))
    expect(bob.disk.sinks).toHaveLength(34)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(bob.busy.peek()).toBe(false)
  })

  test('waits for a slow disk instead of filling the memory', async () => {
    connect(ada, bob)
    bob.disk.isStuck = true
    bob.exchange.fetch(offer(ada, 'a', fileOf(content(12 * MB))), null)
    await until(() => bob.come('a') > 4 * MB - 300_000)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(bob.disk.sinks[0]!.unwritten).toBeLessThanOrEqual(4 * MB)
    bob.disk.isStuck = false
    bob.disk.sinks[0]!.flush()
    await until(() => bob.phase('a') === 'arrived')
  })

  test('for which there is no room fails with that, and its owner is asked no more', async () => {
    connect(ada, bob)
    bob.disk.room = MB
    bob.exchange.fetch(offer(ada, 'a', fileOf(content(3 * MB))), null)
    await until(() => bob.phase('a') === 'space')
    expect(bob.busy.peek() && bob.come('a')).toBe(-1)
  })

  test('that changed after it was offered is offered no more', async () => {
    connect(ada, bob)
    const file = new Blob([content(3 * MB)])
    file.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('changed', 'NotReadableError')) }) as unknown as Blob
    const line = offer(ada, 'a', file)
    bob.exchange.fetch(line, null)
    await until(() => bob.phase('a') === 'gone')
    expect(['withdrawn', 'shared']).toContain(ada.phase('a'))
    await until(() => ada.phase('a') === 'withdrawn')
  })
})

describe('who has how much of ours', () => {
  test('is told by the name that they had when they got it', async () => {
    connect(ada, bob)
    bob.exchange.fetch(offer(ada, 'a', fileOf(content(MB))), null)
    await until(() => ada.phase('a') === 'shared' && bob.phase('a') === 'arrived')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(ada.state('a').peek()).toEqual({ phase: 'shared', receivers: [{ peer: bob.peer, name: bob.peer, bytes: MB, done: true }] })
  })

  test('does not keep us for whoever asks now and then, and gets no further', async () => {
    const { far } = connect(ada, bob)
    offer(ada, 'a', fileOf(content(MB)))
    for (let ask = 0; ask < 6; ask += 1) {
      far.send(encodeFileMessage({ kind: 'ask', file: 'a', ask, at: ask, bytes: 1 }))
      await vi.advanceTimersByTimeAsync(4_000)
    }
    expect(ada.busy.peek()).toBe(false)
  })
})

describe('leaving the call', () => {
  test('ends everything, with nothing left that ticks', async () => {
    connect(ada, bob, 10, 1_000)
    bob.exchange.fetch(offer(ada, 'a', fileOf(content(3 * MB))), null)
    await until(() => bob.come('a') > MB)
    for (const { lifetime } of [ada, bob]) lifetime.abort()
    expect(bob.disk.sinks[0]!.state).toBe('released')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(vi.getTimerCount()).toBe(0)
  })
})
