import { describe, expect, it } from 'vitest'
import { deriveRoomKeys, open, parseTopic, seal, topicRendezvousSeed } from '../../src/wire/index.ts'
import type { RoomKeys } from '../../src/wire/index.ts'
import { ALICE, HELLO, refusalOf, SECRET } from './samples.ts'

const TEAM = parseTopic('team')
const OTHER = parseTopic('other')
const OTHER_SECRET = '_____________________w'

const stretch = async (topic: string): Promise<Uint8Array> => new TextEncoder().encode(topic.padEnd(32, '.'))
const unused = (): Promise<Uint8Array> => Promise.reject(new Error('stretched a topic that has a secret'))

async function opens(keys: RoomKeys, envelope: Uint8Array): Promise<boolean> {
  return await refusalOf(() => open(keys, ALICE, envelope)) === null
}

describe('deriveRoomKeys', () => {
  it('gives everybody who knows the same the same keys', async () => {
    for (const secret of ['', SECRET]) {
      const [mine, yours] = [await deriveRoomKeys(TEAM, secret, stretch), await deriveRoomKeys(TEAM, secret, stretch)]
      expect(mine.pubsubTopic).toBe(yours.pubsubTopic)
      expect(mine.rendezvousSeed).toEqual(yours.rendezvousSeed)
      expect(await opens(yours, await seal(mine, ALICE, HELLO))).toBe(true)
    }
  })

  it('gives different topics and different secrets nothing in common', async () => {
    const rooms = await Promise.all([
      deriveRoomKeys(TEAM, '', stretch), deriveRoomKeys(OTHER, '', stretch),
      deriveRoomKeys(TEAM, SECRET, unused), deriveRoomKeys(OTHER, SECRET, unused), deriveRoomKeys(TEAM, OTHER_SECRET, unused),
    ])
    expect(new Set(rooms.map((keys) => keys.pubsubTopic)).size).toBe(rooms.length)
    expect(new Set(rooms.map((keys) => keys.rendezvousSeed.join())).size).toBe(rooms.length)
    for (const sealer of rooms) {
      const envelope = await seal(sealer, ALICE, HELLO)
      // With the other's topic in place of its own, only the key itself can tell them apart.
      for (const opener of rooms) {
        expect(await opens({ ...opener, pubsubTopic: sealer.pubsubTopic }, envelope)).toBe(opener === sealer)
      }
    }
  })

  it('keeps the public room apart even from a secret that equals the stretched topic', async () => {
    const secretBytes = async (): Promise<Uint8Array> => Uint8Array.from({ length: 16 }, (_, index) => index)
    const open = await deriveRoomKeys(TEAM, '', secretBytes)
    expect(open.pubsubTopic).not.toBe((await deriveRoomKeys(TEAM, SECRET, unused)).pubsubTopic)
  })

  it('makes a topic that relays follow, a seed that they can derive from it, and a key that cannot be taken out', async () => {
    const keys = await deriveRoomKeys(TEAM, SECRET, unused)
    expect(keys.pubsubTopic).toMatch(/^parley\/1\/[a-z2-7]{52}$/)
    expect(keys.rendezvousSeed).toEqual(await topicRendezvousSeed(keys.pubsubTopic))
    expect(keys.sealingKey.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', keys.sealingKey)).rejects.toThrow()
  })

  it('refuses a malformed secret', async () => {
    expect(await refusalOf(() => deriveRoomKeys(TEAM, 'short', unused))).toBe('secret-malformed')
  })

  it('fails as stretching fails', async () => {
    await expect(deriveRoomKeys(TEAM, '', unused)).rejects.toThrow('stretched')
  })
})
