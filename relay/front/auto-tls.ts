/**
 * A certificate without a domain: the p2p-forge service at libp2p.direct proves to Let's Encrypt, by DNS, that a name made
 * of our peer id and our public IP address is ours. One third party more, so only for those who ask for it, and everything
 * that it needs is loaded only then. https://github.com/ipshipyard/p2p-forge
 */
import type { Libp2p, TLSCertificate } from '@libp2p/interface'
import { isPrivate } from '@libp2p/utils'
import { delay } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { createLog } from '../../src/util/log.ts'
import type { Front } from './front.ts'

/** Services of a libp2p node, to be added to the others. */
export type AutoTlsServices = Record<string, (components: never) => unknown>

/** A first certificate takes half a minute; after this one may wonder, milliseconds. */
const PATIENCE_MS = 180_000

const log = createLog('relay:auto-tls')

/**
 * Loads the libp2p services that get a certificate and renew it, by themselves and again and again while the node runs.
 * Undefined, with a warning, when their packages are not installed: they are optional.
 */
export async function loadAutoTls(): Promise<AutoTlsServices | undefined> {
  try {
    const [{ autoTLS }, { http }, { keychain }] = await Promise.all([
      import('@ipshipyard/libp2p-auto-tls'), import('@libp2p/http'), import('@libp2p/keychain')
    ])
    // Our announced addresses are those of this machine or told by its owner: nobody else need confirm them.
    return { keychain: keychain(), http: http(), autoTls: autoTLS({ autoConfirmAddress: true }) }
  } catch (error) {
    log.warn('no certificate will be fetched, for the packages that do it are not installed', (error as Error).message)
    return undefined
  }
}

/** The node whose certificate is wanted, and what speaks TLS with it. */
export interface AutoTlsOptions extends Lifetime {
  libp2p: Libp2p
  front: Pick<Front, 'useCertificate'>
  patienceMs?: number
}

/**
 * Gives the certificates that libp2p gets to the relay's own port. Until there is one, the relay works as without; when
 * that takes long, one warning says so. Ends with `signal`.
 */
export function followAutoTls({ libp2p, front, patienceMs = PATIENCE_MS, signal }: AutoTlsOptions): void {
  const arrived = new AbortController()
  const onCertificate = ({ detail: { cert, key } }: CustomEvent<TLSCertificate>): void => {
    arrived.abort()
    front.useCertificate({ cert, key })
  }
  libp2p.addEventListener('certificate:provision', onCertificate, { signal })
  libp2p.addEventListener('certificate:renew', onCertificate, { signal })
  void (async () => {
    await delay(patienceMs, AbortSignal.any([signal, arrived.signal]))
    if (signal.aborted || arrived.signal.aborted) return
    const reachable = libp2p.getMultiaddrs().some((address) => !isPrivate(address))
    log.warn(reachable
      ? 'there is still no certificate: libp2p.direct or Let\'s Encrypt cannot be reached, or cannot reach this relay; it keeps trying'
      : 'there is still no certificate: this machine has no public address that the relay knows of')
  })()
}
