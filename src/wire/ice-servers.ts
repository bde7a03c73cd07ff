import { decodeJson, encodeJson } from './json.ts'
import { MAX_ICE_LIFETIME_S, MAX_ICE_SERVERS, MAX_ICE_SERVERS_BYTES } from './protocol.ts'
import { integer, list, literal, nullable, object, refusalAt, text } from './shape.ts'
import type { Shape } from './shape.ts'

/** One STUN or TURN server that a relay offers. */
export interface IceServer {
  scheme: 'stun' | 'turn' | 'turns'
  /** DNS name or IP address, an IPv6 one without brackets; null for the host under which the client reached the relay. */
  host: string | null
  port: number
  /** How the client talks to the server. */
  transport: 'udp' | 'tcp'
  /** Null for `stun`, and only there. */
  username: string | null
  credential: string | null
}

/** What a relay answers to a client that asks for ICE servers. */
export interface IceServersMessage {
  /** The best first. */
  servers: IceServer[]
  /** How long the credentials are good for, seconds. */
  lifetime: number
}

const HOST = /^(?:[0-9a-z](?:[0-9a-z.-]*[0-9a-z])?|[0-9a-f:.]*:[0-9a-f:.]*)$/i
const hostText = text(253, HOST)
const printable = text(256, /^[!-~]+$/)

/** Stricter than browsers: one bad host would make them refuse the whole configuration of a connection. */
const host: Shape<string> = (value, path) => {
  const known = hostText(value, path)
  if (!URL.canParse(`http://${known.includes(':') ? `[${known}]` : known}`)) throw refusalAt(path, 'a host')
  return known
}

const fields = object<IceServer>({
  scheme: literal('stun', 'turn', 'turns'),
  host: nullable(host),
  port: integer(1, 65_535),
  transport: literal('udp', 'tcp'),
  username: nullable(printable),
  credential: nullable(printable),
})

/** The URLs of RFC 7064 say no transport, and those of RFC 7065 are useless without a credential. */
const iceServer: Shape<IceServer> = (value, path) => {
  const server = fields(value, path)
  const { scheme, transport, username, credential } = server
  if (scheme === 'turns' && transport === 'udp') throw refusalAt(path, 'turns over tcp')
  if (scheme === 'stun' && transport === 'tcp') throw refusalAt(path, 'stun over udp')
  if ((username === null) !== (scheme === 'stun') || (credential === null) !== (scheme === 'stun')) {
    throw refusalAt(path, 'a credential for turn and none for stun')
  }
  return server
}

const message = object<IceServersMessage>({
  servers: list(iceServer, MAX_ICE_SERVERS),
  lifetime: integer(1, MAX_ICE_LIFETIME_S),
})

/**
 * Writes the answer as UTF-8 JSON.
 *
 * @throws {Refusal} `malformed`; `too-large` above MAX_ICE_SERVERS_BYTES
 */
export function encodeIceServers(offered: IceServersMessage): Uint8Array<ArrayBuffer> {
  return encodeJson(message, offered, MAX_ICE_SERVERS_BYTES)
}

/**
 * Reads the answer of a relay.
 *
 * @throws {Refusal} `too-large`, `malformed`
 */
export function decodeIceServers(bytes: Uint8Array): IceServersMessage {
  return decodeJson(message, bytes, MAX_ICE_SERVERS_BYTES)
}
