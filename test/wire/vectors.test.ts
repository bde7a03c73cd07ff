import { createDecipheriv, createHash, hkdfSync, scryptSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inflateRawSync } from 'node:zlib'
import { deriveRoomKeys, formatLink, open, parseLink, parseTopic, rendezvousDigest, topicRendezvousSeed } from '../../src/wire/index.ts'
import type { PeerKey, RoomMessage } from '../../src/wire/index.ts'
import { stretchTopic } from '../../src/wire/stretch.ts'

interface Room {
  typed: string
  topic: string
  secret: string
  link: string
  stretched?: string
  pubsubTopic: string
  rendezvousSeed: string
  rendezvous: { bucket: number, digest: string }[]
  envelopes: { from: PeerKey, sealed: string, message: RoomMessage }[]
}

const file = new URL('../fixtures/wire-vectors.json', import.meta.url)
const { rooms } = JSON.parse(readFileSync(file, 'utf8')) as { rooms: Room[] }
const hex = (bytes: ArrayBuffer | Uint8Array): string => Buffer.from(bytes as Uint8Array).toString('hex')

describe.each(rooms)('$link', (room) => {
  it('is reproduced by src/wire', { timeout: 60_000 }, async () => {
    const topic = parseTopic(room.typed)
    expect(topic).toBe(room.topic)
    expect(formatLink('https://parley.example', { topic, secret: room.secret })).toBe(room.link)
    expect(parseLink(new URL(room.link).hash)).toMatchObject({ topic, secret: room.secret })
    const stretched = room.secret === '' ? stretchTopic(topic) : new Uint8Array()
    expect(hex(stretched)).toBe(room.stretched ?? '')
    const keys = await deriveRoomKeys(topic, room.secret, async () => stretched)
    expect(keys.pubsubTopic).toBe(room.pubsubTopic)
    expect(hex(await topicRendezvousSeed(room.pubsubTopic))).toBe(room.rendezvousSeed)
    for (const { bucket, digest } of room.rendezvous) {
      expect(hex(await rendezvousDigest(keys.rendezvousSeed, bucket))).toBe(digest)
    }
    for (const { from, sealed, message } of room.envelopes) {
      expect(await open(keys, from, Buffer.from(sealed, 'hex'))).toEqual(message)
    }
  })

  it('is reproduced by a second implementation, from the documentation', { timeout: 60_000 }, () => {
    const material = room.stretched === undefined
      ? Buffer.from(room.secret, 'base64url')
      : scryptSync(room.topic, 'parley/1/public topic', 32, { N: 32_768, r: 8, p: 1, maxmem: 64 * 2 ** 20 })
    const salt = `parley/1/${room.secret === '' ? 'public' : 'private'}/${room.topic}`
    const derive = (info: string): Buffer => Buffer.from(hkdfSync('sha256', material, salt, info, 32))
    const sha256 = (...parts: (string | Buffer)[]): Buffer => {
      const hash = createHash('sha256')
      for (const part of parts) hash.update(part)
      return hash.digest()
    }
    expect(`parley/1/${base32(derive('pubsub topic'))}`).toBe(room.pubsubTopic)
    const seed = sha256('parley/1/rendezvous seed/', room.pubsubTopic)
    expect(hex(seed)).toBe(room.rendezvousSeed)
    for (const { bucket, digest } of room.rendezvous) {
      const number = Buffer.alloc(8)
      number.writeBigUInt64BE(BigInt(bucket))
      expect(hex(sha256('parley/1/rendezvous/', seed, number))).toBe(digest)
    }
    for (const { from, sealed, message } of room.envelopes) {
      expect(unseal(derive('sealing key'), `${room.pubsubTopic}|${from}`, Buffer.from(sealed, 'hex'))).toEqual(message)
    }
  })
})

function base32(bytes: Buffer): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((group) => 'abcdefghijklmnopqrstuvwxyz234567'.charAt(Number.parseInt(group.padEnd(5, '0'), 2))).join('')
}

function unseal(key: Buffer, additionalData: string, envelope: Buffer): unknown {
  expect(envelope[0]).toBe(1)
  const decipher = createDecipheriv('aes-256-gcm', key, envelope.subarray(1, 13))
  decipher.setAAD(Buffer.from(additionalData)).setAuthTag(envelope.subarray(-16))
  const plaintext = Buffer.concat([decipher.update(envelope.subarray(13, -16)), decipher.final()])
  const content = plaintext.subarray(1)
  return JSON.parse((plaintext[0] === 1 ? inflateRawSync(content) : content).toString())
}
