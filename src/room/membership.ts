import { childController, delay, onAbort, withTimeout, type Lifetime } from '../util/abort.ts'
import { markOnce } from '../util/marks.ts'
import { effect, untracked, type ReadonlySignal, type Signal } from '../util/signals.ts'
import { MAX_ADDRESSES, newSession } from '../wire/index.ts'
import type { ChatLine, ControlMessage, FileInfo, Hello, Introduction, MediaState, Person, RoomKeys } from '../wire/index.ts'
import { Chat } from './chat.ts'
import type { CallContext } from './connection.ts'
import type { Files } from './files/files.ts'
import type { Gestures } from './gestures/gestures.ts'
import { createGreeter, type Greeter } from './greeter.ts'
import { HandCarrier } from './hand-carrier.ts'
import { Inbox } from './inbox.ts'
import { Lookout } from './lookout.ts'
import type { Participant } from './participant.ts'
import type { LocalMedia, MakeLink, Network, RoomChannel } from './ports.ts'
import { Recordings } from './recording/recordings.ts'
import type { Consent } from './recording/consent.ts'
import type { Door } from './room.ts'
import { Roster } from './roster.ts'
import type { Outage, ParticipantView, Reach } from './views.ts'

/** Goodbyes that take longer are left to the others' sense of absence. */
const GOODBYE_LIMIT_MS = 300

/** A data channel drops what it has not yet sent when its connection closes; this lets a goodbye out. */
const FLUSH_MS = 50

export interface MembershipOptions extends Lifetime {
  network: Network
  makeLink: MakeLink
  local: Pick<LocalMedia, 'sending'>
  name: ReadonlySignal<string>
  keys: RoomKeys
  /** Multiaddrs of peers to look for. */
  pasted: string[]
  now: () => number
  /** The clock that sessions are numbered by, milliseconds since 1970. */
  sessionClock: () => number
  files: Files
  /** Where people and chat are shown; people are emptied in the end. */
  participants: Signal<readonly ParticipantView[]>
  /** What of the network answers. */
  reach: ReadonlySignal<Reach>
  /** Where it is said that nobody can be reached. */
  outage: Signal<Outage | null>
  chat: Signal<readonly ChatLine[]>
  /** Who records, and who may be in it; emptied in the end. */
  consent: Signal<Consent>
  gestures: Gestures
}

/** One join of one room, from the first hello to the goodbye. Its signal's abort closes everything without goodbye. */
export class Membership {
  readonly #options: MembershipOptions
  readonly #controller: AbortController
  readonly #context: CallContext
  readonly #roster: Roster
  readonly #inbox: Inbox
  readonly #chat: Chat
  /** Asking and answering who may be recorded. */
  readonly recordings: Recordings
  readonly #channel: RoomChannel
  readonly #hands = new HandCarrier()
  #greeter: Greeter | undefined
  #goodbye: Promise<void> | undefined
  #lastSeq = 0

