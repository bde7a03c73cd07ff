import { afterEach, expect, test, vi } from 'vitest'
import { jsonLine, openOutput } from '../../../relay/program/output.ts'
import { createLog, setLogLevel, setLogSink } from '../../../src/util/log.ts'

const log = createLog('some:part')
const streams = { out: vi.fn<(text: string) => void>(), err: vi.fn<(text: string) => void>() }
const printed = () => [streams.out, streams.err].map((stream) => stream.mock.calls.map(([text]) => text))

afterEach(() => {
  setLogLevel('off')
  setLogSink(() => undefined)
  vi.clearAllMocks()
})

test('text is written as it stands, failures to the other stream', () => {
  const { say, fail } = openOutput({ level: 'silent', json: false }, streams)
  say('one\ntwo')
  fail('bad')
  expect(printed()).toEqual([['one\ntwo\n'], ['bad\n']])
})

test('with JSON every line is one object of time, level, scope and message', () => {
  const { say, fail } = openOutput({ level: 'debug', json: true }, streams)
  say('\none\n\ntwo')
  fail('bad')
  log.debug('looked', 'twice')
  log.warn('odd', { code: 'E1', more: ['a\nb'] })
  log.trace('hidden')
  const lines = printed().map((texts) => texts.map((text) => {
    expect(text).toMatch(/^\{[^\n]*\}\n$/)
    const { time, ...rest } = JSON.parse(text) as Record<string, string>
    expect(new Date(time ?? '').toISOString()).toBe(time)
    return Object.values(rest)
  }))
  expect(lines).toEqual([
    [['info', 'relay', 'one'], ['info', 'relay', 'two'], ['debug', 'some:part', 'looked twice']],
    [['error', 'relay', 'bad'], ['warn', 'some:part', "odd { code: 'E1', more: [ 'a\\nb' ] }"]]
  ])
})

test('a message may hold anything', () => {
  const line = jsonLine({ level: 'info', scope: 's', message: '100% "quoted"\n\u2028', details: [new Error('x'), undefined] })
  expect(line).not.toContain('\n')
  expect(JSON.parse(line)).toMatchObject({ message: expect.stringMatching(/^100% "quoted"\n\u2028 Error: x/) })
})

test.each([
  ['silent', []], ['error', ['e']], ['warn', ['e', 'w']], ['info', ['e', 'w', 'i']], ['debug', ['e', 'w', 'i', 'd']], ['trace', ['e', 'w', 'i', 'd', 't']]
] as const)('level %s lets through %j', (level, expected) => {
  openOutput({ level, json: false }, streams)
  const heard: string[] = []
  setLogSink(({ message }) => heard.push(message))
  log.error('e')
  log.warn('w')
  log.info('i')
  log.debug('d')
  log.trace('t')
  expect(heard).toEqual(expected)
})
