import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { encodeFileMessage, MAX_FILE_NAME_CODE_POINTS } from '../../../src/wire/index.ts'
import { FakeFilePort } from '../../fakes/fake-file-port.ts'
import { Party, SECRET, settle, type Guest } from '../party.ts'
import { until } from './pair.ts'

let party: Party
let ada: Guest
let bob: Guest

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'] })
  party = new Party()
  ada = await party.join('ada')
  bob = await party.join('bob')
})

afterEach(async () => {
  await party.end()
  vi.useRealTimers()
})

/** Gives the link between the two a port, and returns bob's end, whose messages go nowhere but into a list. */
function port(): { say: (data: unknown) => void, said: () => unknown[], near: FakeFilePort } {
  const [near, far] = FakeFilePort.pair(0)
  const heard: unknown[] = []
  far.listen((data) => heard.push(typeof data === 'string' ? JSON.parse(data) : data))
  party.links.between(ada.peer, bob.peer).files.value = near
  return { say: (data) => near.deliver(data), said: () => heard, near }
}

describe('files in a room', () => {
  test('are offered by lines of chat that name them cleanly, to newcomers too', async () => {
    const file = new File(['hello'], 'a/b\u202Etxt.exe', { type: 'Text/Plain' })
    expect(await ada.room.files.offer([file])).toEqual([])
    const cyd = await party.join('cyd')
    await settle()
    for (const { room } of [bob, cyd]) {
      expect(room.chat.value).toMatchObject([{ author: ada.peer, text: 'a_btxt.exe', file: { name: 'a_btxt.exe', size: 5, type: 'text/plain' } }])
    }
    expect(ada.room.files.state(ada.room.chat.value[0]!.id).value).toEqual({ phase: 'shared', receivers: [] })
  })

  test('are offered at most ten at once, however long their names', async () => {
    const many = Array.from({ length: 11 }, (_, n) => new File(['x'], `${n}${'n'.repeat(300)}`))
    expect(await ada.room.files.offer(many)).toEqual([many[10]])
    await settle()
    expect(bob.room.chat.value).toHaveLength(10)
    expect(bob.room.chat.value[0]?.file?.name.length).toBe(MAX_FILE_NAME_CODE_POINTS)
  })

  test('are all heard of, and what is said then, too, though others take lines of one author only so fast', async () => {
    for (let drop = 0; drop < 4; drop += 1) await ada.room.files.offer(Array.from({ length: 10 }, (_, n) => new File(['x'], `${drop}-${n}`)))
    ada.room.say('That was all')
    await settle(20_000)
    expect(bob.room.chat.value.map(({ text }) => text)).toEqual(ada.room.chat.value.map(({ text }) => text))
    expect(bob.room.chat.value).toHaveLength(41)
  })

  test('are given to who asks, also by the port that came with a rebuilt connection', async () => {
    await ada.room.files.offer([new File(['hello'], 'a.txt')])
    const { id } = ada.room.chat.value[0]!
    for (let connection = 0; connection < 2; connection += 1) {
      const { say, said } = port()
      say(encodeFileMessage({ kind: 'ask', file: id, ask: 7, at: 1, bytes: 3 }))
      await until(() => said().length === 1)
      expect(new Uint8Array(said()[0] as ArrayBuffer)).toEqual(Uint8Array.of(0, 0, 0, 7, ...new TextEncoder().encode('ell')))
    }
    ada.room.files.withdraw(id)
    expect(ada.room.files.state(id).value).toEqual({ phase: 'withdrawn' })
  })

  test('that nobody offers are answered for, though the code for files was not there when they were asked for', async () => {
    const { say, said } = port()
    say(encodeFileMessage({ kind: 'check', file: 'unknown' }))
    await until(() => said().length === 1)
    expect(said()).toEqual([{ kind: 'gone', file: 'unknown' }])
  })

  test('are forgotten with the call', async () => {
    await ada.room.files.offer([new File(['hello'], 'a.txt')])
    const { id } = ada.room.chat.value[0]!
    const left = ada.room.leave()
    await settle()
    await left
    expect(ada.room.files.state(id).value).toEqual({ phase: 'offered' })
    expect(await ada.room.files.offer([new File(['x'], 'b')])).toHaveLength(1)
    expect(ada.room.chat.value).toEqual([])
    const joined = ada.room.join('garden', SECRET)
    await settle()
    await joined
    expect(await ada.room.files.offer([new File(['x'], 'b')])).toEqual([])
  })

  test('are not offered in the next call when this one ends before their code has come, nor after the goodbye', async () => {
    const offered = ada.room.files.offer([new File(['x'], 'late')])
    const left = ada.room.leave()
    expect(await offered).toHaveLength(1)
    expect(ada.room.chat.value).toEqual([])
    await settle()
    await left
    const again = ada.room.join('garden', SECRET)
    await settle()
    await again
    expect(await ada.room.files.offer([new File(['x'], 'here')])).toEqual([])
    const overtaken = ada.room.files.offer([new File(['x'], 'overtaken')])
    const moved = ada.room.join('orchard', SECRET)
    await settle()
    await moved
    expect(await overtaken).toHaveLength(1)
    expect(ada.room.chat.value).toEqual([])
  })

  test('cost a peer that floods its port, and nobody else', async () => {
    const { say, near } = port()
    for (let n = 0; n < 100; n += 1) say('rubbish')
    await until(() => near.isShut)
    expect(bob.room.participants.value).toHaveLength(1)
    expect(ada.room.participants.value).toHaveLength(1)
  })
})
