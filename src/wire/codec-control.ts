import { signalBody } from './codec-signal.ts'
import { chatLine, count, id, mediaState, name } from './fields.ts'
import { decodeJson, encodeJson } from './json.ts'
import { REACTIONS, Refusal } from './message.ts'
import type { ChatLine, ControlMessage, ViewSize } from './message.ts'
import { MAX_CONTROL_BYTES, MAX_HAND_MS, MAX_HISTORY_ENTRIES, MAX_VIEW_PIXELS } from './protocol.ts'
import { boolean, byKind, integer, list, literal, nullable, object } from './shape.ts'

const pixels = integer(0, MAX_VIEW_PIXELS)
const viewSize = object<ViewSize>({ width: pixels, height: pixels })

type OfKind<Kind extends ControlMessage['kind']> = Extract<ControlMessage, { kind: Kind }>

const controlMessage = byKind<ControlMessage>({
  state: object<OfKind<'state'>>({ kind: literal('state'), name, media: mediaState }),
  chat: object<OfKind<'chat'>>({ kind: literal('chat'), line: chatLine }),
  history: object<OfKind<'history'>>({ kind: literal('history'), lines: list(chatLine, MAX_HISTORY_ENTRIES) }),
  view: object<OfKind<'view'>>({ kind: literal('view'), camera: viewSize, screen: viewSize }),
  held: object<OfKind<'held'>>({ kind: literal('held'), camera: boolean }),
  heartbeat: object<OfKind<'heartbeat'>>({ kind: literal('heartbeat'), hears: boolean }),
  'key-frame': object<OfKind<'key-frame'>>({ kind: literal('key-frame'), video: literal('camera', 'screen') }),
  hand: object<OfKind<'hand'>>({ kind: literal('hand'), upForMs: nullable(integer(0, MAX_HAND_MS)) }),
  reaction: object<OfKind<'reaction'>>({ kind: literal('reaction'), reaction: literal(...REACTIONS) }),
  signal: object<OfKind<'signal'>>({ kind: literal('signal'), seq: count, body: signalBody }),
  recording: object<OfKind<'recording'>>({ kind: literal('recording'), id, on: boolean }),
  'recording-answer': object<OfKind<'recording-answer'>>({ kind: literal('recording-answer'), id, allow: boolean }),
  bye: object<OfKind<'bye'>>({ kind: literal('bye') }),
})

/**
 * Writes a message for the control data channel, as JSON text.
 *
 * @throws {Refusal} `malformed` when a limit of protocol.ts is broken; `too-large` above MAX_CONTROL_BYTES
 */
export function encodeControlMessage(message: ControlMessage): string {
  return new TextDecoder().decode(encodeJson(controlMessage, message, MAX_CONTROL_BYTES))
}

/**
 * Reads what arrived on the control data channel: the `data` of its message event, text or an ArrayBuffer.
 *
 * @throws {Refusal} `too-large`, `malformed`
 */
export function decodeControlMessage(data: unknown): ControlMessage {
  return decodeJson(controlMessage, toBytes(data), MAX_CONTROL_BYTES)
}

/** The newest of these lines, at most MAX_HISTORY_ENTRIES, that fit together into one `history` message. */
export function historyThatFits(lines: readonly ChatLine[]): ChatLine[] {
  const room = MAX_CONTROL_BYTES - byteLength({ kind: 'history', lines: [] })
  let used = 0
  let first = lines.length
  while (first > 0 && lines.length - first < MAX_HISTORY_ENTRIES) {
    used += byteLength(lines[first - 1]) + 1
    if (used > room) break
    first -= 1
  }
  return lines.slice(first)
}

function byteLength(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length
}

function toBytes(data: unknown): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  if (typeof data !== 'string') throw new Refusal('malformed', 'neither text nor an ArrayBuffer')
  // Each UTF-16 unit takes at least a byte, so this saves encoding what is too large anyway.
  if (data.length > MAX_CONTROL_BYTES) throw new Refusal('too-large', `longer than ${MAX_CONTROL_BYTES} bytes`)
  return new TextEncoder().encode(data)
}
