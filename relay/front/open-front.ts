import type { Lifetime } from '../../src/util/abort.ts'
import { createLog } from '../../src/util/log.ts'
import type { RelayConfig } from '../config/types.ts'
import { createHttpServer } from '../http/http-server.ts'
import type { HttpServerOptions } from '../http/http-server.ts'
import type { RelayAddresses } from '../http/page.ts'
import { Tally } from '../tally.ts'
import { Front } from './front.ts'
import type { FrontOptions } from './front.ts'
import { readKeyPair } from './key-pair.ts'
import { watchKeyPair } from './key-pair-watch.ts'
import type { FrontRefusal } from './refusals.ts'

/** What the relay's own port is made of. */
export interface OpenFrontOptions extends Lifetime, Pick<HttpServerOptions, 'site' | 'health' | 'routes'>, Pick<FrontOptions, 'turn'> {
  config: RelayConfig
  peerId: string
  /** Where the relay is, by now; each with its peer id. */
  multiaddrs: () => readonly string[]
}

const log = createLog('relay:front')

/**
 * Opens the relay's own port: resolves when it listens. The caller closes it. `signal` ends what looks for renewed
 * certificates.
 *
 * @throws {ConfigError} when the certificate cannot be used
 * @throws {Error} with the system's `code`, such as EADDRINUSE
 */
export async function openFront({ config, peerId, multiaddrs, turn, signal, ...pages }: OpenFrontOptions): Promise<Front> {
  const { tls, network } = config
  const pair = tls.kind === 'files' ? await readKeyPair(tls) : undefined
  const refusals = new Tally<FrontRefusal>()
  const http = createHttpServer({
    ...pages,
    network,
    refusals,
    requiresTls: tls.kind === 'files',
    addresses: () => pageAddresses(config, peerId, multiaddrs()),
    isCrowded: (request) => front.isCrowded(request)
  })
  const front = new Front({ config, http, refusals, turn })
  if (pair !== undefined) front.useCertificate(pair)
  await front.listen()
  if (tls.kind === 'files') {
    watchKeyPair({
      files: tls,
      onChange: (renewed) => front.useCertificate(renewed),
      onProblem: (reason) => log.warn('the renewed certificate is not used', reason),
      signal
    })
  }
  return front
}

/** Addresses that who runs the relay has chosen are told to everybody; those of its networks are not. */
function pageAddresses({ name, announce, host }: RelayConfig, peerId: string, multiaddrs: readonly string[]): RelayAddresses {
  const chosen = [...announce, ...name === undefined ? [] : [`/dns4/${name}`]]
  const isChosen = (address: string): boolean => chosen.some((each) => address === each || address.startsWith(`${each}/`))
  return { peerId, host, announced: multiaddrs.filter(isChosen), listened: multiaddrs.filter((address) => !isChosen(address)) }
}
