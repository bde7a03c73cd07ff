import type { Libp2p, PeerInfo } from '@libp2p/interface'
import { relayAdvertisementCid } from '../../src/node/discovery/relays.ts'
import { withTimeout } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { createLog } from '../../src/util/log.ts'

const QUERY_TIMEOUT_MS = 10_000
/** Clocks differ: around midnight both days are asked for. */
const SKEW_MS = 3_600_000
/** Most hints kept of one lookup. */
const MAX_HINTS = 64

const log = createLog('relay:look-up')

/** Asks the DHT who the relays of the network are. Its answers are hints, and there may be none: never rejects. */
export async function lookUpRelays(libp2p: Pick<Libp2p, 'contentRouting'>, network: string, { signal }: Lifetime): Promise<PeerInfo[]> {
  const now = Date.now()
  const cids = await Promise.all([now - SKEW_MS, now + SKEW_MS].map((at) => relayAdvertisementCid(network, at)))
  const hints = new Map<string, PeerInfo>()
  const limit = withTimeout(signal, QUERY_TIMEOUT_MS)
  try {
    for (const cid of new Map(cids.map((each) => [each.toString(), each])).values()) {
      for await (const provider of libp2p.contentRouting.findProviders(cid, { signal: limit.signal })) {
        if (hints.size < MAX_HINTS) hints.set(provider.id.toString(), provider)
      }
    }
  } catch (error) {
    // No server yet, or some of them timed out: what was heard until then counts.
    log.debug('looking up relays ended early', (error as Error).name)
  } finally {
    limit.done()
  }
  return [...hints.values()]
}
