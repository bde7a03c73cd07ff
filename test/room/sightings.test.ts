import { describe, expect, test } from 'vitest'
import { Sightings } from '../../src/room/sightings.ts'
import { newSession } from '../../src/wire/index.ts'
import type { Hello } from '../../src/wire/index.ts'
import { peerKey } from '../fakes/fake-network.ts'

const START = 1_700_000_000_000

describe('who was seen in a room', () => {
  test('is forgotten when many come and go, and not who keeps speaking', () => {
    const sightings = new Sightings(peerKey('self'))
    const session = newSession(START)
    let seq = 0
    const hello = (name: string, at: number): void => {
      const message: Hello = { kind: 'hello', session, seq: ++seq, at, name, addresses: [] }
      sightings.note({ from: peerKey(name), message }, new Set(), at)
    }
    for (let n = 0; n < 100; n += 1) {
      hello('ada', START + 100 * n)
      hello(`guest${n}x`, START + 100 * n + 1)
    }
    const names = sightings.names(START + 10_000)
    expect(names).toHaveLength(32)
    expect(names[0]).toBe('ada')
    expect(names.at(-1)).toBe('guest99x')
  })
})
