import type { Libp2p } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { delay, withTimeout } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { backoffMs } from '../../src/util/backoff.ts'
import { createLog } from '../../src/util/log.ts'

/** What staying connected works with. */
export interface BootstrapOptions extends Lifetime {
  libp2p: Libp2p
  /** Multiaddrs that end in a peer id. */
  addresses: readonly string[]
}

const RETRY = { baseMs: 1_000, maxMs: 60_000 }
/** How often a connection that stands is looked at, milliseconds. */
const CHECK_MS = 5_000
const DIAL_TIMEOUT_MS = 15_000

const log = createLog('relay:bootstrap')

/** Keeps the relay connected to the given others, coming back to each that is lost. Ends with `signal`. */
export function stayConnected({ libp2p, addresses, signal }: BootstrapOptions): void {
  for (const address of addresses) void keep(libp2p, address, signal)
}

async function keep(libp2p: Libp2p, address: string, signal: AbortSignal): Promise<void> {
  const target = multiaddr(address)
  const peer = target.getComponents().at(-1)?.value
  const connected = (): boolean => libp2p.getConnections().some(({ remotePeer }) => remotePeer.toString() === peer)
  for (let failures = 0; !signal.aborted;) {
    failures = connected() || await dial(libp2p, target, signal) ? 0 : failures + 1
    await delay(failures === 0 ? CHECK_MS : backoffMs(failures - 1, RETRY), signal)
  }
}

async function dial(libp2p: Libp2p, target: ReturnType<typeof multiaddr>, signal: AbortSignal): Promise<boolean> {
  const limit = withTimeout(signal, DIAL_TIMEOUT_MS)
  try {
    await libp2p.dial(target, { signal: limit.signal })
    return true
  } catch (error) {
    log.debug('a bootstrap relay is not reachable', (error as Error).name)
    return false
  } finally {
    limit.done()
  }
}
