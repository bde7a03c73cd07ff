import { isIPv6 } from 'node:net'
import { resolve } from 'node:path'
import type { RelayConfig } from '../config/types.ts'
import type { Relay } from '../relay.ts'

/** What a relay that has just started tells about itself, in lines. */
export function startBanner(relay: Pick<Relay, 'httpUrl' | 'servesApp' | 'multiaddrs' | 'turnPort'>, config: RelayConfig): string {
  return [
    '',
    appLine(relay, config),
    '', 'Other relays and browsers reach this relay at', ...relay.multiaddrs(),
    '', ...turnLines(relay, config), metricsLine(relay, config),
    config.data === undefined ? 'Nothing is kept: the next start makes another relay.' : `Key and records are kept in ${resolve(config.data)}`,
    '', 'Stop it with Ctrl+C.'
  ].join('\n')
}

function appLine({ servesApp, httpUrl }: Pick<Relay, 'servesApp' | 'httpUrl'>, { app }: RelayConfig): string {
  if (servesApp) return `Parley is at ${httpUrl}`
  return app ? 'This relay serves no app, for none is built yet: "npm start" builds and serves it.' : 'This relay serves no app.'
}

function turnLines({ turnPort }: Pick<Relay, 'turnPort'>, { turn: { external } }: RelayConfig): string[] {
  return [
    turnPort === undefined ? 'This relay is no STUN and TURN server.' : `STUN and TURN are on port ${turnPort}, by UDP and TCP.`,
    ...external === undefined ? [] : [`Clients are also given ${external.urls.join(', ')}`]
  ]
}

function metricsLine({ httpUrl }: Pick<Relay, 'httpUrl'>, { metrics }: RelayConfig): string {
  switch (metrics.kind) {
    case 'off': return 'There are no metrics.'
    case 'local': return `On this machine, ${httpUrl}/status shows how it is doing, and /metrics tells Prometheus.`
    case 'listen': {
      const host = isIPv6(metrics.host) ? `[${metrics.host}]` : metrics.host
      return `http://${host}:${metrics.port}/status shows how it is doing, and /metrics tells Prometheus.`
    }
  }
}
