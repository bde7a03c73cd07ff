import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Greeter } from '../../src/node/greeter.ts'
import type { PeerHint } from '../../src/node/discovery/source.ts'
import type { PeerKey } from '../../src/wire/message.ts'

const hintOf = (name: string): PeerHint => ({ peer: name as PeerKey, addresses: ['/ip4/127.0.0.1/tcp/1/ws'] })
const settle = async (): Promise<void> => { for (let i = 0; i < 5; i++) await Promise.resolve() }

describe('greeter', () => {
  beforeEach(() => { vi.useFakeTimers() })
  afterEach(() => { vi.useRealTimers() })

  const make = (answer: () => Promise<void> = async () => {}) => {
    const greeted: string[] = []
    const lifetime = new AbortController()
    const greeter = new Greeter((hint) => { greeted.push(hint.peer); return answer() }, { signal: lifetime.signal })
    return { greeted, greeter, lifetime }
  }

  test('a hint greets once while the greeting is under way', async () => {
    const { greeted, greeter } = make(() => new Promise(() => {}))
    greeter.hint(hintOf('a'))
    greeter.hint(hintOf('a'))
    expect(greeted).toEqual(['a'])
  })

  test('a repeated hint greets again only after the back-off', async () => {
    const { greeted, greeter } = make()
    greeter.hint(hintOf('a'))
    await settle()
    greeter.hint(hintOf('a'))
    expect(greeted).toEqual(['a'])
    vi.advanceTimersByTime(1_000)
    greeter.hint(hintOf('a'))
    expect(greeted).toEqual(['a', 'a'])
  })

  test('a peer that has been heard is not greeted for a minute', async () => {
    const { greeted, greeter } = make()
    greeter.heard('a' as PeerKey)
    vi.advanceTimersByTime(59_999)
    greeter.hint(hintOf('a'))
    expect(greeted).toEqual([])
    vi.advanceTimersByTime(1)
    greeter.hint(hintOf('a'))
    expect(greeted).toEqual(['a'])
  })

  test('a peer that never answers is left alone after six greetings', async () => {
    const { greeted, greeter } = make(() => Promise.reject(new Error('unreachable')))
    for (let i = 0; i < 20; i++) {
      greeter.hint(hintOf('a'))
      await settle()
      vi.advanceTimersByTime(30_000)
    }
    expect(greeted).toHaveLength(6)
  })

  test('at most four greetings run at once', () => {
    const { greeted, greeter } = make(() => new Promise(() => {}))
    for (let i = 0; i < 500; i++) greeter.hint(hintOf(`peer-${i}`))
    expect(greeted).toHaveLength(4)
  })

  test('however many false hints come, a new peer is still greeted', async () => {
    const { greeted, greeter } = make()
    for (let i = 0; i < 500; i++) greeter.hint(hintOf(`ghost-${i}`))
    await settle()
    greeter.hint(hintOf('friend'))
    expect(greeted.at(-1)).toBe('friend')
  })

  test('nothing is greeted after the room has ended', () => {
    const { greeted, greeter, lifetime } = make()
    lifetime.abort()
    greeter.hint(hintOf('a'))
    expect(greeted).toEqual([])
  })
})
