import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { visitorOf } from '../../../relay/front/visitor.ts'

function request(headers: Record<string, string>, remoteAddress: string | undefined = '::ffff:127.0.0.1', encrypted = false) {
  return { headers, socket: { remoteAddress, remotePort: 5_000, encrypted } } as unknown as IncomingMessage
}

test.each([
  ['198.51.100.7', '198.51.100.7'],
  ['203.0.113.9, 198.51.100.7', '198.51.100.7'],
  ['203.0.113.9,198.51.100.7:4711', '198.51.100.7'],
  ['2001:db8::7', '2001:db8::7'],
  ['[2001:db8::7]:4711', '2001:db8::7'],
  ['::ffff:198.51.100.7', '198.51.100.7']
])('a trusted proxy that tells %j was reached by %s', (header, address) => {
  const headers = { 'x-forwarded-for': header, 'x-forwarded-proto': 'https' }
  expect(visitorOf(request(headers), true)).toEqual({ address, port: 5_000, secure: true, proxied: true })
  expect(visitorOf(request(headers), false)).toEqual({ address: '127.0.0.1', port: 5_000, secure: false, proxied: false })
})

test.each(['', 'unknown', '198.51.100.7, evil', '999.1.1.1'])('a proxy that tells %j is taken for the visitor', (header) => {
  expect(visitorOf(request({ 'x-forwarded-for': header }), true)).toEqual({ address: '127.0.0.1', port: 5_000, secure: false, proxied: false })
})

test('the last proxy says how the visitor came, as do our own certificates', () => {
  expect(visitorOf(request({ 'x-forwarded-proto': 'https, http' }), true)?.secure).toBe(false)
  expect(visitorOf(request({}, '192.0.2.1', true), false)?.secure).toBe(true)
})

test('who is gone already is nobody', () => {
  const gone = { headers: {}, socket: {} } as unknown as IncomingMessage
  expect(visitorOf(gone, true)).toBeUndefined()
})
