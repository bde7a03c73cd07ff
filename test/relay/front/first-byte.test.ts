import { expect, test } from 'vitest'
import { protocolOf } from '../../../relay/front/first-byte.ts'

test.each([
  [0, 'stun'], [3, 'stun'], [4, undefined], [21, undefined], [22, 'tls'], [23, undefined], [32, undefined],
  ['@', undefined], ['A', 'http'], ['G', 'http'], ['Z', 'http'], ['[', undefined], ['a', 'http'], ['z', 'http'], [127, undefined], [255, undefined]
] as const)('a connection that begins with %j is %s', (first, protocol) => {
  expect(protocolOf(typeof first === 'number' ? first : first.charCodeAt(0))).toBe(protocol)
})
