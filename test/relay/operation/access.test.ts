import { describe, expect, test } from 'vitest'
import { isOfThisMachine } from '../../../relay/operation/access.ts'

const HERE = { host: 'localhost:8080' }

describe('a request is of this machine', () => {
  test.each([
    ['127.0.0.1', HERE],
    ['127.3.2.1', { host: '127.0.0.1:8080' }],
    ['::1', { host: '[::1]:8080' }],
    ['::ffff:127.0.0.1', { host: 'LOCALHOST' }]
  ])('from %s with %j', (remoteAddress, headers) => {
    expect(isOfThisMachine({ remoteAddress, headers })).toBe(true)
  })
})

describe('a request is somebody else\'s', () => {
  test.each(['192.0.2.1', '10.0.0.1', '::ffff:192.0.2.1', '2001:db8::1', '::', 'nonsense', undefined])('when it comes from %s', (remoteAddress) => {
    expect(isOfThisMachine({ remoteAddress, headers: HERE })).toBe(false)
  })

  test.each([
    ['x-forwarded-for', '127.0.0.1'], ['x-forwarded-for', ''], ['forwarded', 'for=127.0.0.1'], ['x-real-ip', '127.0.0.1'],
    ['x-forwarded-proto', 'https'], ['x-forwarded-host', 'localhost'], ['via', '1.1 proxy']
  ])('when a proxy has added %s: %s', (name, value) => {
    expect(isOfThisMachine({ remoteAddress: '127.0.0.1', headers: { ...HERE, [name]: value } })).toBe(false)
  })

  test.each(['relay.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'evil.example:8080', '', undefined])('when it asks for the host %s', (host) => {
    expect(isOfThisMachine({ remoteAddress: '127.0.0.1', headers: { host } })).toBe(false)
  })
})
