import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { encodeFileData, encodeFileMessage, MAX_ASKS } from '../../../src/wire/index.ts'
import { FakeFilePort } from '../../fakes/fake-file-port.ts'
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

/** Bob's end of a way to somebody who is not one of ours, and everything that bob has said on it. */
function stranger(peer = ada.peer): { port: FakeFilePort, say: (data: unknown) => void, said: () => { kind: string, ask?: number, bytes?: number }[] } {
  const [port] = FakeFilePort.pair()
  const loan = new AbortController()
  const conversation = bob.exchange.attach(peer, port, loan)
  port.listen((data) => conversation.take(data))
  return {
    port,
    say: (data) => port.deliver(data),
    said: () => port.sent.filter((data) => typeof data === 'string').map((text) => JSON.parse(text) as { kind: string }),
  }
}

/** An offer that nobody stands behind. */
const claim = (size: number): Parameters<Member['exchange']['fetch']>[0] => ({ ...offer(ada, 'a', fileOf(content(1))), file: { name: 'f', size, type: '' } })

describe('an owner', () => {
  test('that offers more than it has is found out before anything is kept', async () => {
    connect(ada, bob)
    bob.exchange.fetch(offer(ada, 'a', fileOf(content(MB)), { size: 2 * MB }), null)
    await until(() => bob.phase('a') === 'gone')
    expect(bob.disk.sinks[0]!.state).toBe('discarded')
  })

  test('that offers less than it has is found out by the sum', async () => {
    connect(ada, bob)
    bob.exchange.fetch(offer(ada, 'a', fileOf(content(2 * MB)), { size: MB }), null)
    await until(() => bob.phase('a') === 'damaged')
    expect(bob.disk.sinks[0]!.state).toBe('discarded')
  })

  test('that sends other bytes than its sum says is refused, also when it then changes its mind', async () => {
    const { say, said } = stranger()
    bob.exchange.fetch(claim(3), null)
    await until(() => said().some(({ kind }) => kind === 'ask'))
    say(encodeFileMessage({ kind: 'sum', file: 'a', sum: '00'.repeat(32) }))
    say(encodeFileMessage({ kind: 'sum', file: 'a', sum: '11'.repeat(32) }))
    say(encodeFileData(1, Uint8Array.of(1, 2, 3)).buffer)
    await until(() => bob.phase('a') === 'damaged')
    expect(bob.disk.sinks[0]!.state).toBe('discarded')
  })

  test('that sends without end is cut off at the first byte too many', async () => {
    const { say, said, port } = stranger()
    bob.exchange.fetch(claim(100), null)
    await until(() => said().some(({ kind }) => kind === 'ask'))
    say(encodeFileData(1, new Uint8Array(101)).buffer)
    expect(bob.phase('a')).toBe('unasked')
    expect(bob.disk.sinks[0]!.content.length).toBe(0)
    expect(port.isShut).toBe(true)
  })

  test('that sends what nobody has asked for is listened to no more', async () => {
    const { say, port } = stranger()
    say(encodeFileData(7, new Uint8Array(1)).buffer)
    expect(port.isShut).toBe(true)
  })

  test('may still send what was asked for before a stop, and no more than that', async () => {
    const { say, said, port } = stranger()
    bob.exchange.fetch(claim(40_000), null)
    await until(() => said().some(({ kind }) => kind === 'ask'))
    const asked = said().reduce((sum, { bytes = 0 }) => sum + bytes, 0)
    bob.exchange.fetcher('a')?.cancel()
    say(encodeFileData(1, new Uint8Array(asked)).buffer)
    expect(port.isShut).toBe(false)
    say(encodeFileData(1, new Uint8Array(1)).buffer)
    expect(port.isShut).toBe(true)
  })

  test('that answers out of turn is refused', async () => {
    const { say, said } = stranger()
    bob.exchange.fetch(claim(100_000), null)
    await until(() => said().filter(({ kind }) => kind === 'ask').length > 1)
    say(encodeFileData(2, new Uint8Array(10)).buffer)
    expect(bob.phase('a')).toBe('unasked')
  })

  test('that falls silent is asked again three times a minute and no more', async () => {
    const { said } = stranger()
    bob.exchange.fetch(claim(10), null)
    await vi.advanceTimersByTimeAsync(60_500)
    expect(said().filter(({ kind }) => kind === 'ask')).toHaveLength(3)
    expect(bob.come('a')).toBe(0)
  })

  test('that offers the largest file makes nobody set memory aside for it', async () => {
    const { said } = stranger()
    bob.exchange.fetch(claim(2 ** 40), null)
    await vi.advanceTimersByTimeAsync(100)
    expect(said().reduce((sum, { bytes = 0 }) => sum + bytes, 0)).toBeLessThanOrEqual(65_536)
  })

  test('cannot take back the offers of others', async () => {
    const { say } = stranger(ada.peer)
    bob.authors.set('c', (new Member('cyd')).peer)
    say(encodeFileMessage({ kind: 'gone', file: 'c' }))
    say(encodeFileMessage({ kind: 'gone', file: 'unknown' }))
    expect(bob.phase('c')).toBe('offered')
    expect([...bob.states.keys()]).not.toContain('unknown')
  })

  test('cannot give the files of others, nor the sums of them', async () => {
    const cyd = new Member('cyd')
    const { say, port } = stranger(cyd.peer)
    const { said } = stranger(ada.peer)
    bob.exchange.fetch(claim(3), null)
    await until(() => said().some(({ kind }) => kind === 'ask'))
    say(encodeFileMessage({ kind: 'gone', file: 'a' }))
    expect(bob.phase('a')).toBe('running')
    say(encodeFileData(1, Uint8Array.of(1, 2, 3)).buffer)
    expect(port.isShut).toBe(true)
    expect(bob.come('a')).toBe(0)
  })

  test('that repeats an id gets no second place for it', async () => {
    stranger()
    bob.exchange.fetch(claim(3), null)
    bob.exchange.fetch(claim(5_000), null)
    expect(bob.disk.sinks).toHaveLength(1)
  })
})

