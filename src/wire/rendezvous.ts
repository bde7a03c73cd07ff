import { RELAY_BUCKET_MS, RENDEZVOUS_BUCKET_MS } from './protocol.ts'

const SEED_LABEL = 'parley/1/rendezvous seed/'
const DIGEST_LABEL = 'parley/1/rendezvous/'

/**
 * The rendezvous seed of a room, 32 bytes: SHA-256 of the label `parley/1/rendezvous seed/` and the pubsub topic.
 *
 * It is made of the pubsub topic and of nothing more secret, because relays that follow a topic must provide it in the
 * DHT and find each other by it, and the topic is all they know of a room. Browsers use the same seed, so that their own
 * lookups find the relays, and each other, under one key.
 */
export function topicRendezvousSeed(pubsubTopic: string): Promise<Uint8Array<ArrayBuffer>> {
  return sha256(new TextEncoder().encode(SEED_LABEL + pubsubTopic))
}

/**
 * The multihash digest of the room's CID (raw codec, sha2-256) for one time bucket: SHA-256 of the label
 * `parley/1/rendezvous/`, the seed, and the bucket's number as 8 bytes, big endian.
 */
export function rendezvousDigest(seed: Uint8Array, bucket: number): Promise<Uint8Array<ArrayBuffer>> {
  const label = new TextEncoder().encode(DIGEST_LABEL)
  const input = new Uint8Array(label.length + seed.length + 8)
  input.set(label)
  input.set(seed, label.length)
  new DataView(input.buffer).setBigUint64(label.length + seed.length, BigInt(bucket))
  return sha256(input)
}

/** Number of the time bucket at `nowMs` milliseconds since 1970; the next one is greater by one. */
export function bucketAt(nowMs: number): number {
  return Math.floor(nowMs / RENDEZVOUS_BUCKET_MS)
}

/**
 * The multihash digest of the CID (raw codec, sha2-256) under which the relays of a network file themselves for the day of
 * `nowMs`, milliseconds since 1970: SHA-256 of `relays/<network>/<day>`, the day counted from 1970 in UTC, in decimal.
 */
export function relayAdvertisementDigest(network: string, nowMs: number): Promise<Uint8Array<ArrayBuffer>> {
  return sha256(new TextEncoder().encode(`relays/${network}/${Math.floor(nowMs / RELAY_BUCKET_MS)}`))
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}
