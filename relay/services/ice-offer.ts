import type { IceServer, IceServersMessage } from '../../src/wire/ice-servers.ts'
import { turnCredential } from '../turn/credentials.ts'
import type { TurnCredential } from '../turn/credentials.ts'
import { parseIceUrl } from './ice-url.ts'

/** Our own STUN and TURN server, as clients reach it. */
export interface OwnTurn {
  secret: string | Buffer
  /** Where it listens; null for nowhere. */
  ports: { udp: number | null, tcp: number | null }
  /**
   * The relay's own port, if streams of TURN that arrive there reach the server; `tls` when they must come within TLS, then
   * with the name that the certificate is for, where it is known.
   */
  shared: { port: number, tls: boolean, name?: string | undefined } | undefined
  /** Address to tell; null for the one under which the client reached the relay. */
  host: string | null
}

/** What a relay has to offer. */
export interface IceOffers {
  own: OwnTurn | undefined
  /** Other servers, ICE URLs, and the secret they share with us. */
  external: { urls: readonly string[], secret: string } | undefined
  /** Life of a credential, seconds. */
  credentialSeconds: number
}

/**
 * The ICE servers for one client, with credentials of its own that end with the message's lifetime. External servers come
 * first: whoever has set one up wants media to go there. `now` is in milliseconds since 1970.
 */
export function offerFor(user: string, { own, external, credentialSeconds }: IceOffers, now: number): IceServersMessage {
  const servers: IceServer[] = []
  if (external !== undefined) {
    const credential = turnCredential(external.secret, user, credentialSeconds, now)
    for (const url of external.urls) {
      const place = parseIceUrl(url)
      if (place !== undefined) servers.push(withCredential(place, credential))
    }
  }
  if (own !== undefined) {
    const credential = turnCredential(own.secret, user, credentialSeconds, now)
    for (const place of placesOf(own)) servers.push(withCredential(place, credential))
  }
  return { servers, lifetime: credentialSeconds }
}

type Place = Omit<IceServer, 'username' | 'credential'>

/** The shared port before TURN's own: where only one port is let through, it is that. */
function placesOf({ ports, shared, host }: OwnTurn): Place[] {
  const places: Place[] = []
  if (ports.udp !== null) {
    places.push({ scheme: 'stun', host, port: ports.udp, transport: 'udp' }, { scheme: 'turn', host, port: ports.udp, transport: 'udp' })
  }
  if (shared?.tls === true) places.push({ scheme: 'turns', host: shared.name ?? host, port: shared.port, transport: 'tcp' })
  else if (shared !== undefined) places.push({ scheme: 'turn', host, port: shared.port, transport: 'tcp' })
  if (ports.tcp !== null) places.push({ scheme: 'turn', host, port: ports.tcp, transport: 'tcp' })
  return places
}

/** Anyone may ask a STUN server; only TURN costs something. */
function withCredential(place: Place, credential: TurnCredential): IceServer {
  return place.scheme === 'stun' ? { ...place, username: null, credential: null } : { ...place, ...credential }
}
