import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { CallViews, ErrorCode, LinkRequest, Parley, RoomState } from '../room/views.ts'
import { resetMarks } from '../util/marks.ts'
import { computed } from '../util/signals.ts'
import type { JoinRequest } from './events.ts'
import { preferredLanguage, speak } from './language.ts'
import { loadCodes, loadCodesAhead } from './load-codes.ts'
import { loadQuietly } from './load-quietly.ts'
import './lobby.ts'
import { displayName } from './people.ts'
import { present } from './present.ts'
import { base } from './shared-styles.ts'
import { errors, strings } from './strings.ts'
import { Speaker } from './speaker.ts'
import './toasts.ts'
import { tokens } from './tokens.ts'

/** The whole interface: lobby or call, by the room's state, and whoever rings. */
export class App extends SignalWatcher(LitElement) {
  static override properties = { parley: { attribute: false }, busy: { state: true }, error: { state: true }, codes: { state: true }, doctor: { state: true }, settings: { state: true }, speaks: { state: true } }

  static override styles = [tokens, base, css`
    :host { display: block; height: 100%; background: var(--background); overflow: auto; }
    parley-lobby { min-height: 100%; }
    parley-toasts { position: fixed; inset: var(--space-4) var(--space-4) auto; }
  `]

  /** Null until the program has started. */
  declare parley: Parley | null
  declare busy: boolean
  declare error: ErrorCode | null
  /** What the dialog for codes was opened with; null when it is closed. */
  declare codes: { text: string, inCall: boolean } | null
  /** Whether the examination is on the screen. */
  declare doctor: boolean
  /** Whether the settings are. */
  declare settings: boolean
  /** Whether the words have come that the page is to begin with. */
  declare speaks: boolean
  #followed: LinkRequest | null = null
  #made: Speaker | null = null
  #wasJoined = false
  /** The code for calls has loaded. */
  #isReady = false