describe('a receiver', () => {
  const ask = (number: number, at: number, bytes: number, file = 'b'): string => encodeFileMessage({ kind: 'ask', file, ask: number, at, bytes })

  test('gets nothing beyond the end of a file, nor of what is not offered', async () => {
    const { say, said, port } = stranger()
    bob.exchange.share('b', fileOf(content(100)))
    say(ask(1, 100, 1))
    say(ask(2, 0, 101))
    say(ask(3, 2 ** 40, 262_144))
    say(ask(4, 0, 1, '../../etc/passwd'.replaceAll('/', '.')))
    say(encodeFileMessage({ kind: 'check', file: 'constructor' }))
    await vi.advanceTimersByTimeAsync(100)
    expect(said().map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => 'gone'))
    expect(port.isShut).toBe(false)
  })

  test('that asks for more at once than it may is listened to no more', async () => {
    const { say, port } = stranger()
    bob.exchange.share('b', fileOf(content(100)))
    for (let n = 0; n < MAX_ASKS; n += 1) say(ask(n, 0, 1))
    expect(port.isShut).toBe(false)
    say(ask(MAX_ASKS, 0, 1))
    expect(port.isShut).toBe(true)
  })

  test('that asks byte by byte is served at a bearable pace', async () => {
    const { say, port } = stranger()
    bob.exchange.share('b', fileOf(content(100)))
    const answers = (): number => port.sent.filter((data) => typeof data !== 'string').length
    let said = 0
    for (let passed = 0; passed < 4_000; passed += 5) {
      while (said - answers() < MAX_ASKS / 2) say(ask(said++, 0, 1))
      await vi.advanceTimersByTimeAsync(5)
      await new Promise((resolve) => { setImmediate(resolve) })
    }
    expect(port.isShut).toBe(false)
    expect(answers()).toBeGreaterThan(400)
    expect(answers()).toBeLessThanOrEqual(400 + 4 * 400 + 1)
  })

  test('that takes nothing does not make its owner hold more than a little', async () => {
    const { say, port } = stranger()
    bob.exchange.share('b', fileOf(content(8 * MB)))
    port.isStalled = true
    for (let n = 0; n < 32; n += 1) say(ask(n, n * 262_144, 262_144))
    await until(() => port.waitingBytes > 131_072)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(port.waitingBytes).toBeLessThan(262_144)
  })

  test('that asks for sums and listens to none of them is not answered without end', async () => {
    const { say, port } = stranger()
    port.isStalled = true
    for (let n = 0; n < 20_000; n += 1) {
      say(encodeFileMessage({ kind: 'check', file: 'x'.repeat(64) }))
      if (n % 500 === 0) await vi.advanceTimersByTimeAsync(1_000)
    }
    await vi.advanceTimersByTimeAsync(1_000)
    expect(port.isShut).toBe(false)
    expect(port.waitingBytes).toBeGreaterThan(500_000)
    expect(port.waitingBytes).toBeLessThan(600_000)
  })

  test('that floods with other words is listened to no more', () => {
    const { say, port } = stranger()
    for (let n = 0; n <= 2_000 && !port.isShut; n += 1) say(encodeFileMessage({ kind: 'stop', file: `x${n}` }))
    expect(port.isShut).toBe(true)
  })

  test('that talks rubbish is listened to no more', () => {
    const { say, port } = stranger()
    for (const data of ['', '{}', new ArrayBuffer(0), new ArrayBuffer(70_000), null, '{"kind":"ask"}']) say(data)
    expect(port.isShut).toBe(false)
    for (let n = 0; n < 16; n += 1) say('{')
    expect(port.isShut).toBe(true)
  })

  test('cannot claim to have more than there is, nor bring the owner to believe it busy for ever', async () => {
    const { say } = stranger()
    bob.exchange.share('b', fileOf(content(100)))
    say(ask(1, 0, 50))
    await until(() => { const state = bob.state('b').peek(); return state.phase === 'shared' && state.receivers.length === 1 })
    expect(bob.busy.peek()).toBe(true)
    await vi.advanceTimersByTimeAsync(11_000)
    expect(bob.busy.peek()).toBe(false)
  })
})
