/** The few bytes of protocol between the bare server and its clients. */

/** What a client asks for. */
export type BareFrame = { kind: 'enter' | 'leave', topic: string } | { kind: 'say', topic: string, data: Uint8Array }

const KINDS = ['enter', 'leave', 'say'] as const
const HEAD_BYTES = 2

/** One byte of kind, one of the topic's length, the topic, and the data. */
export function encodeFrame(frame: BareFrame): Uint8Array {
  const topic = new TextEncoder().encode(frame.topic)
  const data = frame.kind === 'say' ? frame.data : new Uint8Array(0)
  const bytes = new Uint8Array(HEAD_BYTES + topic.length + data.length)
  bytes.set([KINDS.indexOf(frame.kind), topic.length])
  bytes.set(topic, HEAD_BYTES)
  bytes.set(data, HEAD_BYTES + topic.length)
  return bytes
}

/** @throws {RangeError} when the bytes are no frame */
export function decodeFrame(bytes: Uint8Array): BareFrame {
  const [kind = NaN, length = NaN] = bytes
  const name = KINDS[kind]
  const start = HEAD_BYTES + length
  if (name === undefined || !(start <= bytes.length)) throw new RangeError('not a frame')
  const topic = new TextDecoder().decode(bytes.subarray(HEAD_BYTES, start))
  return name === 'say' ? { kind: name, topic, data: bytes.subarray(start) } : { kind: name, topic }
}
