import { signalBody } from './codec-signal.ts'
import { count, id, introduction, name, peerKey, sessionId } from './fields.ts'
import { decodeJson, encodeJson } from './json.ts'
import type { Bye, Here, Hello, Look, Person, RoomMessage, Signal } from './message.ts'
import { MAX_MESSAGE_BYTES, MAX_PEOPLE } from './protocol.ts'
import { byKind, list, literal, object } from './shape.ts'

const roomMessage = byKind<RoomMessage>({
  hello: object<Hello>({ kind: literal('hello'), session: sessionId, seq: count, at: count, ...introduction }),
  bye: object<Bye>({ kind: literal('bye'), session: sessionId, seq: count }),
  signal: object<Signal>({
    kind: literal('signal'),
    session: sessionId,
    seq: count,
    to: peerKey,
    toSession: sessionId,
    ...introduction,
    body: signalBody,
  }),
  look: object<Look>({ kind: literal('look'), id, at: count }),
  here: object<Here>({ kind: literal('here'), look: id, people: list(object<Person>({ peer: peerKey, name }), MAX_PEOPLE) }),
})

/**
 * Writes a room message as UTF-8 JSON, its name cleaned.
 *
 * @throws {Refusal} `malformed` when a limit of protocol.ts is broken; `too-large` above MAX_MESSAGE_BYTES
 */
export function encodeRoomMessage(message: RoomMessage): Uint8Array<ArrayBuffer> {
  return encodeJson(roomMessage, message, MAX_MESSAGE_BYTES)
}

/**
 * Reads a room message from unsealed bytes. Unknown fields are dropped, unknown kinds refused.
 *
 * @throws {Refusal} `too-large`, `malformed`
 */
export function decodeRoomMessage(bytes: Uint8Array): RoomMessage {
  return decodeJson(roomMessage, bytes, MAX_MESSAGE_BYTES)
}
