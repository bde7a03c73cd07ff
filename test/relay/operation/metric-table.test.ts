import { describe, expect, test } from 'vitest'
import { CircuitMeter } from '../../../relay/operation/circuit-meter.ts'
import { History, sampleOf } from '../../../relay/operation/history.ts'
import { METRICS } from '../../../relay/operation/metric-table.ts'
import { createMetrics } from '../../../relay/operation/metrics.ts'
import { readNumbers } from '../../../relay/operation/snapshot.ts'
import type { NumberSources, RelayNumbers } from '../../../relay/operation/snapshot.ts'
import { Tally } from '../../../relay/tally.ts'

const TURN = {
  allocations: { live: 2, total: 9 },
  bytes: { toPeers: 500, toClients: 700 },
  packets: { toPeers: 5, toClients: 7 },
  refusals: { 'wrong-credentials': 3 }
}

function numbersOf(parts: Partial<NumberSources> = {}): RelayNumbers {
  return readNumbers({
    connections: () => [],
    kinds: { kindOf: () => 'client', relays: () => [] },
    circuits: new CircuitMeter(),
    reservations: () => 0,
    topics: () => 0,
    pubsub: { messages: 0, bytes: 0 },
    limits: { connections: 10, reservations: 20, topics: 30, allocations: 40 },
    refusals: [],
    draining: () => false,
    dhtRecords: () => undefined,
    iceAnswers: () => undefined,
    turn: undefined,
    ...parts
  })
}

async function textOf(...moments: RelayNumbers[]): Promise<string> {
  const left = [...moments]
  const metrics = createMetrics({ circuits: new CircuitMeter(), build: { version: '1.2.3', network: 'parley' }, numbers: () => left.shift() })
  let text = ''
  while (left.length > 0) text = await metrics.text()
  return text
}

test('refusals are told by part and cause, those of TURN among them', async () => {
  const tally = new Tally<'too-many' | 'too-fast'>()
  tally.add('too-many')
  tally.add('too-many')
  tally.add('too-fast')
  const text = await textOf(numbersOf({ refusals: [{ name: 'front', read: () => tally.counts }], turn: { counters: TURN } }))
  expect(text.split('\n').filter((line) => line.startsWith('parley_relay_refusals_total'))).toEqual([
    'parley_relay_refusals_total{part="front",cause="too-many"} 2',
    'parley_relay_refusals_total{part="front",cause="too-fast"} 1',
    'parley_relay_refusals_total{part="turn",cause="wrong-credentials"} 3'
  ])
})

test('a TURN server is told of with its directions and its limit', async () => {
  const text = await textOf(numbersOf({ turn: { counters: TURN } }))
  for (const line of [
    'parley_relay_turn_allocations 2', 'parley_relay_turn_allocations_limit 40', 'parley_relay_turn_allocations_opened_total 9',
    'parley_relay_turn_bytes_total{direction="to-peers"} 500', 'parley_relay_turn_bytes_total{direction="to-clients"} 700',
    'parley_relay_turn_packets_total{direction="to-peers"} 5', 'parley_relay_turn_packets_total{direction="to-clients"} 7'
  ]) expect(text.split('\n')).toContain(line)
})

test('asking again tells counters as they are and does not add them up', async () => {
  const text = await textOf(numbersOf({ turn: { counters: TURN }, iceAnswers: () => 4 }), numbersOf({ turn: { counters: TURN }, iceAnswers: () => 5 }))
  expect(text).toContain('\nparley_relay_turn_allocations_opened_total 9\n')
  expect(text).toContain('\nparley_relay_ice_answers_total 5\n')
})

describe('names follow the conventions of Prometheus', () => {
  test.each(METRICS.map((metric) => [metric.name, metric]))('%s', (name, { type, help }) => {
    expect(name).toMatch(/^parley_relay_[a-z_]+$/)
    expect(name.endsWith('_total')).toBe(type === 'counter')
    expect(help).toMatch(/^[A-Z1].*\.$/)
  })
})

describe('the history', () => {
  test('keeps the last ten minutes', () => {
    const history = new History()
    for (let topics = 0; topics < 125; topics++) history.add(numbersOf({ topics: () => topics }))
    expect([history.samples.length, history.samples[0]?.topics, history.samples.at(-1)?.topics]).toEqual([120, 5, 124])
  })

  test('sums connections, both directions of TURN, and refusals', () => {
    const numbers = numbersOf({ turn: { counters: TURN }, refusals: [{ name: 'front', read: () => new Map([['too-many', 4]]) }] })
    numbers.connections.by.push({ kind: 'relay', transport: 'tcp', count: 2 }, { kind: 'client', transport: 'webrtc-direct', count: 5 })
    expect(sampleOf(numbers, { at: 1, memory: 2, busy: 0.5 })).toMatchObject({ connections: 7, turnBytes: 1_200, refusals: 7, at: 1, memory: 2, busy: 0.5 })
  })
})