  constructor() {
    super()
    this.parley = null
    this.busy = false
    this.error = null
    this.codes = null
    this.doctor = false
    this.settings = false
    this.speaks = false
    this.addEventListener('settings-request', () => void this.#openSettings())
    this.addEventListener('doctor-request', () => void this.#openDoctor())
    this.addEventListener('codes-request', () => void this.#openCodes(''))
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.parley === null) return
    if (changed.has('parley')) void this.#speak(this.parley)
    const joined = this.parley.call.value?.room.state.value.phase === 'joined'
    // Nothing that one is to see or hear in the call, and who leaves it may have no server any more.
    if (joined) loadQuietly(() => import('./call-summary.ts'))
    if (this.#wasJoined && !joined) resetMarks()
    this.#wasJoined = joined
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.parley === null || !this.speaks) return nothing
    const call = this.parley.call.value
    const state: RoomState = call?.room.state.value ?? { phase: 'lobby' }
    return html`
      ${call !== null && state.phase === 'joined' ? this.#call(this.parley, call, state) : html`
        <parley-call-summary .summary=${call?.summary.value ?? null}></parley-call-summary>
        <parley-lobby .parley=${this.parley} .speaker=${this.#speaker} .call=${call} .error=${this.error ?? this.parley.failure.value} .busy=${this.busy || state.phase === 'joining'}
          @join-request=${(event: JoinRequest) => this.#join(event.topic, event.secret)}></parley-lobby>`}
      ${call === null ? nothing : html`
        <parley-ring-dialog .ring=${call.ring} .inCall=${state.phase !== 'lobby'}></parley-ring-dialog>`}
      <parley-toasts></parley-toasts>
      ${this.settings ? html`<parley-settings-dialog .local=${this.parley.local} .settings=${this.parley.settings} .recent=${this.parley.recent} .speaker=${this.#speaker}
        @close=${() => { this.settings = false }}></parley-settings-dialog>` : nothing}
      ${this.doctor ? html`<parley-doctor-dialog .parley=${this.parley} @close=${() => { this.doctor = false }}></parley-doctor-dialog>` : nothing}
      ${call === null || this.codes === null ? nothing : html`
        <parley-code-dialog .codes=${call.codes} .text=${this.codes.text} .inCall=${this.codes.inCall} @close=${() => { this.codes = null }}></parley-code-dialog>`}`
  }

  /** Whoever changes it, the same for all that is heard. */
  get #speaker(): Speaker | null {
    if (this.parley !== null) this.#made ??= new Speaker(this.parley.settings, this.parley.local)
    return this.#made
  }

  #call({ local, settings }: Parley, views: CallViews, state: Extract<RoomState, { phase: 'joined' }>): TemplateResult {
    return html`<parley-call .local=${local} .speaker=${this.#speaker} .views=${views} .state=${state} .settings=${settings} .name=${settings.name.value}></parley-call>`
  }

  protected override updated(): void {
    if (this.parley === null) return
    document.title = this.#title(this.parley)
    if (this.parley.call.value !== null && !this.#isReady) loadCodesAhead()
    this.#isReady = this.parley.call.value !== null
    const link = this.parley.link.value
    if (link === this.#followed) return
    this.#followed = link
    // Not from inside the update: what this starts writes signals that the update may have read.
    if (link.code !== '') void this.#openCodes(link.code)
    if (link.joinNow && link.error === null) void this.updateComplete.then(() => this.#joinAtOnce(link))
  }

  #title({ call }: Parley): string {
    const incoming = call.value?.ring.incoming.value ?? null
    if (incoming !== null) return strings.ring.title(displayName(incoming.name))
    const state = call.value?.room.state.value
    return state?.phase === 'joined' ? `${state.topic} – ${strings.product}` : strings.product
  }

  /** The page waits for its first words rather than change before the reader's eyes. */
  async #speak({ settings }: Parley): Promise<void> {
    try {
      await speak(preferredLanguage(settings.language.peek(), navigator.languages))
      this.speaks = true
    } catch {
      // The page's server is gone before it has brought them: English is here already.
      this.speaks = true
      await this.updateComplete
      this.#say(strings.trouble.notLoaded)
    }
  }

  #say(sentence: string): void {
    this.renderRoot.querySelector('parley-toasts')?.say(sentence)
  }

  async #openSettings(): Promise<void> {
    this.settings = await this.#load(() => import('./settings-dialog.ts'))
  }

  async #openDoctor(): Promise<void> {
    this.doctor = await this.#load(() => import('./doctor-dialog.ts'))
  }

  /** Loads what most calls never need; false, after a word about it, when the network does not bring it. */
  async #load(code: () => Promise<unknown>): Promise<boolean> {
    try {
      await code()
      return true
    } catch {
      // Why is what the person may want to find out next; that the server cannot be reached is what matters here.
      this.#say(strings.trouble.notLoaded)
      return false
    }
  }

  async #openCodes(text: string): Promise<void> {
    if (this.parley === null) return
    try {
      const [call] = await Promise.all([present(this.parley.call), loadCodes()])
      this.codes = { text, inCall: call.room.state.peek().phase === 'joined' }
    } catch {
      // The page's server is gone before it has brought the code.
      this.#say(errors['code-failed'])
    }
  }

  async #joinAtOnce(link: LinkRequest): Promise<void> {
    const local = this.parley?.local
    // In parallel: who waits for a permission is already in the room, to be seen as soon as it is given.
    await Promise.all([this.#join(link.topic, link.secret), local?.openCamera(), local?.openMicrophone()])
  }

  async #join(topic: string, secret: string): Promise<void> {
    if (this.parley === null || this.busy) return
    this.busy = true
    this.error = null
    try {
      const { call, failure } = this.parley
      const ready = await present(computed(() => call.value ?? failure.value))
      this.error = typeof ready === 'string' ? ready : await ready.room.join(topic, secret)
    } finally {
      this.busy = false
    }
  }
}

customElements.define('parley-app', App)

declare global {
  interface HTMLElementTagNameMap {
    'parley-app': App
  }
}
