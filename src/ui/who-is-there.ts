import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { CallViews, Sighting } from '../room/views.ts'
import type { ReadonlySignal } from '../util/signals.ts'
import { icon } from './call-icons.ts'
import { displayName } from './people.ts'
import { base, buttons } from './shared-styles.ts'
import { strings } from './strings.ts'

/** So many are named; of the others it is said how many they are. */
const MAX_NAMED = 4

/**
 * Says who is in a call before it is entered. A call that somebody was invited to is looked at by itself; of one whose name
 * is being typed the network learns nothing until somebody asks.
 */
export class WhoIsThere extends SignalWatcher(LitElement) {
  static override properties = { call: { attribute: false }, topic: {}, secret: {}, atOnce: { type: Boolean }, asked: { state: true }, sighting: { state: true } }

  static override styles = [base, buttons, css`
    :host { display: block; }
    p { display: flex; align-items: center; gap: var(--space-2); min-height: 2.25rem; overflow-wrap: anywhere; }
    .some { font-weight: 600; color: var(--accent); }
    button.small { padding-inline: var(--space-3); margin-inline-start: calc(-1 * var(--space-3)); }
  `]

  /** Null while the code for calls is still loading. */
  declare call: CallViews | null
  declare topic: string
  /** Empty for a public room. */
  declare secret: string
  /** Looks without being asked to. */
  declare atOnce: boolean
  declare asked: boolean
  declare sighting: ReadonlySignal<Sighting> | null
  #looking: AbortController | undefined
  #listening = new AbortController()

  constructor() {
    super()
    this.call = null
    this.topic = ''
    this.secret = ''
    this.atOnce = false
    this.asked = false
    this.sighting = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#listening = new AbortController()
    // Nobody reads it while the page is hidden, and relays should not be asked in vain.
    document.addEventListener('visibilitychange', () => this.#look(), { signal: this.#listening.signal })
    if (this.hasUpdated) this.#look()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#listening.abort()
    this.#stop()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('topic') || changed.has('secret')) this.asked = false
    if (changed.has('topic') || changed.has('secret') || changed.has('call') || changed.has('atOnce')) this.#look()
  }

  protected override render(): TemplateResult {
    return html`<div role="status" data-testid="who-is-there">${this.#sentence(this.sighting?.value ?? null)}</div>`
  }

  #sentence(names: Sighting): TemplateResult | typeof nothing {
    const { lobby } = strings
    if (this.sighting === null) {
      return this.call === null || this.topic === '' ? nothing : html`
        <button type="button" class="small plain" data-testid="ask-who" @click=${this.#onAsk}>${icon('people')}${lobby.whoIsThere}</button>`
    }
    if (names === null) return this.asked ? html`<p class="quiet">${lobby.looking}</p>` : nothing
    if (names.length === 0) return html`<p class="quiet">${icon('people')}${lobby.nobodyThere}</p>`
    const named = names.slice(0, names.length > MAX_NAMED ? MAX_NAMED - 1 : MAX_NAMED).map(displayName)
    return html`<p class="some">${icon('people')}<span>${lobby.areThere(named, names.length - named.length)}</span></p>`
  }

  #onAsk = (): void => {
    this.asked = true
    this.#look()
  }

  #look(): void {
    this.#stop()
    const { call, topic, secret } = this
    if (call === null || topic === '' || document.hidden || !(this.atOnce || this.asked)) return
    this.#looking = new AbortController()
    this.sighting = call.room.look(topic, secret, { signal: this.#looking.signal })
  }

  #stop(): void {
    this.#looking?.abort()
    this.#looking = undefined
    this.sighting = null
  }
}

customElements.define('parley-who-is-there', WhoIsThere)
