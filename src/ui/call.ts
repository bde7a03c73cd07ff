import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, html, nothing, type TemplateResult } from 'lit'
import type { CallViews, LocalMedia, RoomState, SettingsView } from '../room/views.ts'
import { callStyles } from './call-styles.ts'
import './call-dialogs.ts'
import './chat/chat-news.ts'
import { Unread } from './chat/unread.ts'
import { Comings } from './comings.ts'
import type { ControlBar } from './control-bar.ts'
import './control-bar.ts'
import './device-notices.ts'
import type { Panel } from './controls.ts'
import { CodesRequest, type Announcement, type PanelToggle } from './events.ts'
import type { CallFiles } from './files/call-files.ts'
import './files/call-files.ts'
import './gestures/gesture-news.ts'
import { icon } from './call-icons.ts'
import { CallKeys } from './keys/call-keys.ts'
import { loadQuietly } from './load-quietly.ts'
import './keys/muted-hint.ts'
import type { ShortcutContext } from './keys/shortcuts.ts'
import './network-status.ts'
import './outage-banner.ts'
import { Playback } from './playback.ts'
import './recording-sign.ts'
import './share-address.ts'
import { base, buttons } from './shared-styles.ts'
import './sharing-banner.ts'
import './sound-watch.ts'
import type { Speaker } from './speaker.ts'
import './stage/stage.ts'
import type { VolumeRequest } from './stage/events.ts'
import { viewingOf, type Viewing } from './stage/viewing.ts'
import { SmallWindow } from './small/small-window.ts'
import { callStrings } from './call-strings.ts'
import { strings } from './strings.ts'
import type { Toasts } from './toasts.ts'
import './toasts.ts'
import { keepAwake } from './wake-lock.ts'

/** What stands beside the stage, and how its code comes. */
const PANELS: Record<Panel, () => Promise<unknown>> = { chat: () => import('./chat-panel.ts'), people: () => import('./stage/people-panel.ts') }

/** A joined call: tiles, controls, chat, and whoever comes and goes announced. */
export class Call extends SignalWatcher(LitElement) {
  static override properties = {
    local: { attribute: false },
    views: { attribute: false },
    state: { attribute: false },
    settings: { attribute: false },
    name: {},
    speaker: { attribute: false },
    panel: { state: true },
  }

  static override styles = [base, buttons, callStyles]

  declare local: LocalMedia
  declare views: CallViews
  declare state: Extract<RoomState, { phase: 'joined' }>
  declare settings: SettingsView
  /** Our own name. */
  declare name: string
  declare speaker: Speaker
  /** What stands beside the stage. */
  declare panel: Panel | null
  #connected = new AbortController()
  #keys!: CallKeys
  #small!: SmallWindow
  readonly #comings = new Comings((sentence) => this.#toasts?.say(sentence))
  #playing: Playback | undefined
  readonly #lines = new Unread()

