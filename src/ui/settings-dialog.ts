import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, type TemplateResult } from 'lit'
import type { LocalMedia, RecentView, SettingsView } from '../room/views.ts'
import './device-select.ts'
import './effects-choice.ts'
import { DoctorRequest } from './events.ts'
import { icon } from './call-icons.ts'
import './language-choice.ts'
import './policy-choice.ts'
import './remember-choice.ts'
import { base, buttons } from './shared-styles.ts'
import './speaker-choice.ts'
import type { Speaker } from './speaker.ts'
import { strings } from './strings.ts'

/**
 * Lets a person change camera and microphone, what is done to sound and picture, and how a call travels.
 *
 * @fires doctor-request - somebody wants to know what is wrong
 * @fires close - the person closed it
 */
export class SettingsDialog extends SignalWatcher(LitElement) {
  static override properties = { local: { attribute: false }, recent: { attribute: false }, speaker: { attribute: false }, settings: { attribute: false } }

  static override styles = [base, buttons, css`
    :host { display: contents; }
    dialog { width: min(34rem, calc(100vw - 2rem)); padding: var(--space-5); border: 0; border-radius: var(--radius-large); background: var(--surface); color: var(--text); box-shadow: var(--shadow); }
    dialog::backdrop { background: rgb(10 14 12 / 55%); }
    h2 { font-size: 1.25rem; margin-bottom: var(--space-4); }
    parley-speaker-choice { margin-top: var(--space-4); }
    parley-effects-choice, parley-policy-choice, parley-language-choice, parley-remember-choice { display: block; margin-top: var(--space-5); padding-top: var(--space-4); border-top: 1px solid var(--line); }
    .actions { display: flex; flex-wrap: wrap; justify-content: space-between; gap: var(--space-3); margin-top: var(--space-5); }
    @media (max-width: 30rem) { .actions button { flex: 1 1 auto; } }
  `]

  declare local: LocalMedia
  declare settings: SettingsView
  declare recent: RecentView
  declare speaker: Speaker

  protected override firstUpdated(): void {
    this.#dialog?.showModal()
  }

  protected override render(): TemplateResult {
    const { camera, microphone } = this.local
    return html`<dialog aria-labelledby="title" @close=${() => this.dispatchEvent(new Event('close'))}>
      <h2 id="title">${strings.devices.settings}</h2>
      ${camera.value.phase === 'on' || microphone.value.phase === 'on'
        ? html`<parley-device-select .local=${this.local}></parley-device-select>`
        : html`<p class="quiet">${strings.devices.closed}</p>`}
      <parley-speaker-choice .local=${this.local} .settings=${this.settings} .speaker=${this.speaker}></parley-speaker-choice>
      <parley-effects-choice .local=${this.local} preview></parley-effects-choice>
      <parley-policy-choice .settings=${this.settings}></parley-policy-choice>
      <parley-language-choice .settings=${this.settings}></parley-language-choice>
      <parley-remember-choice .recent=${this.recent}></parley-remember-choice>
      <div class="actions">
        <button type="button" data-testid="doctor" @click=${this.#onDoctor}>${icon('check')}${strings.trouble.check}</button>
        <button type="button" class="primary" @click=${() => this.#dialog?.close()}>${strings.close}</button>
      </div>
    </dialog>`
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog')
  }

  #onDoctor = (): void => {
    this.#dialog?.close()
    this.dispatchEvent(new DoctorRequest())
  }
}

customElements.define('parley-settings-dialog', SettingsDialog)
