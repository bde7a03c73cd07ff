import { expect, it } from 'vitest'
import { bucketAt, RENDEZVOUS_BUCKET_MS, rendezvousDigest, topicRendezvousSeed } from '../../src/wire/index.ts'

it('the bucket changes when its time is over, and not before', () => {
  const start = 2_000_000 * RENDEZVOUS_BUCKET_MS
  expect(bucketAt(start - 1)).toBe(1_999_999)
  expect(bucketAt(start)).toBe(2_000_000)
  expect(bucketAt(start + RENDEZVOUS_BUCKET_MS - 1)).toBe(2_000_000)
})

it('every topic and every bucket has a digest of its own, of 32 bytes', async () => {
  const digests = new Set<string>()
  for (const topic of ['parley/1/a', 'parley/1/b']) {
    const seed = await topicRendezvousSeed(topic)
    for (const bucket of [0, 1, 256, 2 ** 32, 2 ** 32 + 1]) {
      const digest = await rendezvousDigest(seed, bucket)
      expect(digest).toHaveLength(32)
      digests.add(Buffer.from(digest).toString('hex'))
    }
  }
  expect(digests.size).toBe(10)
})