  constructor() {
    super()
    this.panel = null
    this.addEventListener('announcement', (event: Announcement) => this.#toasts?.say(event.sentence))
    this.addEventListener('panel-toggle', ({ panel }: PanelToggle) => void this.#toggle(panel))
    this.addEventListener('volume-request', ({ peer }: VolumeRequest) => {
      this.viewing.showVolume(peer)
      if (this.panel !== 'people') void this.#toggle('people')
    })
  }

  protected override willUpdate(): void {
    if (this.panel === 'chat') this.#lines.see(this.views.room.chat.value)
  }

  protected override render(): TemplateResult {
    const { room, network } = this.views
    const alone = room.participants.value.length === 0
    return html`
      <header>
        ${icon(this.state.isPrivate ? 'lock' : 'globe')}
        <div class="what">
          <h1 tabindex="-1" dir="auto" title=${this.state.isPrivate ? callStrings.call.isPrivate : callStrings.call.isPublic}>${this.state.topic}</h1>
          <button type="button" class="small plain count" data-testid="people-count" aria-expanded=${this.panel === 'people'} title=${callStrings.call.showPeople}
            @click=${() => this.#toggle('people')}>${callStrings.call.people(room.participants.value.length + 1)}</button>
        </div>
        <parley-network-status terse .network=${network}></parley-network-status>
      </header>
      <parley-recording-sign .views=${this.views}></parley-recording-sign>
      <main data-testid="call" aria-label=${callStrings.call.label} class="${alone ? 'alone' : ''} ${this.panel === null ? '' : 'beside'}">
        <div class="scene">
          <parley-stage .local=${this.local} .room=${room} .playback=${this.#playback} .viewing=${this.viewing} .name=${this.name}></parley-stage>
          <parley-toasts></parley-toasts>
          <parley-outage-banner .outage=${room.outage} @leave-request=${this.#leave}></parley-outage-banner>
          ${this.#playback.blocked.value ? html`<button type="button" class="primary hear" data-testid="tap-to-hear"
            @click=${() => this.#playback.retry()}>${icon('sound')}${callStrings.call.tapToHear}</button>` : nothing}
        </div>
        ${alone ? this.#invitation() : nothing}
        ${this.panel === 'people' ? html`<parley-people-panel class="panel" .room=${room} .local=${this.local} .viewing=${this.viewing} .name=${this.name}
          @close-request=${() => this.#toggle('people')}></parley-people-panel>` : nothing}
        ${this.panel === 'chat' ? html`<parley-chat-panel class="panel" .room=${room} .name=${this.name} @close-request=${() => this.#toggle('chat')}></parley-chat-panel>` : nothing}
      </main>
      <footer>
        <parley-sharing-banner .local=${this.local}></parley-sharing-banner>
        <parley-trouble-offer .local=${this.local} .network=${network} .people=${room.participants}></parley-trouble-offer>
        <parley-device-notices .local=${this.local}></parley-device-notices>
        <parley-sound-watch .local=${this.local} .speaker=${this.speaker}></parley-sound-watch>
        <parley-muted-hint .local=${this.local} .talking=${this.#keys.pushToTalk.talking}></parley-muted-hint>
        <parley-control-bar role="group" aria-label=${callStrings.controls.label} .local=${this.local} .views=${this.views} .viewing=${this.viewing} .settings=${this.settings} .small=${this.#small}
          .panel=${this.panel} .unread=${this.#unread} @leave-request=${this.#leave}></parley-control-bar>
      </footer>
      <parley-gesture-news .room=${room}></parley-gesture-news>
      <parley-chat-news .room=${room} .chatOpen=${this.panel === 'chat'}></parley-chat-news>
      <parley-call-files .room=${room} .chatOpen=${this.panel === 'chat'}></parley-call-files>
      <parley-call-dialogs .link=${this.state.link} .views=${this.views} .context=${this.#context} .settings=${this.settings}></parley-call-dialogs>`
  }

  #invitation(): TemplateResult {
    return html`<section class="invitation">
      <h2>${callStrings.call.alone}</h2>
      <p>${callStrings.call.aloneLead}</p>
      <parley-share-address isLink .value=${this.state.link} .label=${strings.call.link}></parley-share-address>
      <button type="button" class="small plain" @click=${() => this.dispatchEvent(new CodesRequest())}>
        ${icon('code')}${strings.codes.titleInCall}</button>
    </section>`
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#connected = new AbortController()
    keepAwake(this.#connected)
    this.#small = new SmallWindow({ views: this.views, local: this.local, audioOnly: this.viewing.audioOnly, leave: () => this.#leave(), say: (sentence) => this.#toasts?.say(sentence), signal: this.#connected.signal })
    this.#keys = new CallKeys({ ...this.#context, enabled: () => this.settings.shortcuts.peek(), signal: this.#connected.signal })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#connected.abort()
    this.#comings.stop()
  }

  get #context(): ShortcutContext {
    return { views: this.views, local: this.local, small: this.#small, viewing: this.viewing, ask: (event) => this.dispatchEvent(event) }
  }

  protected override firstUpdated(): void {
    // The lobby is gone and the focus with it: a screen reader goes on from here.
    this.renderRoot.querySelector('h1')?.focus()
    // Beside the first faces, and before the server can be gone.
    for (const load of Object.values(PANELS)) loadQuietly(load)
  }

  protected override updated(): void {
    this.#comings.look(this.views.room.participants.value)
  }

  get viewing(): Viewing {
    return viewingOf(this.settings, this.local)
  }

  get #playback(): Playback {
    return this.#playing ??= new Playback(this.speaker)
  }

  get #unread(): number {
    const { chat, self } = this.views.room
    return this.#lines.count(chat.value, self)
  }

  get #toasts(): Toasts | null {
    return this.renderRoot.querySelector('parley-toasts')
  }

  /** Files on their way break off, so the person is asked. */
  #leave = (): void => this.renderRoot.querySelector<CallFiles>('parley-call-files')?.leave()

  async #toggle(panel: Panel): Promise<void> {
    const next = this.panel === panel ? null : panel
    if (next !== null && !await this.#load(next)) return
    this.panel = next
    await this.updateComplete
    if (next !== null) return
    if (panel === 'people') this.renderRoot.querySelector<HTMLElement>('.count')?.focus()
    else this.renderRoot.querySelector<ControlBar>('parley-control-bar')?.focusControl(`${panel}-toggle`)
  }

  async #load(panel: Panel): Promise<boolean> {
    try {
      await PANELS[panel]()
      return true
    } catch {
      // Why is for the doctor to find out; here it matters that the server did not bring it.
      this.#toasts?.say(strings.trouble.notLoaded)
      return false
    }
  }
}

customElements.define('parley-call', Call)