  /**
   * Enters the room and says hello at once.
   *
   * @throws whatever entering throws; nothing is left open then
   */
  constructor(options: MembershipOptions) {
    const { network, keys, now, pasted, participants, chat, reach, outage, files } = options
    this.#options = options
    this.#controller = childController(options.signal)
    const lifetime = { signal: this.#controller.signal }
    this.#context = this.#makeContext()
    this.#chat = new Chat({ self: network.self, lines: chat, now, tell: (line) => this.#tellLine(line), ...lifetime })
    this.#roster = new Roster({
      context: this.#context,
      views: participants,
      reach,
      outage,
      onControl: (from, message) => this.#takeControl(from, message),
      onLost: () => this.#greeter?.request(),
      brief: (participant) => this.#brief(participant),
      ...lifetime,
    })
    files.enter({
      offer: (file) => this.#isOver ? null : this.#say(file.name, file),
      authorOf: (id) => chat.peek().find((line) => line.id === id && line.file !== null)?.author,
      nameOf: (peer) => this.#roster.get(peer)?.state.peek().name ?? '',
      ...lifetime,
    })
    this.recordings = new Recordings({ state: options.consent, roster: this.#roster, participants, now, ...lifetime })
    options.gestures.enter({ session: this.#context.session, roster: this.#roster, participants, ...lifetime })
    const lookout = new Lookout({
      self: network.self, now, people: () => this.#people(), answer: (here) => { void this.#channel.broadcast(here) }, ...lifetime,
    })
    this.#inbox = new Inbox(this.#context, this.#roster, lookout)
    try {
      this.#channel = network.enter({
        keys,
        pasted,
        hello: () => this.#hello(),
        onMessage: (received) => { if (!this.#isOver) this.#inbox.take(received) },
        onAudience: () => this.#audience(),
        ...lifetime,
      })
    } catch (error) {
      this.#controller.abort()
      throw error
    }
    this.#greeter = createGreeter({ greet: () => this.#greet(), now, ...lifetime })
    this.#followOurselves(lifetime)
  }

  /** Sends a chat line; false when it is empty or over-long. */
  say(text: string): boolean {
    return this.#say(text) !== null
  }

  /** The way in for those who come by a code. */
  door(): Pick<Door, 'letIn' | 'hear' | 'signal'> {
    const { signal } = this.#controller
    return {
      letIn: (peer, link, { greet }) => {
        if (this.#isOver) return
        this.#hands.add(peer, link, { signal })
        if (greet) this.#hands.send(peer, this.#hello())
      },
      hear: (from, data) => {
        const message = this.#hands.read(data)
        if (message && !this.#isOver) this.#inbox.take({ from, message })
      },
      signal,
    }
  }

  /** The browser is on another network, or online again. */
  networkChanged(): void {
    for (const { connection } of this.#roster.all()) connection.networkChanged()
    this.#greeter?.request()
  }

  /**
   * Says goodbye, and closes everything. The goodbyes are on their way when this returns; it resolves when all is closed,
   * which takes no longer than GOODBYE_LIMIT_MS. Idempotent.
   */
  leave(): Promise<void> {
    this.#goodbye ??= this.#sayGoodbye()
    return this.#goodbye
  }

  /** Carriers have come up, or reach more people: what was said in vain is said again. */
  #audience(): void {
    this.#greeter?.request()
    for (const { connection } of this.#roster.all()) connection.prompt()
  }

  get #isOver(): boolean {
    return this.#goodbye !== undefined || this.#controller.signal.aborted
  }

  #say(text: string, file: FileInfo | null = null): ChatLine | null {
    return this.#chat.say(text, this.#options.name.peek(), file)
  }

  /** Who cannot hear it now is told the history once its link is up. */
  #tellLine(line: ChatLine): void {
    for (const { connection } of this.#roster.all()) connection.tell({ kind: 'chat', line })
  }

  #makeContext(): CallContext {
    const { network, makeLink, now, name, sessionClock, reach, files } = this.#options
    return {
      self: network.self,
      session: newSession(sessionClock()),
      makeLink,
      iceServers: network.iceServers,
      now,
      nextSeq: () => ++this.#lastSeq,
      introduce: (): Introduction => ({ name: name.peek(), addresses: network.addresses.peek().slice(0, MAX_ADDRESSES) }),
      transmit: (message) => this.#transmit(message),
      signalable: (to) => reach.peek() === 'relay' || this.#hands.reaches(to) ||
        this.#roster.all().some(({ peer, connection }) => peer !== to && connection.presence().phase === 'connected'),
      adopt: (member, pipe, options) => this.#channel.adopt(member, pipe, options),
      carryFiles: (member, port, loan) => files.attach(member, port, loan),
    }
  }

  /** A link made by a code may have died with nobody noticing yet, so other carriers are used beside it. */
  async #transmit(message: Parameters<CallContext['transmit']>[0]): Promise<void> {
    const handed = this.#hands.send(message.to, message)
    try {
      await this.#channel.send(message.to, message)
    } catch (error) {
      if (!handed) throw error
    }
  }

  #hello(): Hello {
    const { session, nextSeq, introduce, now } = this.#context
    return { kind: 'hello', session, seq: nextSeq(), at: now(), ...introduce() }
  }

  #greet(): void {
    if (this.#isOver) return
    const hello = this.#hello()
    void this.#channel.broadcast(hello)
    this.#hands.broadcast(hello)
    markOnce('hello')
  }

  /** Who is in the room, as far as we can tell for sure: ourselves, and those whom we are connected with. */
  #people(): Person[] {
    const others = this.#roster.all().filter(({ connection }) => connection.presence().phase === 'connected')
    return [
      { peer: this.#options.network.self, name: this.#options.name.peek() },
      ...others.map(({ peer, state }) => ({ peer, name: state.peek().name })),
    ]
  }

  /** Tells the others when what we send, our name or our addresses change. */
  #followOurselves({ signal }: Lifetime): void {
    const { network, name, local } = this.#options
    onAbort(signal, effect(() => {
      const state = ownState(name.value, local.sending.value)
      untracked(() => { for (const { connection } of this.#roster.all()) connection.tell(state) })
    }))
    let isFirst = true
    onAbort(signal, effect(() => {
      void name.value
      void network.addresses.value
      if (!isFirst) untracked(() => this.#greeter?.request())
      isFirst = false
    }))
  }

  /** What a fresh link is told; false while its control channel is not open. */
  #brief(participant: Participant): boolean {
    const { connection, peer, addresses, view } = participant
    const { network, keys, name, local } = this.#options
    if (!connection.tell(ownState(name.peek(), local.sending.peek()))) return false
    network.remember(keys.pubsubTopic, peer, addresses)
    if (view) connection.tell(view)
    this.recordings.brief(participant)
    this.#options.gestures.brief(participant)
    const lines = this.#chat.history()
    if (lines.length > 0) connection.tell({ kind: 'history', lines })
    return true
  }

  #takeControl(from: Participant, message: ControlMessage): void {
    if (this.#isOver) return
    if (!this.#inbox.admit(from.peer)) return this.#takeBeginning(from, message)
    this.#roster.brief(from)
    switch (message.kind) {
      case 'state':
        from.rename(message.name)
        return from.tellMedia(message.media)
      case 'held': return from.tellHeld(message.camera)
      case 'chat': return this.#chat.hear(from.peer, message.line)
      case 'history': return this.#chat.recall(from.peer, message.lines, from.mayQuote())
      case 'signal': return from.connection.receive(message.seq, message.body, 'link')
      case 'hand':
      case 'reaction': return this.#options.gestures.take(from, message)
      case 'recording':
      case 'recording-answer': return this.recordings.take(from, message)
      case 'bye': return this.#inbox.farewell(from.peer, from.connection.session)
      // The link answers these itself.
      case 'view':
      case 'heartbeat':
      case 'key-frame': return
      default: return message satisfies never
    }
  }

  /** Of a flood only one thing counts: that its sender, who has not been shut out for it yet, records. */
  #takeBeginning(from: Participant, message: ControlMessage): void {
    if (message.kind === 'recording' && message.on && this.#roster.get(from.peer) === from) this.recordings.take(from, message)
  }

  async #sayGoodbye(): Promise<void> {
    const { session, nextSeq } = this.#context
    const told = this.#roster.all().map(({ connection }) => connection.tell({ kind: 'bye' }))
    const broadcast = this.#channel.broadcast({ kind: 'bye', session, seq: nextSeq() })
    this.#roster.clear()
    const limit = withTimeout(this.#controller.signal, GOODBYE_LIMIT_MS)
    const flushed = told.includes(true) ? delay(FLUSH_MS, limit.signal) : undefined
    await Promise.race([Promise.all([broadcast, flushed]), new Promise<void>((resolve) => onAbort(limit.signal, resolve))])
    limit.done()
    this.#controller.abort()
  }
}

function ownState(name: string, media: MediaState): ControlMessage {
  return { kind: 'state', name, media }
}
