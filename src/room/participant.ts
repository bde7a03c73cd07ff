import { computed, signal, type ReadonlySignal, type Signal } from '../util/signals.ts'
import { MAX_VIEW_PIXELS } from '../wire/index.ts'
import type { ControlMessage, MediaState, PeerKey, ViewSize } from '../wire/index.ts'
import type { Connection } from './connection.ts'
import type { LinkPhase, LinkQuality, RemoteMedia } from './ports.ts'
import type { Standing } from './presence-policy.ts'
import type { CandidatePairInfo, ParticipantState, ParticipantView } from './views.ts'

/** One other person: keeps the place on the screen while sessions and connections come and go behind it. */
export class Participant implements ParticipantView {
  readonly peer: PeerKey
  readonly state: ReadonlySignal<ParticipantState>
  readonly speaking: ReadonlySignal<boolean>
  readonly quality: ReadonlySignal<LinkQuality>
  /** Dialable addresses that the person gave last. */
  addresses: string[] = []
  readonly #connection: Signal<Connection>
  readonly #name: Signal<string>
  readonly #told = signal<MediaState | null>(null)
  readonly #cameraHeld = signal(false)
  readonly #wasConnected = signal(false)
  readonly #standing = signal<Standing>('here')
  readonly #unreachable = signal(false)
  #quoted = false
  #view: ControlMessage | null = null

  constructor(name: string, connection: Connection) {
    this.peer = connection.peer
    this.#name = signal(name)
    this.#connection = signal(connection)
    this.state = computed(() => {
      const { phase, remote, path } = this.#connection.value.link
      const media = this.#told.value ?? guessMedia(remote.value)
      const connection = this.#standing.value === 'away' ? 'away'
        : connectionState(phase.value, this.#wasConnected.value, this.#unreachable.value)
      return { name: this.#name.value, connection, path: path.value, media, cameraHeld: media.camera && this.#cameraHeld.value, ...remote.value }
    })
    // What still comes of somebody who has just muted is not said to us any more.
    this.speaking = computed(() => this.#connection.value.link.speaking.value && this.state.value.media.microphone)
    this.quality = computed(() => this.#connection.value.link.quality.value)
  }

  get connection(): Connection {
    return this.#connection.peek()
  }

  /** Continues with another session of the same person. */
  attach(connection: Connection): void {
    this.#told.value = null
    this.#cameraHeld.value = false
    this.#quoted = false
    this.#connection.value = connection
  }

  /** Whether the tile is off the list for the time being. */
  get isAway(): boolean {
    return this.#standing.peek() === 'away'
  }

  /** What the room makes of the connection. */
  settle(standing: Standing, isUnreachable: boolean): void {
    this.#standing.value = standing
    this.#unreachable.value = isUnreachable
  }

  follow(phase: LinkPhase): void {
    if (phase === 'connected') this.#wasConnected.value = true
  }

  rename(name: string): void {
    this.#name.value = name
  }

  /** The person tells what it sends. */
  tellMedia(media: MediaState): void {
    this.#told.value = media
  }

  /** The person tells whether its camera waits for a better path to us. */
  tellHeld(camera: boolean): void {
    this.#cameraHeld.value = camera
  }

  /** Whether the chat history that has just come may quote others: once in a session. */
  mayQuote(): boolean {
    const first = !this.#quoted
    this.#quoted = true
    return first
  }

  showAt(camera: ViewSize, screen: ViewSize): void {
    this.#view = { kind: 'view', camera: atMost(camera), screen: atMost(screen) }
    this.connection.tell(this.#view)
  }

  /** Bound, so that it can be handed on alone. */
  stats = async (): Promise<Iterable<unknown>> => [...(await this.connection.link.stats()).values()]

  candidatePairs(): Promise<CandidatePairInfo[]> {
    return this.connection.link.candidatePairs()
  }

  /** What a link that has just come up must be told again. */
  get view(): ControlMessage | null {
    return this.#view
  }
}

/** The control channel opens two round trips after media can flow; the first picture does not wait for its word. */
function guessMedia({ audio, camera, screen }: RemoteMedia): MediaState {
  return { microphone: audio !== null, camera: camera !== null, screen: screen !== null }
}

function connectionState(phase: LinkPhase, wasConnected: boolean, isUnreachable: boolean): ParticipantState['connection'] {
  if (phase === 'connected') return 'connected'
  if (isUnreachable) return 'unreachable'
  return wasConnected ? 'reconnecting' : 'connecting'
}

/** A window over several large screens has more pixels than may be asked for. */
function atMost({ width, height }: ViewSize): ViewSize {
  return { width: Math.min(width, MAX_VIEW_PIXELS), height: Math.min(height, MAX_VIEW_PIXELS) }
}
