import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { CallViews, ErrorCode, LinkRequest, NewCall, Parley } from '../room/views.ts'
import { CodesRequest, JoinRequest, SettingsRequest } from './events.ts'
import { icon } from './icons.ts'
import { lobbyStyles } from './lobby-styles.ts'
import { errorLine } from './messages.ts'
import './network-status.ts'
import './device-setup.ts'
import './preview.ts'
import { base, buttons, fields } from './shared-styles.ts'
import type { Speaker } from './speaker.ts'
import { loadQuietly } from './load-quietly.ts'
import { lobbyStrings } from './lobby-strings.ts'
import { network, strings } from './strings.ts'

/** Keys of a public room take a second of work: they are made once the person has stopped typing this long, milliseconds. */
const TYPING_PAUSE_MS = 300

/**
 * Where a person gets ready: how do I look, what is my name, which call. Usable before the code for calls has loaded:
 * what comes with that shows until then what it contains here. Nothing typed leaves the page before Join is pressed.
 *
 * @fires join-request - Join or "new call" was pressed
 * @fires codes-request - somebody wants to connect without a relay
 * @fires settings-request - settings was pressed
 */
export class Lobby extends SignalWatcher(LitElement) {
  static override properties = {
    parley: { attribute: false },
    call: { attribute: false },
    speaker: { attribute: false },
    error: { attribute: false },
    busy: { type: Boolean },
    topic: { state: true },
    edited: { state: true },
    made: { state: true },
  }

  static override styles = [base, buttons, fields, lobbyStyles]

