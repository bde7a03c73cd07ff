/** Shapes of fields that several messages share. */
import { isAddress, isPeerKey } from './address.ts'
import { parseChatText } from './chat-text.ts'
import { parseFileName, parseFileType } from './file-name.ts'
import type { ChatLine, FileInfo, Introduction, PeerKey, SessionId } from './message.ts'
import { MAX_ADDRESSES, MAX_CHAT_TIME_MS, MAX_FILE_BYTES, MAX_ID_CHARS } from './protocol.ts'
import { isSessionId } from './session.ts'
import { boolean, integer, list, nullable, object, refusalAt, satisfying, text } from './shape.ts'
import type { Shape } from './shape.ts'
import { parseName } from './topic.ts'

/** A peer id. */
export const peerKey: Shape<PeerKey> = satisfying(isPeerKey, 'a peer id')
/** A session id. */
export const sessionId: Shape<SessionId> = satisfying(isSessionId, 'a session id')
/** A sequence number, or milliseconds since 1970. */
export const count: Shape<number> = integer(0, Number.MAX_SAFE_INTEGER)
/** The id of an offer or of a chat line; a UUID is one. */
export const id: Shape<string> = text(MAX_ID_CHARS, /^[\w.:-]+$/)

/** A person's name, cleaned. */
export const name: Shape<string> = (value, path) => {
  if (typeof value !== 'string') throw refusalAt(path, 'text')
  return parseName(value)
}

/** The fields of an introduction. */
export const introduction: { readonly [Key in keyof Introduction]: Shape<Introduction[Key]> } = {
  name,
  addresses: list(satisfying(isAddress, 'a multiaddr'), MAX_ADDRESSES),
}

/** What a person sends. */
export const mediaState = object({ microphone: boolean, camera: boolean, screen: boolean })

const chatText: Shape<string> = (value, path) => {
  const cleaned = typeof value === 'string' ? parseChatText(value) : null
  if (cleaned === null) throw refusalAt(path, 'a chat text')
  return cleaned
}

const fileName: Shape<string> = (value, path) => {
  if (typeof value !== 'string') throw refusalAt(path, 'text')
  return parseFileName(value)
}

const fileType: Shape<string> = (value, path) => {
  if (typeof value !== 'string') throw refusalAt(path, 'text')
  return parseFileType(value)
}

const fileInfo = nullable(object<FileInfo>({ name: fileName, size: integer(0, MAX_FILE_BYTES), type: fileType }))

/** A line of chat. Clients that know of no files leave `file` out. */
export const chatLine: Shape<ChatLine> = object<ChatLine>({
  id, author: peerKey, name, at: integer(0, MAX_CHAT_TIME_MS), text: chatText, file: (value, path) => fileInfo(value ?? null, path),
})
