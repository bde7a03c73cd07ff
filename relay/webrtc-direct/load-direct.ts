import type { RelayConfig } from '../config/types.ts'
import { keyFile } from '../node/storage.ts'
import { loadCertificate } from './certificate.ts'
import type { DirectCertificate } from './certificate.ts'
import { chooseUdpPort } from './udp-port.ts'

/** The file of the data folder that holds certificate and key. */
const FILE = 'webrtc-direct.pem'

/**
 * Port and certificate for webrtc-direct, given the port that HTTP got; undefined when it is switched off. Without a data
 * folder the certificate is a new one each time, and so are the addresses. The port is free again when the process ends.
 *
 * @throws {Error} with `code: 'EADDRINUSE'` when the configuration names a port that is taken, or for a damaged certificate
 */
export async function loadDirect(config: Pick<RelayConfig, 'webrtcDirect' | 'host' | 'data'>, httpPort: number): Promise<{ port: number, certificate: DirectCertificate } | undefined> {
  const port = await chooseUdpPort(config, httpPort)
  if (port === undefined) return undefined
  return { port, certificate: await loadCertificate(config.data === undefined ? undefined : keyFile(config.data, FILE)) }
}
