import type { Libp2p } from '@libp2p/interface'
import type { CID } from 'multiformats/cid'
import { relayAdvertisementCid } from '../../src/node/discovery/relays.ts'
import { delay, withTimeout } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { backoffMs } from '../../src/util/backoff.ts'
import { createLog } from '../../src/util/log.ts'
import { RELAY_BUCKET_MS } from '../../src/wire/protocol.ts'
import { isReachable } from './dialable.ts'

/** What advertising works with. */
export interface AdvertisementOptions extends Lifetime {
  libp2p: Pick<Libp2p, 'contentRouting' | 'getMultiaddrs'>
  network: string
  /** Whether only public addresses count. */
  publicOnly: boolean
}

/** After a failure, milliseconds: at first there may be nobody to tell. */
const RETRY = { baseMs: 1_000, maxMs: 60_000 }
/** Between looks at whether a new day has come, milliseconds. */
const CHECK_MS = 600_000
const PROVIDE_TIMEOUT_MS = 20_000

const log = createLog('relay:advertisement')

/**
 * Files this relay in the DHT as one of the network's, under the CID of the day and that of the next, and
 * withdraws the days that are over. The DHT service renews the records. Ends with `signal`, and withdraws all.
 */
export async function advertise(options: AdvertisementOptions): Promise<void> {
  const { libp2p, network, publicOnly, signal } = options
  const filed = new Map<string, CID>()
  for (let failures = 0; !signal.aborted;) {
    const wanted = isReachable(libp2p.getMultiaddrs(), publicOnly) ? await currentCids(network, Date.now()) : new Map<string, CID>()
    for (const [name, cid] of filed) {
      if (wanted.has(name)) continue
      filed.delete(name)
      await withdraw(libp2p, cid)
    }
    let failed = wanted.size === 0
    for (const [name, cid] of wanted) {
      if (filed.has(name)) continue
      if (await provide(libp2p, cid, signal)) filed.set(name, cid)
      else failed = true
    }
    failures = failed ? failures + 1 : 0
    await delay(failed ? backoffMs(failures - 1, RETRY) : CHECK_MS * (0.8 + 0.4 * Math.random()), signal)
  }
  for (const cid of filed.values()) await withdraw(libp2p, cid)
}

/** The CIDs to be filed under at `now`, by their text. */
async function currentCids(network: string, now: number): Promise<Map<string, CID>> {
  const cids = await Promise.all([now, now + RELAY_BUCKET_MS].map((at) => relayAdvertisementCid(network, at)))
  return new Map(cids.map((cid) => [cid.toString(), cid]))
}

async function provide(libp2p: AdvertisementOptions['libp2p'], cid: CID, signal: AbortSignal): Promise<boolean> {
  const limit = withTimeout(signal, PROVIDE_TIMEOUT_MS)
  try {
    await libp2p.contentRouting.provide(cid, { signal: limit.signal })
    return true
  } catch (error) {
    log.debug('advertising ended early', (error as Error).name)
    // It may stand on our own shelf already; the next attempt files it anew.
    await withdraw(libp2p, cid)
    return false
  } finally {
    limit.done()
  }
}

async function withdraw(libp2p: AdvertisementOptions['libp2p'], cid: CID): Promise<void> {
  await libp2p.contentRouting.cancelReprovide(cid).catch((error: unknown) => {
    log.debug('withdrawing failed', (error as Error).name)
  })
}
