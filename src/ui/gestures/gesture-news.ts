import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, type TemplateResult } from 'lit'
import type { PeerKey, Reaction, RoomView } from '../../room/views.ts'
import { Announcement } from '../events.ts'
import { displayName } from '../people.ts'
import { base } from '../shared-styles.ts'
import { reactionName } from './reactions.ts'
import { controlStrings } from '../control-strings.ts'

/** Reactions come in swarms: they are read out together, this long after the first, milliseconds. */
const GATHER_MS = 1_500

/**
 * Says whose hand goes up, and reads reactions out for those who do not see them. Shows nothing itself.
 *
 * @fires announcement - somebody has raised a hand
 */
export class GestureNews extends SignalWatcher(LitElement) {
  static override properties = { room: { attribute: false }, spoken: { state: true } }

  static override styles = [base, css`:host { position: absolute; }`]

  declare room: RoomView
  declare spoken: string
  #hands: readonly PeerKey[] = []
  #lastId = 0
  #gathered = new Map<Reaction, Set<string>>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.spoken = ''
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  protected override render(): TemplateResult {
    const { gestures } = this.room
    void gestures.hands.value
    void gestures.reactions.value
    return html`<p class="visually-hidden" aria-live="polite" data-testid="spoken-reactions">${this.spoken}</p>`
  }

  protected override updated(): void {
    const { gestures, self } = this.room
    const hands = gestures.hands.peek()
    for (const peer of hands) {
      if (peer !== self && !this.#hands.includes(peer)) this.dispatchEvent(new Announcement(controlStrings.hands.raised(this.#nameOf(peer))))
    }
    this.#hands = hands
    for (const { id, peer, reaction } of gestures.reactions.peek()) {
      if (id <= this.#lastId) continue
      this.#lastId = id
      // One's own is not news.
      if (peer !== self) this.#gather(reaction, this.#nameOf(peer))
    }
  }

  #gather(reaction: Reaction, name: string): void {
    const names = this.#gathered.get(reaction) ?? new Set()
    this.#gathered.set(reaction, names.add(name))
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.spoken = [...this.#gathered].map(([each, of]) => controlStrings.reactions.by([...of], reactionName(each))).join(' ')
      this.#gathered = new Map()
    }, GATHER_MS)
  }

  #nameOf(of: PeerKey): string {
    const person = this.room.participants.peek().find(({ peer }) => peer === of)
    return displayName(person?.state.peek().name ?? '')
  }
}

customElements.define('parley-gesture-news', GestureNews)
