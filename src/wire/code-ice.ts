/** What a WebRTC description with nothing but a data channel says, in few bytes. The rest of it is always the same. */
import type { ByteReader, ByteWriter } from './bytes.ts'
import { formatIpAddress, parseIpAddress } from './ip-address.ts'
import { Refusal } from './message.ts'
import { MAX_CODE_CANDIDATES } from './protocol.ts'

/** Length of a SHA-256 fingerprint, bytes. */
export const FINGERPRINT_BYTES = 32

/** Roles in DTLS, in the words of RFC 8842; the position is the number on the wire. */
const SETUPS = ['actpass', 'active', 'passive'] as const
/** Kinds of candidates, in the words of RFC 8839; the position is the number on the wire. */
const TYPES = ['host', 'srflx', 'prflx', 'relay'] as const

/** A UDP candidate. What else RFC 8839 has is written anew by the receiver: it decides only which pair is tried first. */
export interface CodeCandidate {
  type: typeof TYPES[number]
  /** IPv4, IPv6, or an mDNS name: a UUID and `.local`. */
  address: string
  port: number
}

/** One side of an ICE and DTLS connection. */
export interface CodeIce {
  ufrag: string
  pwd: string
  /** Of the DTLS certificate, SHA-256. */
  fingerprint: Uint8Array<ArrayBuffer>
  setup: typeof SETUPS[number]
  /** Best first. */
  candidates: CodeCandidate[]
}

/** RFC 8839 section 5.4: letters, digits, + and /; so six bits each. */
const ICE_CHARS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/** RFC allows 256; browsers use 4 to 8 and 24 to 32. */
const MAX_ICE_CHARS = 64
const MIN_UFRAG_CHARS = 4
const MIN_PWD_CHARS = 22

/** How the address of a candidate is written; the position is the number on the wire. */
const FAMILIES = [{ bytes: 4 }, { bytes: 16 }, { bytes: 16 }] as const
const MDNS = 2
const MDNS_NAME = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\.local$/

/**
 * Writes it: setup, user fragment, password, fingerprint, and the candidates with 7 bytes each (IPv4) or 19.
 *
 * @throws {Refusal} `malformed` for what no code can carry
 */
export function writeIce(writer: ByteWriter, { ufrag, pwd, fingerprint, setup, candidates }: CodeIce): void {
  if (fingerprint.length !== FINGERPRINT_BYTES) throw new Refusal('malformed', 'not a SHA-256 fingerprint')
  if (candidates.length > MAX_CODE_CANDIDATES) throw new Refusal('malformed', 'too many candidates')
  writer.number(SETUPS.indexOf(setup), 1)
  writeIceText(writer, ufrag, MIN_UFRAG_CHARS)
  writeIceText(writer, pwd, MIN_PWD_CHARS)
  writer.raw(fingerprint).number(candidates.length, 1)
  for (const candidate of candidates) writeCandidate(writer, candidate)
}

/**
 * Reads it.
 *
 * @throws {Refusal} `malformed`
 */
export function readIce(reader: ByteReader): CodeIce {
  const setup = pick(SETUPS, reader.number(1))
  const ufrag = readIceText(reader, MIN_UFRAG_CHARS)
  const pwd = readIceText(reader, MIN_PWD_CHARS)
  const fingerprint = reader.raw(FINGERPRINT_BYTES)
  const count = reader.number(1)
  if (count > MAX_CODE_CANDIDATES) throw new Refusal('malformed', 'too many candidates')
  return { setup, ufrag, pwd, fingerprint, candidates: Array.from({ length: count }, () => readCandidate(reader)) }
}

/** Whether a code can carry a candidate with this address. */
export function isCodeAddress(address: string): boolean {
  return addressBytes(address) !== null
}

function writeCandidate(writer: ByteWriter, { type, address, port }: CodeCandidate): void {
  const packed = addressBytes(address)
  if (packed === null) throw new Refusal('malformed', 'an address of another kind')
  writer.number(TYPES.indexOf(type) * 4 + packed.family, 1).raw(packed.bytes).number(port, 2)
}

function readCandidate(reader: ByteReader): CodeCandidate {
  const head = reader.number(1)
  const type = pick(TYPES, head >> 2)
  const family = head & 3
  const bytes = reader.raw(pick(FAMILIES, family).bytes)
  const port = reader.number(2)
  if (port === 0) throw new Refusal('malformed', 'a candidate without port')
  return { type, address: family === MDNS ? mdnsName(bytes) : formatIpAddress(bytes), port }
}

function addressBytes(address: string): { family: number, bytes: Uint8Array } | null {
  const [, ...groups] = MDNS_NAME.exec(address) ?? []
  if (groups.length > 0) return { family: MDNS, bytes: fromHex(groups.join('')) }
  const bytes = parseIpAddress(address)
  return bytes && { family: bytes.length === 4 ? 0 : 1, bytes }
}

function mdnsName(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')}.local`
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16))
}

function writeIceText(writer: ByteWriter, text: string, min: number): void {
  const bits = Array.from(text, (character) => ICE_CHARS.indexOf(character))
  if (bits.length < min || bits.length > MAX_ICE_CHARS || bits.includes(-1)) {
    throw new Refusal('malformed', 'ICE credentials of another kind')
  }
  writer.number(bits.length, 1)
  for (let at = 0; at < bits.length; at += 4) {
    const [a = 0, b = 0, c = 0, d = 0] = bits.slice(at, at + 4)
    const bytes = Math.ceil(Math.min(4, bits.length - at) * 6 / 8)
    writer.number(((a << 18) | (b << 12) | (c << 6) | d) >> (8 * (3 - bytes)), bytes)
  }
}

function readIceText(reader: ByteReader, min: number): string {
  const length = reader.number(1)
  if (length < min || length > MAX_ICE_CHARS) throw new Refusal('malformed', 'ICE credentials of another length')
  let text = ''
  while (text.length < length) {
    const bytes = Math.ceil(Math.min(4, length - text.length) * 6 / 8)
    const four = reader.number(bytes) << (8 * (3 - bytes))
    for (const shift of [18, 12, 6, 0]) text += ICE_CHARS.charAt((four >> shift) & 0x3f)
  }
  return text.slice(0, length)
}

function pick<T>(list: readonly T[], position: number): T {
  const found = list[position]
  if (found === undefined) throw new Refusal('malformed', 'a number without meaning')
  return found
}
