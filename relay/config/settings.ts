import { MAX_DRAIN_MS, MAX_ICE_LIFETIME_S } from '../../src/wire/protocol.ts'
import { address, addressOfRelay, cidr, dnsName, iceUrl, ipAddress, metricsPlace, networkName } from './address-kinds.ts'
import { choice, filePath, secretText, yesNo } from './kind.ts'
import { bytes, count, lifeMs, lifeSeconds, port, portRange, waitMs } from './number-kinds.ts'
import { at, free, listAt } from './setting.ts'
import type { Setting } from './setting.ts'

/** Settings that belong together, under a title of the help text. */
export interface SettingGroup {
  readonly title: string
  readonly settings: readonly Setting[]
}

/** Everything that can be chosen about a relay: parser, help text and `--print-config` in one. */
export const SETTING_GROUPS: readonly SettingGroup[] = [
  {
    title: 'Ports',
    settings: [
      at('port', 'port', port, 'port of the app, of WebSockets, and of STUN and TURN over TCP', { alias: 'PORT' }),
      at('host', 'host', ipAddress, 'address to listen on', { otherwise: 'all' }),
      at('tcp-port', 'tcpPort', port, 'port for other relays by plain TCP', { otherwise: '1000 above --port' }),
      at('webrtc-direct', 'webrtcDirect.enabled', yesNo, 'listen for browsers that have only our address, by UDP'),
      at('webrtc-direct-port', 'webrtcDirect.port', port, 'UDP port for these', { otherwise: 'the number of --port' })
    ]
  },
  {
    title: 'How it is reached',
    settings: [
      at('name', 'name', dnsName, 'public DNS name, under which the relay then announces itself'),
      listAt('announce', 'announce', address, 'address to announce, in place of those that --name or our interfaces give'),
      free('tls-cert', filePath, 'certificate chain (PEM) of the port; read again when it changes', { otherwise: 'plain HTTP' }),
      free('tls-key', filePath, "the certificate's private key (PEM)"),
      free('auto-tls', yesNo, 'get a certificate for a name below libp2p.direct', { byDefault: false }),
      at('trust-proxy', 'trustProxy', yesNo, 'believe X-Forwarded-For and -Proto: a reverse proxy stands in front')
    ]
  },
  {
    title: 'What it does',
    settings: [
      at('data', 'data', filePath, 'folder of key, certificates and records', { byDefault: './data/relay' }),
      free('ephemeral', yesNo, 'keep all of them in memory only, so that each start makes another relay', { byDefault: false }),
      at('app', 'app', yesNo, 'serve the app'),
      at('network', 'network', networkName, 'network to be part of; those of others are strangers'),
      listAt('bootstrap', 'bootstrap', addressOfRelay, 'another relay to stay connected to')
    ]
  },
  {
    title: 'STUN and TURN',
    settings: [
      at('turn', 'turn.enabled', yesNo, 'be a STUN and TURN server'),
      at('turn-port', 'turn.port', port, 'UDP and TCP port of it', { otherwise: '3478' }),
      at('turn-relay-ports', 'turn.relayPorts', portRange, 'UDP ports of what it relays'),
      listAt('turn-public-address', 'turn.publicAddresses', ipAddress, "address by which the internet reaches us, when it is not one of our interfaces'"),
      listAt('turn-allow-peer', 'turn.allowPeers', cidr, 'private network that may be relayed to all the same'),
      at('turn-allocations', 'turn.allocations', count, 'most allocations in all'),
      at('turn-allocations-per-user', 'turn.allocationsPerUser', count, 'most allocations of one client'),
      at('turn-bytes-per-second', 'turn.bytesPerSecond', bytes, 'most a client may send and receive in a second'),
      at('turn-bytes-per-credential', 'turn.bytesPerCredential', bytes, 'most a client may send and receive by one credential'),
      at('turn-credential-life', 'turn.credentialSeconds', lifeSeconds(MAX_ICE_LIFETIME_S), 'how long a credential can be used'),
      { ...free('turn-server', iceUrl, 'another STUN or TURN server to hand out, such as coturn', { byDefault: [] }), repeatable: true },
      free('turn-secret', secretText, 'what these servers share with us (coturn: static-auth-secret); all users of this machine see flags', { secret: true }),
      free('turn-secret-file', filePath, 'file that holds it')
    ]
  },
  {
    title: 'Limits',
    settings: [
      at('max-connections', 'limits.connections', count, 'connections in all'),
      at('max-connections-per-address', 'limits.connectionsPerAddress', count, 'connections from one IPv4 address or IPv6 /64'),
      at('max-reservations', 'limits.reservations', count, 'circuit relay slots in all'),
      at('max-reservations-per-address', 'limits.reservationsPerAddress', count, 'circuit relay slots for one IPv4 address or IPv6 /64'),
      at('circuit-bytes', 'limits.circuitBytes', bytes, 'bytes over one relayed connection'),
      at('circuit-time', 'limits.circuitMs', lifeMs, 'life of one relayed connection'),
      at('max-topics', 'limits.topics', count, 'room topics followed in all'),
      at('max-topics-per-client', 'limits.topicsPerClient', count, 'room topics followed for one client')
    ]
  },
  {
    title: 'Operation',
    settings: [
      at('metrics', 'metrics', metricsPlace, 'where /metrics and /status are: local (on --port, for this machine alone), off, or at IP:PORT, for all'),
      at('log-level', 'log.level', choice(['silent', 'error', 'warn', 'info', 'debug', 'trace']), 'silent, error, warn, info, debug, or trace, which shows addresses'),
      at('log-json', 'log.json', yesNo, 'write one JSON object a line'),
      at('drain-time', 'drainMs', waitMs(MAX_DRAIN_MS), 'how long clients have to move to another relay when this one stops')
    ]
  }
]

/** The same without the groups. */
export const SETTINGS: readonly Setting[] = SETTING_GROUPS.flatMap(({ settings }) => settings)
