import type { Libp2p } from '@libp2p/interface'
import type { Lifetime } from '../../src/util/abort.ts'
import type { IceServersMessage } from '../../src/wire/ice-servers.ts'
import type { NetworkNames } from '../../src/wire/network.ts'
import type { RelayConfig } from '../config/types.ts'
import { createDrain } from './drain.ts'
import type { Drain } from './drain.ts'
import { offerFor } from './ice-offer.ts'
import type { IceOffers } from './ice-offer.ts'
import { serveIceServers } from './ice-servers.ts'
import type { IceCounts } from './ice-servers.ts'
import type { RunningTurn } from './own-turn.ts'

/** What the services work with. */
export interface ServicesOptions extends Lifetime {
  libp2p: Pick<Libp2p, 'handle' | 'unhandle' | 'register' | 'unregister' | 'getConnections' | 'addEventListener' | 'removeEventListener'>
  names: NetworkNames
  config: Pick<RelayConfig, 'name' | 'drainMs' | 'turn' | 'tls' | 'trustProxy'>
  /** Our own STUN and TURN server. */
  turn: RunningTurn | undefined
  /** The relay's own port, which takes STUN and TURN over TCP as well. */
  ownPort: number
}

/** What a relay does for its clients besides what libp2p does. */
export interface Services {
  readonly drain: Drain
  /** Undefined when there are none to hand out. */
  readonly iceServers: IceCounts | undefined
}

/** Hands out ICE servers, and is ready to announce the relay's end. Ends with the signal. */
export async function startServices({ libp2p, names, config, turn, ownPort, signal }: ServicesOptions): Promise<Services> {
  const offers = iceOffers(config, turn, ownPort)
  const hasAny = offers.own !== undefined || offers.external !== undefined
  const offer = (peer: string): IceServersMessage => offerFor(peer, offers, Date.now())
  return {
    iceServers: hasAny ? await serveIceServers({ libp2p, protocol: names.iceServers, offer, signal }) : undefined,
    drain: await createDrain({ libp2p, protocol: names.drain, drainMs: config.drainMs, signal })
  }
}

function iceOffers({ name, turn: { external, publicAddresses, credentialSeconds }, tls, trustProxy }: ServicesOptions['config'], turn: RunningTurn | undefined, ownPort: number): IceOffers {
  if (turn === undefined) return { own: undefined, external, credentialSeconds }
  const { udp, tcp } = turn.server.ports
  return {
    own: {
      secret: turn.secret,
      ports: { udp, tcp: tcp ?? null },
      // A proxy in front speaks HTTP only, and may stand on another machine.
      shared: trustProxy ? undefined : { port: ownPort, tls: tls.kind !== 'off', name },
      host: trustProxy ? publicAddresses[0] ?? null : null
    },
    external,
    credentialSeconds
  }
}
