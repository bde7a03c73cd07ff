import type { Libp2p } from '@libp2p/interface'
import { CID } from 'multiformats/cid'
import * as raw from 'multiformats/codecs/raw'
import { create as createDigest } from 'multiformats/hashes/digest'
import { delay, withTimeout } from '../../util/abort.ts'
import { createLog } from '../../util/log.ts'
import { effect } from '../../util/signals.ts'
import { onAbort } from '../../util/abort.ts'
import type { PeerKey } from '../../wire/message.ts'
import { bucketAt, rendezvousDigest } from '../../wire/rendezvous.ts'
import type { DiscoverySource, SourceContext } from './source.ts'

const log = createLog('node:dht')
const SHA2_256 = 0x12
/** Waits between lookups, milliseconds; the last one repeats. Close together at first: people join together. */
const LOOKUP_WAITS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000]
/** Lets the pubsub hello go first: on a slow machine the two would compete for the same moment. */
const HEAD_START_MS = 200
const QUERY_TIMEOUT_MS = 10_000

/**
 * The browser's own DHT lookup: provides the room's rendezvous CID for the current and the next time bucket, and looks
 * for other providers of the current and the previous one. Works with any relay that serves the DHT, also one that
 * does not follow topics. Records expire with their bucket; there is no way to withdraw them from other servers.
 */
export function dhtSource(node: Libp2p): DiscoverySource {
  return {
    name: 'dht',
    start: (context) => {
      void lookUp(node, context)
      void announce(node, context)
    }
  }
}

/** The CID under which the members of a room are filed during `bucket`. */
export async function rendezvousCid(seed: Uint8Array, bucket: number): Promise<CID> {
  return CID.createV1(raw.code, createDigest(SHA2_256, await rendezvousDigest(seed, bucket)))
}

async function lookUp(node: Libp2p, { keys, self, signal, onHint }: SourceContext): Promise<void> {
  await delay(HEAD_START_MS, signal)
  for (let round = 0; !signal.aborted; round++) {
    const bucket = bucketAt(Date.now())
    await Promise.all([bucket, bucket - 1].map(async (each) => {
      const limit = withTimeout(signal, QUERY_TIMEOUT_MS)
      try {
        const cid = await rendezvousCid(keys.rendezvousSeed, each)
        for await (const provider of node.contentRouting.findProviders(cid, { signal: limit.signal })) {
          const peer = provider.id.toString() as PeerKey
          const addresses = provider.multiaddrs.map(String).filter((address) => address.includes('/p2p-circuit'))
          if (peer !== self && addresses.length > 0) onHint({ peer, addresses })
        }
      } catch (error) {
        // No server yet, or all of them timed out: the next round asks again.
        log.debug('lookup ended early', (error as Error).name)
      } finally {
        limit.done()
      }
    }))
    const wait = LOOKUP_WAITS_MS[Math.min(round, LOOKUP_WAITS_MS.length - 1)] ?? 0
    await delay(wait * (0.8 + 0.4 * Math.random()), signal)
  }
}

/** Provides whenever our addresses change, and again in each new bucket. */
async function announce(node: Libp2p, { keys, addresses, signal }: SourceContext): Promise<void> {
  const provided = new Map<string, CID>()
  let round = 0
  const provide = async (mine: number): Promise<void> => {
    await delay(HEAD_START_MS, signal)
    const bucket = bucketAt(Date.now())
    for (const each of [bucket, bucket + 1]) {
      if (signal.aborted || mine !== round) return
      const limit = withTimeout(signal, QUERY_TIMEOUT_MS)
      try {
        const cid = await rendezvousCid(keys.rendezvousSeed, each)
        provided.set(cid.toString(), cid)
        await node.contentRouting.provide(cid, { signal: limit.signal })
      } catch (error) {
        log.debug('provide ended early', (error as Error).name)
      } finally {
        limit.done()
      }
    }
  }
  const stop = effect(() => { if (addresses.value.length > 0) void provide(++round) })
  // Often enough that each bucket is announced before it begins, and that a server that joined late learns of us.
  const timer = setInterval(() => { if (addresses.value.length > 0) void provide(++round) }, 60_000)
  onAbort(signal, () => {
    stop()
    clearInterval(timer)
    for (const cid of provided.values()) {
      node.contentRouting.cancelReprovide(cid).catch(() => {
        // The node may be stopping, and then nothing is provided again anyway.
      })
    }
  })
}
