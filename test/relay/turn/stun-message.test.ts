import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readXorAddress } from '../../../relay/turn/address.ts'
import { ATTRIBUTE, unknownAttributes, writeErrorCode } from '../../../relay/turn/attributes.ts'
import { writeDataIndication } from '../../../relay/turn/data-indication.ts'
import { addFingerprint } from '../../../relay/turn/fingerprint.ts'
import { addIntegrity, hasIntegrity, longTermKey } from '../../../relay/turn/integrity.ts'
import { attributeOf, CLASS, METHOD, parseMessage, writeMessage } from '../../../relay/turn/stun-message.ts'

/** The sample messages of RFC 5769. */
const HEADER = '2112a442b7e7a701bc34d686fa87dfae'
const VECTOR = `8022000b7465737420766563746f7220`
const REQUEST = bytes(`00010058${HEADER}802200105354554e207465737420636c69656e74002400046e0001ff80290008932ff9b151263b36
  000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf`)
const RESPONSE_IPV4 = bytes(`0101003c${HEADER}${VECTOR}002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96`)
const RESPONSE_IPV6 = bytes(`01010048${HEADER}${VECTOR}002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9
  00080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c`)
const LONG_TERM = bytes(`000100602112a44278ad3433c6ad72c029da412e00060012e3839ee38388e383aae38383e382afe382b90000
  0015001c662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f726700
  00080014f67024656dd64a3e02b8e0712e85c9a28ca89666`)
const SHORT_TERM_KEY = Buffer.from('VOkJxbRl1RmTxUk/WvJxBt')

describe('the sample messages of RFC 5769', () => {
  test('the request is understood, its integrity and its fingerprint are right', () => {
    const message = parseMessage(REQUEST)!
    expect(message).toMatchObject({ method: METHOD.binding, class: CLASS.request, fingerprint: true })
    expect(attributeOf(message, ATTRIBUTE.username)?.toString()).toBe('evtj:h6vY')
    expect(hasIntegrity(message, SHORT_TERM_KEY)).toBe(true)
    expect(hasIntegrity(message, Buffer.from('another'))).toBe(false)
    expect(unknownAttributes(message)).toEqual([0x0024])
  })

  test.each([
    ['IPv4', RESPONSE_IPV4, '192.0.2.1'], ['IPv6', RESPONSE_IPV6, '2001:db8:1234:5678:11:2233:4455:6677']
  ])('the %s response names the address', (_, response, address) => {
    const message = parseMessage(response)!
    expect(message).toMatchObject({ class: CLASS.success, fingerprint: true })
    expect(hasIntegrity(message, SHORT_TERM_KEY)).toBe(true)
    expect(readXorAddress(attributeOf(message, ATTRIBUTE.xorMappedAddress)!, message.transactionId)).toEqual({ address, port: 32_853 })
  })

  test('the request with long-term authentication is signed with the key of username, realm and password', () => {
    const message = parseMessage(LONG_TERM)!
    const [username, realm] = [ATTRIBUTE.username, ATTRIBUTE.realm].map((type) => attributeOf(message, type)!.toString()) as [string, string]
    expect([username, realm]).toEqual(['マトリックス', 'example.org'])
    expect(hasIntegrity(message, longTermKey(username, realm, 'TheMatrIX'))).toBe(true)
  })

  test('what is signed and marked anew comes out the same, byte by byte', () => {
    const unsigned = RESPONSE_IPV4.subarray(0, RESPONSE_IPV4.length - 8 - 24)
    expect(addFingerprint(addIntegrity(unsigned, SHORT_TERM_KEY))).toEqual(RESPONSE_IPV4)
  })
})

describe('the codec', () => {
  const attribute = fc.record({
    type: fc.integer({ min: 0, max: 0xffff }).filter((type) => ![0x0008, 0x8028].includes(type)),
    value: fc.uint8Array({ maxLength: 60 }).map((value) => Buffer.from(value))
  })
  const message = fc.record({
    method: fc.integer({ min: 0, max: 0xfff }), kind: fc.constantFrom(...Object.values(CLASS)),
    id: fc.uint8Array({ minLength: 12, maxLength: 12 }).map((id) => Buffer.from(id)), attributes: fc.array(attribute, { maxLength: 20 })
  })

  test('reads what it wrote, signed and marked or not', () => {
    fc.assert(fc.property(message, fc.boolean(), ({ method, kind, id, attributes }, marked) => {
      const key = Buffer.from('key')
      const written = addIntegrity(writeMessage(method, kind, id, attributes), key)
      const read = parseMessage(marked ? addFingerprint(written) : written)!
      expect(read).toMatchObject({ method, class: kind, transactionId: id, fingerprint: marked })
      expect(read.attributes.slice(0, -1)).toEqual(attributes)
      expect(hasIntegrity(read, key)).toBe(true)
    }))
  })

  test('reads random bytes as nothing, and never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => { parseMessage(Buffer.from(bytes)) }))
  })

  test('a message with one byte changed is none, or is no longer signed', () => {
    fc.assert(fc.property(fc.nat(REQUEST.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = Buffer.from(REQUEST)
      changed[at] = changed[at]! ^ flip
      const read = parseMessage(changed)
      // The fingerprint is worth nothing against whoever can compute it; the integrity is.
      expect(read === undefined || !read.fingerprint).toBe(true)
    }))
  })

  test('a message that is cut anywhere is none', () => {
    for (let length = 0; length < REQUEST.length; length++) expect(parseMessage(REQUEST.subarray(0, length))).toBeUndefined()
  })

  test('what stands behind the integrity does not count, and nothing may stand behind the fingerprint', () => {
    const signed = addIntegrity(writeMessage(METHOD.refresh, CLASS.request, Buffer.alloc(12), []), Buffer.from('key'))
    const smuggled = Buffer.concat([signed, Buffer.from('000d000400000000', 'hex')])
    smuggled.writeUInt16BE(smuggled.length - 20, 2)
    expect(attributeOf(parseMessage(smuggled)!, ATTRIBUTE.lifetime)).toBeUndefined()
    const behind = Buffer.concat([addFingerprint(signed), Buffer.from('000d000400000000', 'hex')])
    behind.writeUInt16BE(behind.length - 20, 2)
    expect(parseMessage(behind)).toBeUndefined()
  })

  test('a data indication carries peer and data, and pads with zeros', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.constantFrom('203.0.113.9', '2001:db8::1:0:0:1'), (data, address) => {
      const written = writeDataIndication(address, 4_242, Buffer.from(data))
      const read = parseMessage(written)!
      expect(attributeOf(read, ATTRIBUTE.data)).toEqual(Buffer.from(data))
      expect(readXorAddress(attributeOf(read, ATTRIBUTE.xorPeerAddress)!, read.transactionId)).toEqual({ address, port: 4_242 })
      expect(written.subarray(written.length - (4 - data.length % 4) % 4).every((byte) => byte === 0)).toBe(true)
    }))
  })

  test('an error code is its hundreds, its rest and a reason', () => {
    expect(writeErrorCode(438)).toEqual(Buffer.concat([Buffer.from([0, 0, 4, 38]), Buffer.from('Stale Nonce')]))
  })
})

function bytes(hex: string): Buffer {
  return Buffer.from(hex.replace(/\s/g, ''), 'hex')
}
