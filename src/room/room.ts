import { onAbort, type Lifetime } from '../util/abort.ts'
import { createLog } from '../util/log.ts'
import { markOnce, resetMarks } from '../util/marks.ts'
import { computed, effect, signal as makeSignal, type ReadonlySignal } from '../util/signals.ts'
import { formatLink, parseSecret, parseTopic } from '../wire/index.ts'
import type { ChatLine, PeerKey, RoomKeys, Topic } from '../wire/index.ts'
import { Files } from './files/files.ts'
import { Gestures } from './gestures/gestures.ts'
import { KeyRing, type Stretch } from './key-ring.ts'
import { Membership } from './membership.ts'
import { lookInto } from './onlooker.ts'
import type { HandLink, LocalMedia, MakeLink, Network } from './ports.ts'
import { NOBODY_RECORDS } from './recording/consent.ts'
import { recordingView } from './recording/recordings.ts'
import { refusalToError } from './refusal-to-error.ts'
import type { ErrorCode, Outage, ParticipantView, Reach, RoomState, RoomView, Sighting } from './views.ts'

const log = createLog('room')

export interface RoomOptions extends Lifetime {
  network: Network
  makeLink: MakeLink
  local: Pick<LocalMedia, 'sending'>
  /** Our name, cleaned. */
  name: ReadonlySignal<string>
  /** Page that links to rooms point at. */
  origin: string
  stretch: Stretch
  /** What of the network answers. */
  reach: ReadonlySignal<Reach>
  /** Name of the network that the rooms belong to. */
  networkName: string
  /** Multiaddrs of peers that the user pasted or that stood in the link; asked for on each join. */
  pasted: () => string[]
  /** Told of each room that we have entered. */
  onEntered?: (room: { topic: Topic, secret: string }) => void
  /** Milliseconds since 1970. */
  now?: () => number
  /** The clock that sessions are numbered by; `now` when left out. */
  sessionClock?: () => number
}

/** The way into the room we are in for those who come by a code. */
export interface Door extends Lifetime {
  readonly topic: Topic
  /** Empty for a public room. */
  readonly secret: string
  /** Uses an open link for what is said between the peer and us; greeting it makes it answer with its offer. */
  letIn(peer: PeerKey, link: HandLink, how: { greet: boolean }): void
  /** Takes what the peer has sent on its link. */
  hear(peer: PeerKey, data: unknown): void
}

/** The room as its owner sees it: what elements see, and what the page's life calls for. */
export interface Room extends RoomView {
  /** Null in the lobby. Its signal aborts when we leave. */
  door(): Door | null
  /** Leaves as the page goes away: the goodbyes are on their way when this returns. */
  abandon(): void
  /** To be called when the browser is online again or on another network, or has slept: repairs broken links at once. */
  networkChanged(): void
}

/** Makes the one room of this page, in the lobby. Its signal's abort closes everything without a goodbye. */
export function createRoom(options: RoomOptions): Room {
  const { network, origin, pasted, now = Date.now, signal } = options
  const state = makeSignal<RoomState>({ phase: 'lobby' })
  const participants = makeSignal<readonly ParticipantView[]>([])
  const chat = makeSignal<readonly ChatLine[]>([])
  const outage = makeSignal<Outage | null>(null)
  const consent = makeSignal(NOBODY_RECORDS)
  const files = new Files()
  const gestures = new Gestures(network.self, now)
  const keyRing = new KeyRing(options.stretch, options.networkName)
  let membership: Membership | undefined
  let door: Door | null = null
  let left: Promise<void> = Promise.resolve()
  /** Numbers joins and leaves, so that a join that was overtaken while waiting does nothing more. */
  let attempt = 0

  const toLobby = (): void => {
    attempt += 1
    membership = undefined
    door = null
    state.value = { phase: 'lobby' }
    participants.value = []
    outage.value = null
    chat.value = []
    consent.value = NOBODY_RECORDS
  }
  onAbort(signal, toLobby)

  const leave = async (): Promise<void> => {
    const leaving = membership?.leave()
    toLobby()
    if (leaving) left = leaving
    await left
  }

  /** Derives keys as soon as no join is under way, whose own derivation a further one would end. */
  const deriveIdly = (topic: Topic, secret: string, ended: AbortSignal): Promise<RoomKeys> => new Promise((resolve) => {
    let isBegun = false
    onAbort(ended, effect(() => {
      if (isBegun || state.value.phase === 'joining') return
      isBegun = true
      resolve(keyRing.derive(topic, secret))
    }))
  })

  const enter = async (topic: Topic, secret: string): Promise<ErrorCode | null> => {
    const current = ++attempt
    const isPrivate = secret !== ''
    state.value = { phase: 'joining', topic, isPrivate }
    try {
      // The old membership may still be saying goodbye in the very room that is entered again.
      const [keys] = await Promise.all([keyRing.derive(topic, secret), left])
      if (attempt !== current) return null
      membership = new Membership({ sessionClock: now, ...options, keys, pasted: pasted(), now, participants, chat, files, outage, consent, gestures })
      door = { topic, secret, ...membership.door() }
      state.value = { phase: 'joined', topic, isPrivate, link: formatLink(origin, { topic, secret }) }
      options.onEntered?.({ topic, secret })
      return null
    } catch (error) {
      log.warn('the room could not be entered', error)
      if (attempt !== current) return null
      toLobby()
      return 'network-failed'
    }
  }

  return {
    state,
    participants,
    outage,
    chat,
    files,
    self: network.self,
    gestures: gestures.view,
    recording: recordingView(consent, () => membership?.recordings),
    async join(topicText, secret) {
      const room = parseRoom(topicText, secret)
      if ('error' in room) return room.error
      if (signal.aborted) return 'network-failed'
      resetMarks()
      markOnce('join')
      if (state.peek().phase !== 'lobby') void leave()
      return await enter(room.topic, room.secret)
    },
    leave,
    say: (text) => membership?.say(text) ?? false,
    prepare(topicText, secret) {
      const room = parseRoom(topicText, secret)
      // A further derivation ends the one before it, which must not be the one that a join waits for.
      if ('error' in room || state.peek().phase !== 'lobby') return
      keyRing.derive(room.topic, room.secret).catch((error: unknown) => log.debug('nothing prepared', error))
    },
    look(topicText, secretText, lifetime) {
      const room = parseRoom(topicText, secretText)
      if ('error' in room) return makeSignal(null)
      const ended = AbortSignal.any([signal, lifetime.signal])
      return later(deriveIdly(room.topic, room.secret, ended).then((keys) =>
        ended.aborted ? null : lookInto({ network, keys, reach: options.reach, now, signal: ended })))
    },
    door: () => door,
    abandon: () => void leave(),
    networkChanged: () => membership?.networkChanged(),
  }
}

/** Follows a view that is still being made; null until it is, and when it cannot be. */
function later(made: Promise<ReadonlySignal<Sighting> | null>): ReadonlySignal<Sighting> {
  const view = makeSignal<ReadonlySignal<Sighting> | null>(null)
  made.then((found) => { view.value = found }, (error: unknown) => log.debug('nothing to look at', error))
  return computed(() => view.value?.value ?? null)
}

function parseRoom(topicText: string, secretText: string): { topic: Topic, secret: string } | { error: ErrorCode } {
  try {
    const topic = parseTopic(topicText)
    const secret = secretText.trim()
    if (secret !== '') parseSecret(secret)
    return { topic, secret }
  } catch (error) {
    return { error: refusalToError(error) }
  }
}
