import { onAbort } from '../util/abort.ts'
import { createLog } from '../util/log.ts'
import type { ReadonlySignal } from '../util/signals.ts'
import {
  checkCodeTime, CODE_LIFETIME_S, codeId, decodeCode, encodeCode, formatCode, formatCodeLink, newRoomName, newSecret,
  parseCodeText,
} from '../wire/index.ts'
import type { Code, CodeIce, CodeSigner, InvitationFields, PeerKey, ReplyFields, VerifySignature } from '../wire/index.ts'
import { Invitations, type InvitationEnd, type OpenInvitation } from './invitations.ts'
import { PendingLink } from './pending-link.ts'
import type { MakeHandLink } from './ports.ts'
import { refusalToError } from './refusal-to-error.ts'
import type { Door, Room } from './room.ts'
import type { CodesView, ErrorCode, HandedCode, ReadCode } from './views.ts'

const log = createLog('room:codes')

export interface ByHandOptions {
  room: Pick<Room, 'door' | 'join'>
  makeHandLink: MakeHandLink
  signer: CodeSigner
  verify: VerifySignature
  /** Our peer key, which `signer` signs for. */
  self: PeerKey
  /** Our name, cleaned. */
  name: ReadonlySignal<string>
  /** Page that links point at. */
  origin: string
  networkName: string
  /** Milliseconds since 1970. */
  now?: () => number
}

interface Waiting extends OpenInvitation {
  pending: PendingLink
}

/** Calls set up by codes. All that it opens ends with the room that it leads into. */
export function createByHand(options: ByHandOptions): CodesView {
  const { room, makeHandLink, self, verify, networkName, now = Date.now } = options
  const invitations = new Invitations<Waiting>()
  /** By the invitation: one that is answered again had its first reply lost. */
  const replies = new Map<string, PendingLink>()

  const examine = async (text: string): Promise<{ code: Code, bytes: Uint8Array<ArrayBuffer> }> => {
    const bytes = parseCodeText(text)
    const code = await decodeCode(bytes, verify, networkName)
    checkCodeTime(code, now())
    return { code, bytes }
  }

  const invite = async (): Promise<HandedCode | ErrorCode> => {
    const problem = room.door() ? null : await room.join(newRoomName(), newSecret())
    const door = room.door()
    if (problem || !door) return problem ?? 'code-ended'
    const pending = new PendingLink(makeHandLink, door)
    const { topic, secret } = door
    const expiresAt = Math.floor(now() / 1_000) + CODE_LIFETIME_S
    const made = await handOut(options, pending, pending.link.offer(), { kind: 'invitation', topic, secret, expiresAt })
    if (typeof made === 'string') return made
    const { handed, id } = made
    const expiry = setTimeout(() => invitations.end(id, 'code-expired'), handed.expiresAt - now())
    onAbort(pending.signal, () => {
      clearTimeout(expiry)
      invitations.end(id, 'code-ended')
    })
    const end = (why: InvitationEnd): void => pending.end(why === 'code-expired' ? 'expired' : 'ended')
    invitations.add(id, { pending, expiresAt: handed.expiresAt, end })
    return handed
  }

  const answer = async (text: string): Promise<HandedCode | ErrorCode> => {
    const { code, bytes } = await examine(text)
    if (code.kind !== 'invitation') return 'code-not-invitation'
    if (code.from === self) return 'code-own'
    const invitation = await codeId(bytes)
    replies.get(invitation)?.end('ended')
    const door = await enter(room, code)
    if (typeof door === 'string') return door
    const pending = new PendingLink(makeHandLink, door)
    replies.set(invitation, pending)
    pending.expect(code.from, { greet: true })
    const { expiresAt } = code
    const made = await handOut(options, pending, pending.link.answer(code.ice), { kind: 'reply', invitation, expiresAt })
    const expiry = setTimeout(() => { if (pending.phase.peek() === 'waiting') pending.end('expired') }, CODE_LIFETIME_S * 1_000)
    onAbort(pending.signal, () => {
      clearTimeout(expiry)
      if (replies.get(invitation) === pending) replies.delete(invitation)
    })
    return typeof made === 'string' ? made : made.handed
  }

  const complete = async (text: string): Promise<ErrorCode | null> => {
    const { code } = await examine(text)
    if (code.kind !== 'reply') return 'code-not-reply'
    if (code.from === self) return 'code-own'
    const taken = invitations.take(code.invitation, now())
    if (typeof taken === 'string') return taken
    const { pending } = taken
    pending.expect(code.from, { greet: false })
    try {
      await pending.link.accept(code.ice)
    } catch (error) {
      pending.end('ended')
      throw error
    }
    return await pending.connected() ? null : 'code-unreached'
  }

  return {
    invite: () => guarded(invite),
    answer: (text) => guarded(() => answer(text)),
    complete: (text) => guarded(() => complete(text)),
    read: (text) => guarded(async () => describe((await examine(text)).code)),
  }
}

function describe(code: Code): ReadCode {
  const { kind, name, from: peer } = code
  if (kind === 'reply') return { kind, name, peer, topic: '', isPrivate: false }
  return { kind, name, peer, topic: code.topic, isPrivate: code.secret !== '' }
}

/** Turns whatever goes wrong into its code. */
async function guarded<T>(act: () => Promise<T>): Promise<T | ErrorCode> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return 'code-ended'
    try {
      return refusalToError(error)
    } catch {
      // Not a refusal: the browser would not do what a code needs.
      log.warn('a code could not be made or used', error)
      return 'code-failed'
    }
  }
}

/** Enters the room that an invitation leads into, unless we are there. */
async function enter(room: ByHandOptions['room'], { topic, secret }: InvitationFields): Promise<Door | ErrorCode> {
  const present = room.door()
  if (present?.topic === topic && present.secret === secret) return present
  return await room.join(topic, secret) ?? room.door() ?? 'code-ended'
}

type Purpose = Omit<InvitationFields, 'ice' | 'name'> | Omit<ReplyFields, 'ice' | 'name'>

/** Signs a code that leads to the link, unless nobody could reach us by it; else ends the link. */
async function handOut(
  { signer, networkName, origin, name }: ByHandOptions, pending: PendingLink, described: Promise<CodeIce>, purpose: Purpose,
): Promise<{ handed: HandedCode, id: string } | ErrorCode> {
  try {
    const ice = await described
    if (ice.candidates.length === 0) {
      pending.end('ended')
      return 'code-no-way'
    }
    const bytes = await encodeCode({ ...purpose, name: name.peek(), ice }, signer, networkName)
    const id = await codeId(bytes)
    pending.signal.throwIfAborted()
    const handed: HandedCode = {
      kind: purpose.kind,
      text: formatCode(bytes),
      link: formatCodeLink(origin, bytes),
      expiresAt: purpose.expiresAt * 1_000,
      phase: pending.phase,
      discard: () => pending.end('ended'),
    }
    return { handed, id }
  } catch (error) {
    pending.end('ended')
    throw error
  }
}
