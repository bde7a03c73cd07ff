import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, html, nothing, type TemplateResult } from 'lit'
import type { CallViews, LocalMedia, ParticipantView, RoomState, SettingsView } from '../room/views.ts'
import { callStyles } from './call-styles.ts'
import './call-dialogs.ts'
import './chat-panel.ts'
import type { ControlBar } from './control-bar.ts'
import './control-bar.ts'
import './device-notices.ts'
import type { Panel } from './controls.ts'
import { CodesRequest, type Announcement, type PanelToggle } from './events.ts'
import type { CallFiles } from './files/call-files.ts'
import './files/call-files.ts'
import './gestures/gesture-news.ts'
import { icon } from './icons.ts'
import { CallKeys } from './keys/call-keys.ts'
import './keys/muted-hint.ts'
import type { ShortcutContext } from './keys/shortcuts.ts'
import './network-status.ts'
import './outage-banner.ts'
import { displayName } from './people.ts'
import { Playback } from './playback.ts'
import { rosterChanges } from './roster.ts'
import './share-address.ts'
import { base, buttons } from './shared-styles.ts'
import './sharing-banner.ts'
import './stage/stage.ts'
import type { Viewing } from './stage/viewing.ts'
import { strings } from './strings.ts'
import type { Toasts } from './toasts.ts'
import './toasts.ts'
import { keepAwake } from './wake-lock.ts'

/** A joined call: tiles, controls, chat, and whoever comes and goes announced. */
export class Call extends SignalWatcher(LitElement) {
  static override properties = {
    local: { attribute: false },
    views: { attribute: false },
    state: { attribute: false },
    settings: { attribute: false },
    name: {},
    viewing: { attribute: false },
    panel: { state: true },
  }

  static override styles = [base, buttons, callStyles]

  declare local: LocalMedia
  declare views: CallViews
  declare state: Extract<RoomState, { phase: 'joined' }>
  declare settings: SettingsView
  /** Our own name. */
  declare name: string
  declare viewing: Viewing
  /** What stands beside the stage. */
  declare panel: Panel | null
  readonly #playback = new Playback()
  #connected = new AbortController()
  #keys!: CallKeys
  #roster: readonly ParticipantView[] = []
  #linesSeen = 0

  constructor() {
    super()
    this.panel = null
    this.addEventListener('announcement', (event: Announcement) => this.#toasts?.say(event.sentence))
    this.addEventListener('panel-toggle', ({ panel }: PanelToggle) => void this.#toggle(panel))
  }

  protected override willUpdate(): void {
    if (this.panel === 'chat') this.#linesSeen = this.views.room.chat.value.length
  }

  protected override render(): TemplateResult {
    const { room, network } = this.views
    const alone = room.participants.value.length === 0
    return html`
      <header>
        ${icon(this.state.isPrivate ? 'lock' : 'globe')}
        <div class="what">
          <h1 tabindex="-1" dir="auto" title=${this.state.isPrivate ? strings.call.isPrivate : strings.call.isPublic}>${this.state.topic}</h1>
          <span class="quiet">${strings.call.people(room.participants.value.length + 1)}</span>
        </div>
        <parley-network-status terse .network=${network}></parley-network-status>
      </header>
      <main data-testid="call" aria-label=${strings.call.label} class="${alone ? 'alone' : ''} ${this.panel === null ? '' : 'beside'}">
        <div class="scene">
          <parley-stage .local=${this.local} .room=${room} .playback=${this.#playback} .viewing=${this.viewing} .name=${this.name}></parley-stage>
          <parley-toasts></parley-toasts>
          <parley-outage-banner .outage=${room.outage} @leave-request=${this.#leave}></parley-outage-banner>
          ${this.#playback.blocked.value ? html`<button type="button" class="primary hear" data-testid="tap-to-hear"
            @click=${() => this.#playback.retry()}>${icon('sound')}${strings.call.tapToHear}</button>` : nothing}
        </div>
        ${alone ? this.#invitation() : nothing}
        ${this.panel === 'chat' ? html`<parley-chat-panel class="panel" .room=${room} .name=${this.name} @close-request=${() => this.#toggle('chat')}></parley-chat-panel>` : nothing}
      </main>
      <footer>
        <parley-sharing-banner .local=${this.local}></parley-sharing-banner>
        <parley-trouble-offer .local=${this.local} .network=${network} .people=${room.participants}></parley-trouble-offer>
        <parley-device-notices .local=${this.local}></parley-device-notices>
        <parley-muted-hint .local=${this.local} .talking=${this.#keys.pushToTalk.talking}></parley-muted-hint>
        <parley-control-bar role="group" aria-label=${strings.controls.label} .local=${this.local} .views=${this.views} .viewing=${this.viewing} .settings=${this.settings}
          .panel=${this.panel} .unread=${this.#unread} @leave-request=${this.#leave}></parley-control-bar>
      </footer>
      <parley-gesture-news .room=${room}></parley-gesture-news>
      <parley-call-files .room=${room} .chatOpen=${this.panel === 'chat'}></parley-call-files>
      <parley-call-dialogs .link=${this.state.link} .context=${this.#context} .settings=${this.settings}></parley-call-dialogs>`
  }

  #invitation(): TemplateResult {
    return html`<section class="invitation">
      <h2>${strings.call.alone}</h2>
      <p>${strings.call.aloneLead}</p>
      <parley-share-address isLink .value=${this.state.link} .label=${strings.call.link}></parley-share-address>
      <button type="button" class="small plain" @click=${() => this.dispatchEvent(new CodesRequest())}>
        ${icon('code')}${strings.codes.titleInCall}</button>
    </section>`
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#connected = new AbortController()
    keepAwake(this.#connected)
    this.#keys = new CallKeys({ ...this.#context, enabled: () => this.settings.shortcuts.peek(), signal: this.#connected.signal })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#connected.abort()
  }

  get #context(): ShortcutContext {
    return { views: this.views, local: this.local, ask: (event) => this.dispatchEvent(event) }
  }

  protected override firstUpdated(): void {
    // The lobby is gone and the focus with it: a screen reader goes on from here.
    this.renderRoot.querySelector('h1')?.focus()
  }

  protected override updated(): void {
    const now = this.views.room.participants.value
    const { came, went } = rosterChanges(this.#roster, now)
    this.#roster = now
    const names = (people: ParticipantView[]): string[] => people.map(({ state }) => displayName(state.peek().name))
    if (came.length > 0) this.#toasts?.say(strings.call.here(names(came)))
    const isAway = ({ state }: ParticipantView): boolean => state.peek().connection === 'away'
    const lost = went.filter(isAway)
    const left = went.filter((person) => !isAway(person))
    if (lost.length > 0) this.#toasts?.say(strings.call.lost(names(lost)))
    if (left.length > 0) this.#toasts?.say(strings.call.left(names(left)))
  }

  get #unread(): number {
    const { chat, self } = this.views.room
    return chat.value.slice(this.#linesSeen).filter(({ author }) => author !== self).length
  }

  get #toasts(): Toasts | null {
    return this.renderRoot.querySelector('parley-toasts')
  }

  /** Files on their way break off, so the person is asked. */
  #leave = (): void => this.renderRoot.querySelector<CallFiles>('parley-call-files')?.leave()

  async #toggle(panel: Panel): Promise<void> {
    this.panel = this.panel === panel ? null : panel
    await this.updateComplete
    if (this.panel === null) this.renderRoot.querySelector<ControlBar>('parley-control-bar')?.focusControl(`${panel}-toggle`)
  }
}

customElements.define('parley-call', Call)