  declare parley: Parley
  declare speaker: Speaker
  /** Null while the code for calls is still loading. */
  declare call: CallViews | null
  /** Why the last join did not work. */
  declare error: ErrorCode | null
  /** A join is under way. */
  declare busy: boolean
  declare topic: string
  /** The topic is no longer the link's, and what was wrong with the link no longer matters. */
  declare edited: boolean
  /** The new call whose link is shown to be sent. */
  declare made: NewCall | null
  #link: LinkRequest | null = null
  #pause: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.call = null
    this.error = null
    this.busy = false
    this.topic = ''
    this.edited = false
    this.made = null
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#pause)
  }

  protected override willUpdate(): void {
    // Not worth a longer way to the first picture: one says nothing before the code for calls is there, the other often nothing.
    if (this.call !== null) loadQuietly(() => import('./who-is-there.ts'))
    if (this.parley.recent.rooms.value.length > 0) loadQuietly(() => import('./recent-calls.ts'))
    const link = this.parley.link.value
    if (link === this.#link) return
    this.#link = link
    this.topic = link.topic
    this.edited = false
    this.made = null
  }

  protected override render(): TemplateResult {
    const { settings, local } = this.parley
    const link = this.parley.link.value
    const name = settings.name.value
    return html`
      <header>
        <span class="brand"><img src="/icon.svg" alt="" width="30" height="30">${strings.product}</span>
        <parley-network-status .network=${this.call?.network ?? null}></parley-network-status>
      </header>
      <main>
        <parley-preview .local=${local} .name=${name}></parley-preview>
        <div class="desk">
          ${this.#newVersion()}
          ${this.#welcome(link)}
          ${this.#isGiven ? this.#whoIsThere() : nothing}
          ${this.#form(name, link.error)}
          <parley-trouble-offer .local=${local} .network=${this.call?.network ?? null}></parley-trouble-offer>
        </div>
        <parley-device-setup .local=${local} .settings=${settings} .speaker=${this.speaker}></parley-device-setup>
      </main>
      <section class="others" aria-label=${strings.lobby.others}>
        <parley-recent-calls .recent=${this.parley.recent} .busy=${this.busy}></parley-recent-calls>
        <details class="direct">
          <summary>${icon('phone')}${strings.direct.title}</summary>
          <parley-direct-call .call=${this.call}><p class="quiet">${network.loading}</p></parley-direct-call>
        </details>
        <div class="more">
          <button type="button" class="plain small" data-testid="codes" @click=${() => this.dispatchEvent(new CodesRequest())}>
            ${icon('code')}${strings.codes.title}</button>
          <button type="button" class="plain small" data-testid="settings" @click=${() => this.dispatchEvent(new SettingsRequest())}>
            ${icon('tune')}${strings.lobby.settings}</button>
          ${this.parley.program.canInstall.value ? html`
            <button type="button" class="plain small" data-testid="install" @click=${() => this.parley.program.install()}>
              ${icon('download')}${lobbyStrings.program.install}</button>` : nothing}
        </div>
      </section>`
  }

  /** Said here and never in a call, which loading the page anew would end. */
  #newVersion(): TemplateResult {
    return html`<div role="status">${this.parley.program.isOutdated.value ? html`<p class="version" data-testid="new-version">
      <span>${lobbyStrings.program.outdated}</span>
      <button type="button" class="small" @click=${() => this.parley.program.renew()}>${lobbyStrings.program.renew}</button></p>` : nothing}</div>`
  }

  #welcome(link: LinkRequest): TemplateResult {
    const { lobby } = strings
    if (this.made !== null) {
      return html`<h1>${lobby.made}</h1><p class="lead">${lobby.madeLead}</p>
        <parley-share-address class="made" data-testid="made" isLink .hook=${'new-link'} .value=${this.made.link} .label=${strings.call.link}>${this.made.link}</parley-share-address>`
    }
    return link.topic !== '' && link.error === null
      ? html`<h1>${lobby.invited(link.topic)}</h1><p class="lead">${lobby.invitedLead}</p>`
      : html`<h1>${lobby.title}</h1><p class="lead">${lobby.lead}</p>`
  }

  #form(name: string, linkError: ErrorCode | null): TemplateResult {
    const error = this.error ?? (this.edited ? null : linkError)
    const named = this.topic.trim() !== ''
    return html`<form @submit=${this.#onSubmit} novalidate>
      <div>
        <label for="name">${strings.lobby.name}</label>
        <input id="name" data-testid="name" autocomplete="name" placeholder=${strings.lobby.namePlaceholder} .value=${name}
          @input=${(event: InputEvent) => this.parley.settings.setName((event.target as HTMLInputElement).value)}>
      </div>
      <div>
        <label for="topic">${strings.lobby.topic}</label>
        <div class="row">
          <input id="topic" data-testid="topic" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="go"
            placeholder=${strings.lobby.topicPlaceholder} .value=${this.topic} aria-invalid=${error !== null}
            aria-describedby="topic-hint error" @input=${this.#onTopic}>
          <button class=${named ? 'primary' : ''} data-testid="join" ?disabled=${this.busy} aria-busy=${this.busy}>
            ${this.busy ? strings.lobby.joining : strings.lobby.join}</button>
        </div>
        <p class="hint quiet" id="topic-hint">${this.#hint(named)}</p>
        ${errorLine(error)}
        ${this.#isGiven ? nothing : this.#whoIsThere()}
      </div>
      ${this.#secret === '' ? html`
        <p class="or" aria-hidden="true"><span>${strings.lobby.or}</span></p>
        <button type="button" class=${named ? '' : 'primary'} data-testid="new-call" ?disabled=${this.busy} @click=${this.#onNewCall}>
          ${icon('lock')}${strings.lobby.newCall}</button>
        <button type="button" class="small plain" data-testid="new-link-first" ?disabled=${this.busy} @click=${this.#onNewLink}>
          ${icon('link')}${strings.lobby.newLink}</button>` : nothing}
    </form>`
  }

  #whoIsThere(): TemplateResult {
    // Who joins at once sees soon enough.
    const atOnce = this.#isGiven && !this.parley.link.peek().joinNow
    return html`<parley-who-is-there .call=${this.call} .topic=${this.topic.trim()} .secret=${this.#secret} .atOnce=${atOnce}></parley-who-is-there>`
  }

  #hint(named: boolean): TemplateResult {
    if (!named) return html`<span>${strings.lobby.topicHint}</span>`
    return this.#secret === ''
      ? html`${icon('globe')}<span>${strings.lobby.isPublic}</span>`
      : html`${icon('lock')}<span>${strings.lobby.isPrivate}</span>`
  }

  protected override firstUpdated(): void {
    // Not with an address that names a call: whoever comes back from the new one has had it.
    if (this.parley.opensNewCall && this.topic === '' && location.hash === '') this.#onNewLink()
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('error') && this.error !== null) this.renderRoot.querySelector<HTMLElement>('#topic')?.focus()
  }

  /** A secret belongs to its own topic: another name is another, public room. */
  get #secret(): string {
    const given = this.made ?? this.parley.link.peek()
    return this.topic === given.topic ? given.secret : ''
  }

  /** The call is the link's or the new one, and not one that is being typed. */
  get #isGiven(): boolean {
    const given = this.made ?? this.parley.link.peek()
    return this.topic !== '' && this.topic === given.topic
  }

  #onTopic = (event: InputEvent): void => {
    this.topic = (event.target as HTMLInputElement).value
    this.edited = true
    if (this.topic !== this.made?.topic) this.made = null
    this.error = null
    clearTimeout(this.#pause)
    this.#pause = setTimeout(() => this.call?.room.prepare(this.topic, this.#secret), TYPING_PAUSE_MS)
  }

  #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (!this.busy) this.dispatchEvent(new JoinRequest(this.topic, this.#secret))
  }

  #onNewLink = (): void => {
    const made = this.parley.newCall()
    this.made = made
    this.topic = made.topic
    this.error = null
    this.call?.room.prepare(made.topic, made.secret)
    // Whoever loads the page again finds the call that was sent to others.
    history.replaceState(null, '', new URL(made.link).hash)
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[data-testid=join]')?.focus())
  }

  #onNewCall = (): void => {
    const { topic, secret } = this.parley.newCall()
    this.dispatchEvent(new JoinRequest(topic, secret))
  }
}

customElements.define('parley-lobby', Lobby)
