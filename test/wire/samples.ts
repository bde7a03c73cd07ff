/** Valid messages, and the question that most tests here ask. */
import { Refusal } from '../../src/wire/index.ts'
import type {
  CandidateInit, ChatLine, ControlMessage, FileMessage, Hello, PeerKey, RefusalCode, RingMessage, RoomMessage, SessionId, Signal,
} from '../../src/wire/index.ts'

export const ALICE = '12D3KooWQwf5Vmj7nmVhyvSAqWmYWiJxjCNTeTCuGDF9xKCLtFnd' as PeerKey
export const BOB = 'k51qzi5uqu5dkz7hb3s5o5lcfkj5sntpskcqmgvxqy4u8q5f1r7o1u6eqgomrx' as PeerKey
export const SESSION = '0mdryb9q8-abcdefgh' as SessionId
export const LATER_SESSION = '0mdryb9q9-abcdefgh' as SessionId

export const CANDIDATE: CandidateInit = {
  candidate: 'candidate:842163049 1 udp 1677729535 198.51.100.7 46154 typ srflx raddr 0.0.0.0 rport 0 generation 0',
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: 'wn+/',
}

export const HELLO: Hello = {
  kind: 'hello', session: SESSION, seq: 0, at: 1_754_000_000_000, name: 'Ada',
  addresses: [`/dns4/relay.example/tcp/443/wss/p2p/${BOB}/p2p-circuit/webrtc/p2p/${ALICE}`],
}

export const OFFER: Signal = {
  kind: 'signal', session: SESSION, seq: 3, to: BOB, toSession: LATER_SESSION, name: 'Ada', addresses: [],
  body: { kind: 'description', type: 'offer', sdp: 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n', offerId: 'a-1', candidates: [CANDIDATE] },
}

export const ROOM_MESSAGES: RoomMessage[] = [
  HELLO,
  { kind: 'bye', session: SESSION, seq: 9 },
  OFFER,
  { ...OFFER, body: { kind: 'candidates', candidates: [CANDIDATE, { candidate: '', sdpMid: null, sdpMLineIndex: null, usernameFragment: null }] } },
  { ...OFFER, body: { kind: 'rebuild' } },
  { ...OFFER, body: { kind: 'restart' } },
  { ...OFFER, body: { kind: 'unheard' } },
  { kind: 'look', id: 'look-1', at: 1_754_000_000_000 },
  { kind: 'here', look: 'look-1', people: [{ peer: ALICE, name: 'Ada' }, { peer: BOB, name: '' }] },
]

export const LINE: ChatLine = { id: 'line-1', author: ALICE, name: 'Ada', at: 1_754_000_000_000, text: 'first\n\tsecond 👋', file: null }

export const CONTROL_MESSAGES: ControlMessage[] = [
  { kind: 'state', name: 'Ada', media: { microphone: true, camera: false, screen: false } },
  { kind: 'chat', line: LINE },
  { kind: 'chat', line: { ...LINE, text: 'a b.tar.gz', file: { name: 'a b.tar.gz', size: 2 ** 40, type: 'application/gzip' } } },
  { kind: 'history', lines: [LINE, { ...LINE, id: 'line-2' }] },
  { kind: 'view', camera: { width: 640, height: 360 }, screen: { width: 0, height: 0 } },
  { kind: 'held', camera: true },
  { kind: 'heartbeat', hears: false },
  { kind: 'key-frame', video: 'screen' },
  { kind: 'hand', upForMs: 1_500 },
  { kind: 'hand', upForMs: null },
  { kind: 'reaction', reaction: 'clap' },
  { kind: 'signal', seq: 4, body: OFFER.body },
  { kind: 'recording', id: 'take-1', on: true },
  { kind: 'recording-answer', id: 'take-1', allow: false },
  { kind: 'bye' },
]

export const FILE_TEXTS: Exclude<FileMessage, { kind: 'data' }>[] = [
  { kind: 'ask', file: 'line-1', ask: 2 ** 32 - 1, at: 2 ** 40, bytes: 262_144 },
  { kind: 'stop', file: 'line-1' },
  { kind: 'check', file: 'line-1' },
  { kind: 'sum', file: 'line-1', sum: '0123456789abcdef'.repeat(4) },
  { kind: 'done', file: 'line-1' },
  { kind: 'gone', file: 'line-1' },
]

export const SECRET = 'AAECAwQFBgcICQoLDA0ODw'

export const RING_MESSAGES: RingMessage[] = [
  { kind: 'ring', name: 'Ada' },
  { kind: 'accept', topic: 'amber-otter-4821', secret: SECRET },
  { kind: 'refuse' },
]

/** JSON text of anything, as the bytes that a peer could send. */
export function jsonBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value))
}

/** The code of the refusal that `attempt` ends with, or null. Any other error passes through and fails the test. */
export async function refusalOf(attempt: () => unknown): Promise<RefusalCode | null> {
  try {
    await attempt()
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
