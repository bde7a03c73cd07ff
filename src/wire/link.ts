import { parseAddress, parsePeerAddress } from './address.ts'
import { Refusal } from './message.ts'
import type { Topic } from './message.ts'
import { MAX_LINK_ADDRESSES } from './protocol.ts'
import { parseSecret } from './secret.ts'
import { parseName, parseTopic } from './topic.ts'

/** Sixteen addresses of full length, percent-encoded, and everything else. */
const MAX_LINK_CHARS = 32_768

/** What a link asks for. */
export interface ParsedLink {
  /** Empty when the link names no room. */
  topic: Topic | ''
  /** 22 characters of base64url; empty for a public room. */
  secret: string
  /** Multiaddrs of relays to use. */
  relays: string[]
  /** Multiaddrs of peers to dial. */
  peers: string[]
  /** What to call the person who opened the link; empty when the link does not say. */
  name: string
  /** A code to answer, as `formatCode` writes it; empty when there is none. Only its characters have been checked. */
  code: string
  /** Join without waiting for the button. Never true without a topic. */
  joinNow: boolean
}

/**
 * Reads the fragment of a page address: `#/topic`, `#/topic/secret`, either followed by
 * `?relay=<multiaddr>&peer=<multiaddr>&name=<text>&join=now`, or `#/?…` without a room, which may also have
 * `code=<base64url>`. Empty, `#` and `#/` ask for nothing. Everything is percent-encoded (a `+` is a plus). `relay` and
 * `peer` may be repeated, up to MAX_LINK_ADDRESSES.
 *
 * A slash after the topic promises a secret: `#/topic/` is refused, as it is a private link that was cut off, and must
 * not lead into the public room of the same name.
 *
 * @throws {Refusal} `link-malformed`, `link-unknown-parameter`, and the codes of topics, secrets and addresses
 */
export function parseLink(hash: string): ParsedLink {
  if (hash.length > MAX_LINK_CHARS) throw malformed('it is too long')
  const [, path, query = ''] = /^(?:#?$|#\/([^?]*)(?:\?(.*))?$)/s.exec(hash) ?? refuse('it does not begin with #/')
  const [topicText = '', secret, ...rest] = (path ?? '').split('/')
  if (rest.length > 0) throw malformed('it has too many parts')
  const topic = topicText === '' && secret === undefined ? '' : parseTopic(decode(topicText))
  if (secret !== undefined) parseSecret(secret)
  const parameters = parseParameters(query)
  return { topic, secret: secret ?? '', ...parameters, joinNow: parameters.joinNow && topic !== '' }
}

type Parameters = Omit<ParsedLink, 'topic' | 'secret'>

/** What each parameter does to the result. */
const PARAMETERS: Readonly<Record<string, (link: Parameters, value: string) => void>> = {
  relay: (link, value) => append(link.relays, parseAddress(value)),
  peer: (link, value) => append(link.peers, parsePeerAddress(value)),
  name: (link, value) => {
    link.name = parseName(value)
  },
  code: (link, value) => {
    if (!/^[\w-]+$/.test(value)) throw malformed('a code has other characters')
    link.code = `parley:${value}`
  },
  join: (link, value) => {
    if (value !== 'now') throw malformed('join can only be now')
    link.joinNow = true
  },
}

const REPEATABLE: ReadonlySet<string> = new Set(['relay', 'peer'])

function parseParameters(query: string): Parameters {
  const link: Parameters = { relays: [], peers: [], name: '', code: '', joinNow: false }
  const seen = new Set<string>()
  for (const pair of query.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const key = decode(equals < 0 ? pair : pair.slice(0, equals))
    const apply = Object.hasOwn(PARAMETERS, key) ? PARAMETERS[key] : undefined
    if (apply === undefined) throw new Refusal('link-unknown-parameter', `unknown parameter: ${parseName(key)}`)
    if (equals < 0) throw malformed(`${key} has no value`)
    if (seen.has(key) && !REPEATABLE.has(key)) throw malformed(`${key} is repeated`)
    seen.add(key)
    apply(link, decode(pair.slice(equals + 1)))
  }
  return link
}

function append(list: string[], address: string): void {
  if (list.length === MAX_LINK_ADDRESSES) throw malformed('it has too many addresses')
  list.push(address)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    throw new Refusal('link-malformed', 'the link is malformed: percent-encoding', { cause })
  }
}

function malformed(why: string): Refusal {
  return new Refusal('link-malformed', `the link is malformed: ${why}`)
}

function refuse(why: string): never {
  throw malformed(why)
}

/**
 * Writes the link to a room.
 *
 * @param origin where the app is served, with or without a path and a closing slash
 */
export function formatLink(origin: string, { topic, secret }: { topic: Topic, secret: string }): string {
  const room = `${origin.replace(/\/$/, '')}/#/${encodeForProse(topic)}`
  return secret === '' ? room : `${room}/${secret}`
}

/** Also encodes what programs that find links in running text would cut off. */
function encodeForProse(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]|\.$/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
}
