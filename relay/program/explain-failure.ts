import { ConfigError } from '../config/types.ts'
import type { RelayConfig } from '../config/types.ts'

type StartError = NodeJS.ErrnoException & { port?: number }

/** Ports below need a privilege. */
const FIRST_FREE_PORT = 1_024
const USUAL_PORT = 8_080

/** Why a relay could not start, in a sentence that says what to do. */
export function explainFailure(error: StartError, config: RelayConfig): string {
  if (error instanceof ConfigError) return error.message
  const { code, message, syscall = '', port = config.port, path } = error
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken: stop the other program, or choose another port, such as ${flagOfPort(port, config)}${freePort(port)}.`
    case 'EACCES':
    case 'EPERM':
      return ['listen', 'bind'].includes(syscall)
        ? `This system does not let us use port ${port}: choose one from ${FIRST_FREE_PORT} up, such as ${flagOfPort(port, config)}${freePort(port)}.`
        : `This system does not let us use ${path ?? config.data}${flagOfFile(path, config)}: change its permissions, or choose another with ${tlsFlag(path, config) ?? '--data'}.`
    case 'EADDRNOTAVAIL':
      return 'This machine does not have the address given by --host: leave it out to listen on all.'
    case 'ENOENT':
      return `There is no ${path ?? 'such file'}${flagOfFile(path, config)}.`
    default:
      return /LOCK|OpenFailed|lock/.test(`${error.name} ${message}`)
        ? `The folder ${config.data} is in use by another relay: stop it, or choose another with --data.`
        : `The relay could not start: ${message.replaceAll(/\s+/g, ' ').replace(/\.$/, '')}.`
  }
}

/** The flag that chose a port, as far as the number. */
function flagOfPort(port: number, { tcpPort, turn, webrtcDirect, metrics }: RelayConfig): string {
  if (metrics.kind === 'listen' && port === metrics.port) return `--metrics ${metrics.host}:`
  return `${port === tcpPort ? '--tcp-port' : port === turn.port ? '--turn-port' : port === webrtcDirect.port ? '--webrtc-direct-port' : '--port'} `
}

function freePort(port: number): number {
  return port < FIRST_FREE_PORT ? USUAL_PORT : port + 1
}

function flagOfFile(path: string | undefined, config: RelayConfig): string {
  const flag = tlsFlag(path, config)
  return flag === undefined ? '' : `, which ${flag} names`
}

function tlsFlag(path: string | undefined, { tls }: RelayConfig): string | undefined {
  return tls.kind !== 'files' ? undefined : path === tls.cert ? '--tls-cert' : path === tls.key ? '--tls-key' : undefined
}
