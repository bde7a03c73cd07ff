import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { RelayProbe } from '../../../src/room/ports.ts'
import { Examination, type ExaminationOptions } from '../../../src/room/doctor/examination.ts'
import type { CheckLine, FindingCode } from '../../../src/room/doctor/types.ts'
import type { CallViews } from '../../../src/room/views.ts'
import { onAbort } from '../../../src/util/abort.ts'
import { signal } from '../../../src/util/signals.ts'
import { pair } from './observations.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

const RELAY: RelayProbe = {
  host: 'relay.example', ways: [{ transport: 'wss', outcome: 'reached', ms: 90, rttMs: 20 }], isRelay: true, reserved: true,
  servers: [{ kind: 'stun', server: { urls: ['stun:relay.example'] } }, { kind: 'turn-udp', server: { urls: ['turn:relay.example'] } }],
}

/** Views of a call with these relays and with Ana in it. */
function viewsWith(relays: RelayProbe[], connection: string): CallViews {
  const ana = { peer: 'ana', state: signal({ name: 'Ana', connection }), candidatePairs: async () => [pair()] }
  return {
    network: { probeRelays: async (onRelay: (relay: RelayProbe) => void) => relays.forEach(onRelay) },
    room: { participants: signal([ana]) },
  } as unknown as CallViews
}

/** An examination in which all is well but for these changes; ends with its controller. */
function begin(changes: Partial<ExaminationOptions> = {}, relays = [RELAY], connection = 'connected') {
  const controller = new AbortController()
  const examination = new Examination({
    page: { page: 'secure', onLine: true },
    settings: { transportPolicy: signal('all') },
    muted: signal(false),
    call: Promise.resolve(viewsWith(relays, connection)),
    probeCamera: async () => 'picture',
    probeMicrophone: async () => 'heard',
    probeStun: async () => ({ answered: true, ms: 12, hosts: [], mapped: [] }),
    probeTurn: async () => ({ outcome: 'carried', ms: 30, rttMs: 24 }),
    probeMapping: async () => ({ nat: 'easy', ipv6: true, addresses: ['198.51.100.7'] }),
    context: { browser: 'x', protocol: 1, at: 'now' },
    signal: controller.signal,
    ...changes,
  })
  const codes = (): FindingCode[] | undefined => examination.findings.peek()?.map(({ code }) => code)
  const result = (check: CheckLine['check']): (string | null)[] => examination.lines.peek().filter((line) => line.check === check).map((line) => line.result)
  return { examination, controller, codes, result }
}

const never = <T>(): Promise<T> => new Promise(() => undefined)

test('every check has a line with a result, and the findings come last', async () => {
  const { examination, codes, result } = begin()
  expect(examination.findings.peek()).toBeNull()
  await vi.advanceTimersByTimeAsync(0)
  expect(codes()).toEqual(['all-fine'])
  expect(examination.lines.peek().filter((line) => line.result === null)).toEqual([])
  expect([result('relay'), result('stun'), result('turn-udp'), result('udp'), result('tcp'), result('nat'), result('ipv6'), result('person')])
    .toEqual([['reached', 'reserved'], ['answered'], ['carried'], ['open'], ['open'], ['nat-easy'], ['ipv6-yes'], ['direct']])
})

test('on an insecure page nothing else is tried', async () => {
  const probeCamera = vi.fn()
  const { codes } = begin({ page: { page: 'insecure', onLine: true }, probeCamera })
  await vi.advanceTimersByTimeAsync(0)
  expect(codes()).toEqual(['page-insecure'])
  expect(probeCamera).not.toHaveBeenCalled()
})

test('without the code for calls the devices are examined all the same', async () => {
  const { codes, result } = begin({ call: Promise.resolve(null), probeMicrophone: async () => 'silent' })
  await vi.advanceTimersByTimeAsync(0)
  expect(codes()).toEqual(['microphone-silent'])
  expect(result('relay')).toEqual([])
})

test('who has left without a word is no trouble of the network', async () => {
  const { codes, result } = begin({}, [RELAY], 'away')
  await vi.advanceTimersByTimeAsync(0)
  expect(codes()).toEqual(['all-fine'])
  expect(result('person')).toEqual([])
})

test.each<[string, Partial<ExaminationOptions>]>([
  ['a device', { probeCamera: never }],
  ['a server', { probeTurn: never }],
  ['the code for calls', { call: never() }],
])('%s that never answers does not hold up the findings for ever', async (_what, changes) => {
  const { examination, codes } = begin(changes)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(codes()).toBeUndefined()
  await vi.advanceTimersByTimeAsync(30_000)
  expect(codes()).toBeDefined()
  expect(examination.lines.peek().filter(({ verdict }) => verdict === 'running')).toEqual([])
})

test('an abort ends what is going on, and there are no findings', async () => {
  let aborted = false
  const { controller, codes } = begin({
    probeTurn: (_server, { signal: lifetime }) => {
      onAbort(lifetime, () => { aborted = true })
      return never()
    },
  })
  await vi.advanceTimersByTimeAsync(0)
  controller.abort()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(aborted).toBe(true)
  expect(codes()).toBeUndefined()
  expect(vi.getTimerCount()).toBe(0)
})

test('the person is asked to speak only while the microphone listens', async () => {
  let finish = (): void => undefined
  const { examination } = begin({
    probeMicrophone: (onLevel) => new Promise((resolve) => {
      onLevel(0.4)
      finish = () => resolve('heard')
    }),
  })
  await vi.advanceTimersByTimeAsync(0)
  expect([examination.listening.peek(), examination.level.peek()]).toEqual([true, 0.4])
  finish()
  await vi.advanceTimersByTimeAsync(0)
  expect(examination.listening.peek()).toBe(false)
})
