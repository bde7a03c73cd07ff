import { createLog } from '../util/log.ts'
import { markOnce } from '../util/marks.ts'
import { ReplayGuard } from '../wire/index.ts'
import type { Hello, PeerKey, SessionId, Signal } from '../wire/index.ts'
import type { CallContext } from './connection.ts'
import type { Lookout } from './lookout.ts'
import type { Participant } from './participant.ts'
import type { Received } from './ports.ts'
import { Doorman } from './rate-limit.ts'
import type { Roster } from './roster.ts'

const log = createLog('room')

/** Takes what the network brings: refuses what is too much, repeated or not for us, and acts on the rest at once. */
export class Inbox {
  readonly #context: CallContext
  readonly #roster: Roster
  readonly #guard = new ReplayGuard()
  readonly #doorman = new Doorman<PeerKey>()
  readonly #lookout: Lookout

  constructor(context: CallContext, roster: Roster, lookout: Lookout) {
    this.#context = context
    this.#roster = roster
    this.#lookout = lookout
  }

  /** Acts on a message of an authenticated sender. Nothing is awaited between a newcomer's hello and our offer. */
  take({ from, message }: Received): void {
    const { self, session, now } = this.#context
    if (from === self) return
    // Everybody's signals come by on the room's topic; those for others are not their sender's talking to us.
    if (message.kind === 'signal' && (message.to !== self || message.toSession !== session)) return
    if (!this.admit(from)) return
    // From whoever holds the key, in the room or not; neither makes anybody a member.
    if (message.kind === 'look') return this.#lookout.asked(from, message)
    if (message.kind === 'here') return this.#lookout.answered(from, message)
    if (!this.#guard.accepts(from, message, now())) return
    markOnce('discovered')
    switch (message.kind) {
      case 'hello': return this.#takeHello(from, message)
      case 'signal': return this.#takeSignal(from, message)
      case 'bye': return this.#takeBye(from, message.session)
      default: return message satisfies never
    }
  }

  /** Whether a message of this peer, on whichever carrier, is within its rate. One that does not stop is shut out. */
  admit(from: PeerKey): boolean {
    const admission = this.#doorman.admit(from, this.#context.now())
    if (admission === 'banned') {
      log.warn('a peer floods and is shut out')
      const participant = this.#roster.get(from)
      if (participant) this.#roster.remove(participant)
    }
    return admission === 'admitted'
  }

  /** A goodbye on the control channel ends the session on all carriers, whose earlier messages may come later. */
  farewell(from: PeerKey, session: SessionId): void {
    this.#guard.accepts(from, { kind: 'bye', session, seq: Number.MAX_SAFE_INTEGER }, this.#context.now())
    this.#takeBye(from, session)
  }

  #takeHello(from: PeerKey, hello: Hello): void {
    const known = this.#current(from, hello.session)
    // The link of somebody known repeats a lost offer by itself.
    if (known) {
      refresh(known, hello)
      known.connection.prompt()
    }
    else this.#roster.meet({ ...hello, peer: from })?.connection.start()
  }

  #takeSignal(from: PeerKey, message: Signal): void {
    const { seq, body } = message
    const known = this.#current(from, message.session)
    if (known) refresh(known, message)
    // Only with an offer, or candidates that overtake it, does somebody unknown not speak of a connection that we have closed.
    else if (body.kind !== 'candidates' && (body.kind !== 'description' || body.type === 'answer')) return
    const participant = known ?? this.#roster.meet({ ...message, peer: from })
    participant?.connection.receive(seq, body, 'network')
  }

  #takeBye(from: PeerKey, session: SessionId): void {
    const participant = this.#roster.get(from)
    if (participant && participant.connection.session <= session) this.#roster.remove(participant)
  }

  #current(from: PeerKey, session: SessionId): Participant | undefined {
    const participant = this.#roster.get(from)
    return participant?.connection.session === session ? participant : undefined
  }
}

function refresh(participant: Participant, { name, addresses }: Hello | Signal): void {
  participant.rename(name)
  participant.addresses = addresses
  participant.connection.heard()
}
