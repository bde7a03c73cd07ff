/**
 * SDP of connections that carry nothing but a data channel, written and read for codes. All that differs from one to the
 * next is in `CodeIce`; the rest is fixed by RFC 8841 and by what every browser does.
 */
import type { CodeCandidate, CodeIce } from '../../wire/index.ts'
import { FINGERPRINT_BYTES, isCodeAddress } from '../../wire/code-ice.ts'

/** So many of each type are worth their bytes: a second network card yes, a dozen of virtual ones no. */
const MOST: Readonly<Record<CodeCandidate['type'], number>> = { host: 5, srflx: 3, prflx: 0, relay: 3 }
/** RFC 8445 section 5.1.2.2. */
const TYPE_PREFERENCE: Readonly<Record<CodeCandidate['type'], number>> = { host: 126, prflx: 110, srflx: 100, relay: 0 }
const UDP_CANDIDATE = /^candidate:\S+ 1 udp (\d+) (\S+) (\d+) typ (host|srflx|relay)\b/i

/** The browser described a connection that no code can carry. */
export class CodeUnsupported extends Error {
  readonly code = 'code-unsupported'
}

/**
 * Takes out of a local description, and the candidates gathered for it, what a code carries.
 *
 * @throws {CodeUnsupported} when the certificate has no SHA-256 fingerprint
 */
export function readCodeIce(sdp: string, candidates: readonly string[]): CodeIce {
  const value = (name: string): string => new RegExp(`^a=${name}:(.+?)\\r?$`, 'm').exec(sdp)?.[1] ?? ''
  const [, hex] = /^sha-256 ((?:[0-9a-f]{2}:){31}[0-9a-f]{2})$/i.exec(value('fingerprint')) ?? []
  if (hex === undefined) throw new CodeUnsupported('no SHA-256 fingerprint')
  const fingerprint = Uint8Array.from(hex.split(':'), (byte) => Number.parseInt(byte, 16))
  const setup = value('setup')
  return {
    ufrag: value('ice-ufrag'),
    pwd: value('ice-pwd'),
    fingerprint,
    setup: setup === 'active' || setup === 'passive' ? setup : 'actpass',
    candidates: chooseCandidates(candidates),
  }
}

/** Writes the description that a code stands for. Its one section is called `mid`. */
export function writeCodeSdp({ ufrag, pwd, fingerprint, setup }: CodeIce, mid = '0'): string {
  if (fingerprint.length !== FINGERPRINT_BYTES) throw new CodeUnsupported('no SHA-256 fingerprint')
  const hex = Array.from(fingerprint, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':')
  return [
    'v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', `a=group:BUNDLE ${mid}`,
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0',
    `a=ice-ufrag:${ufrag}`, `a=ice-pwd:${pwd}`, 'a=ice-options:trickle',
    `a=fingerprint:sha-256 ${hex}`, `a=setup:${setup}`, `a=mid:${mid}`,
    'a=sctp-port:5000', 'a=max-message-size:262144', '',
  ].join('\r\n')
}

/** Writes a code's candidates as the browser takes them, in the order of preference. */
export function writeCodeCandidates({ candidates }: CodeIce): string[] {
  return candidates.map(({ type, address, port }, index) => {
    const priority = TYPE_PREFERENCE[type] * 2 ** 24 + (65_535 - index) * 2 ** 8 + 255
    const related = type === 'host' ? '' : ' raddr 0.0.0.0 rport 0'
    return `candidate:${index + 1} 1 udp ${priority} ${address} ${port} typ ${type}${related}`
  })
}

/** The name of a description's first section. */
export function firstMid(sdp: string): string {
  return /^a=mid:(\S+)/m.exec(sdp)?.[1] ?? '0'
}

/** Of each type the best few, without repetitions. TCP is left out: browsers only ever dial it, and nobody listens. */
function chooseCandidates(candidates: readonly string[]): CodeCandidate[] {
  const found = candidates.flatMap((line) => {
    const [, priority, address = '', port, type] = UDP_CANDIDATE.exec(line) ?? []
    if (!isCodeAddress(address) || Number(port) === 0) return []
    return [{ priority: Number(priority), type: type as CodeCandidate['type'], address, port: Number(port) }]
  })
  const kept: CodeCandidate[] = []
  for (const { type, address, port } of found.toSorted((a, b) => b.priority - a.priority)) {
    const isKnown = kept.some((other) => other.address === address && other.port === port && other.type === type)
    if (!isKnown && kept.filter((other) => other.type === type).length < MOST[type]) kept.push({ type, address, port })
  }
  return kept
}
