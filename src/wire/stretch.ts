import { scrypt } from '@noble/hashes/scrypt.js'
import type { Topic } from './message.ts'

/**
 * 32 MiB of memory and about 0.3 s of one server core (measured, Node 24), a second on a slow phone: hidden behind the start
 * of the camera. Whoever tries likely topics against what a relay sees pays some 100,000 times the price of a plain hash.
 */
const PARAMETERS = { N: 2 ** 15, r: 8, p: 1, dkLen: 32 }

/** Fixed, because all who type the topic must arrive at the same key knowing nothing else. */
const SALT = 'parley/1/public topic'

/**
 * Turns a topic into 32 bytes that are costly to compute: scrypt (RFC 7914) of its UTF-8 text with N = 2^15, r = 8, p = 1
 * and the salt `parley/1/public topic`. Blocks for tenths of a second, so it belongs in a worker.
 */
export function stretchTopic(topic: Topic): Uint8Array<ArrayBuffer> {
  return new Uint8Array(scrypt(topic, SALT, PARAMETERS))
}
