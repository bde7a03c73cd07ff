import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { LocalMedia, SettingsView } from '../room/views.ts'
import { playChime } from './chime.ts'
import { icon } from './call-icons.ts'
import { base, buttons, fields } from './shared-styles.ts'
import { canChooseSpeaker, speakersIn, type Speaker } from './speaker.ts'
import { lobbyStrings } from './lobby-strings.ts'
import { strings } from './strings.ts'

/** Firefox names loudspeakers one by one, as the person picks them; not in the compiler's types. */
interface PicksSpeakers {
  selectAudioOutput?(): Promise<MediaDeviceInfo>
}

/** Chooses where the others are heard, where the browser allows it, and plays a sound there. */
export class SpeakerChoice extends SignalWatcher(LitElement) {
  static override properties = { local: { attribute: false }, settings: { attribute: false }, speaker: { attribute: false }, playing: { state: true }, played: { state: true } }

  static override styles = [base, buttons, fields, css`
    :host { display: block; }
    .row { display: flex; flex-wrap: wrap; gap: var(--space-2); align-items: center; }
    .row select { flex: 1 1 9rem; width: auto; }
    .row button { min-height: 3rem; padding-inline: var(--space-4); font-size: 0.9375rem; }
    p { margin-block-start: var(--space-1); }
  `]

  declare local: LocalMedia
  declare settings: SettingsView
  declare speaker: Speaker
  declare playing: boolean
  declare played: boolean

  constructor() {
    super()
    this.playing = false
    this.played = false
  }

  protected override render(): TemplateResult {
    const { sound } = lobbyStrings
    const choosable = canChooseSpeaker() && (this.#speakers.length > 0 || this.#picker !== null)
    return html`
      ${choosable ? html`<label for="speaker">${sound.label}</label>` : nothing}
      <div class="row">
        ${choosable ? this.#select() : nothing}
        <button type="button" data-testid="test-speaker" ?disabled=${this.playing} @click=${this.#play}>${icon('sound')}${sound.test}</button>
      </div>
      <p role="status" class="quiet">${this.speaker.isLost.value ? sound.lost : this.played ? sound.heardIt : nothing}</p>`
  }

  #select(): TemplateResult {
    const { sound } = lobbyStrings
    const chosen = this.settings.speaker.value
    return html`<select id="speaker" data-testid="speaker" @change=${this.#onChange}>
      <option value="" ?selected=${chosen === ''}>${sound.system}</option>
      ${this.#speakers.map(({ deviceId, label }, index) => html`
        <option value=${deviceId} ?selected=${deviceId === chosen}>${label || strings.devices.unnamed(sound.label, index + 1)}</option>`)}
      ${this.#picker === null ? nothing : html`<option value="pick">${sound.other}</option>`}
    </select>`
  }

  get #speakers(): ReturnType<typeof speakersIn> {
    return speakersIn(this.local.devices.value)
  }

  get #picker(): (() => Promise<MediaDeviceInfo>) | null {
    const devices = navigator.mediaDevices as MediaDevices & PicksSpeakers | undefined
    const pick = devices?.selectAudioOutput
    return devices === undefined || pick === undefined ? null : () => pick.call(devices)
  }

  #onChange = async ({ target }: Event): Promise<void> => {
    const select = target as HTMLSelectElement
    this.played = false
    if (select.value !== 'pick' || this.#picker === null) return this.settings.setSpeaker(select.value)
    try {
      this.settings.setSpeaker((await this.#picker()).deviceId)
    } catch {
      // Closed without a choice: the one before stays.
      select.value = this.settings.speaker.peek()
    }
  }

  #play = async (): Promise<void> => {
    this.playing = true
    try {
      await playChime(this.speaker)
      this.played = true
    } catch {
      // A browser that plays nothing here; the person hears that nothing comes, and may choose another one.
      this.played = true
    } finally {
      this.playing = false
    }
  }
}

customElements.define('parley-speaker-choice', SpeakerChoice)
