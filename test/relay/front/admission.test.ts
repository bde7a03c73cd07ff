import { expect, onTestFinished, test, vi } from 'vitest'
import { Admission } from '../../../relay/front/admission.ts'
import type { FrontRefusal } from '../../../relay/front/refusals.ts'
import { Tally } from '../../../relay/tally.ts'

function admission(connections: number, connectionsPerAddress: number) {
  const refusals = new Tally<FrontRefusal>()
  return { refusals, admission: new Admission({ connections, connectionsPerAddress }, refusals) }
}

test('there are as many connections as the relay takes on, and another when one has gone', () => {
  const { admission: places, refusals } = admission(2, 10)
  const first = places.admit('192.0.2.1')
  expect(places.admit('192.0.2.2')).toBeDefined()
  expect(places.admit('192.0.2.3')).toBeUndefined()
  expect(refusals.counts.get('connections')).toBe(1)
  first?.()
  first?.()
  expect(places.open).toBe(1)
  expect(places.admit('192.0.2.3')).toBeDefined()
  expect(places.admit('192.0.2.4')).toBeUndefined()
})

test('one address has its share, whatever it does with the addresses of its /64', () => {
  const { admission: places, refusals } = admission(100, 2)
  expect(places.admit('2001:db8::1')).toBeDefined()
  expect(places.admit('2001:db8::2:1')).toBeDefined()
  expect(places.admit('2001:db8::ffff:1')).toBeUndefined()
  expect(refusals.counts.get('address-connections')).toBe(1)
  expect(places.admit('2001:db8:0:1::1')).toBeDefined()
  expect(places.admit('::ffff:192.0.2.1')).toBeDefined()
})

test('a place that the relay does not have is not taken from the share of an address', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => { vi.useRealTimers() })
  const { admission: places } = admission(1, 1)
  const other = places.admit('192.0.2.1')
  expect(places.admit('192.0.2.2')).toBeUndefined()
  other?.()
  vi.advanceTimersByTime(2_000)
  expect(places.admit('192.0.2.2')).toBeDefined()
})

test('a class of sixty behind one address, each browser with eight connections, comes in at once', () => {
  const { admission: places } = admission(10_000, 500)
  const let_in = Array.from({ length: 480 }, () => places.admit('192.0.2.1')).filter((release) => release !== undefined)
  expect(let_in).toHaveLength(480)
  expect(places.isCrowded('192.0.2.1')).toBe(true)
  expect(places.isCrowded('192.0.2.2')).toBe(false)
})

test('an address that opens and closes without end is slowed down, and others are not', () => {
  const { admission: places, refusals } = admission(10_000, 500)
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => { vi.useRealTimers() })
  const opened = (attempts: number): number => Array.from({ length: attempts }, () => {
    const release = places.admit('192.0.2.1')
    release?.()
    return release
  }).filter((release) => release !== undefined).length
  expect(opened(2_000)).toBe(500)
  expect(refusals.counts.get('address-rate')).toBe(1_500)
  vi.advanceTimersByTime(1_000)
  expect(opened(100)).toBe(50)
  expect(places.admit('192.0.2.2')).toBeDefined()
})
