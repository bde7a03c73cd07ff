import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { LocalMedia } from '../room/views.ts'
import './device-select.ts'
import { base, buttons } from './shared-styles.ts'
import { strings } from './strings.ts'

/** Lets a person change camera or microphone during a call. */
export class SettingsDialog extends SignalWatcher(LitElement) {
  static override properties = { local: { attribute: false }, open: { state: true } }

  static override styles = [base, buttons, css`
    :host { display: contents; }
    dialog { width: min(34rem, calc(100vw - 2rem)); padding: var(--space-5); border: 0; border-radius: var(--radius-large); background: var(--surface); color: var(--text); box-shadow: var(--shadow); }
    dialog::backdrop { background: rgb(10 14 12 / 55%); }
    h2 { font-size: 1.25rem; margin-bottom: var(--space-4); }
    button { margin-top: var(--space-5); float: right; }
  `]

  declare local: LocalMedia
  declare open: boolean

  constructor() {
    super()
    this.open = false
  }

  /** Opens the dialog; the person closes it. */
  async show(): Promise<void> {
    this.open = true
    await this.updateComplete
    this.#dialog?.showModal()
  }

  protected override render(): TemplateResult {
    // Closed, it is empty: a level meter that nobody sees should not be drawn.
    return html`<dialog aria-labelledby="title" @close=${() => { this.open = false }}>${this.open ? this.#content() : nothing}</dialog>`
  }

  #content(): TemplateResult {
    const { camera, microphone } = this.local
    return html`
      <h2 id="title">${strings.devices.settings}</h2>
      ${camera.value.phase === 'on' || microphone.value.phase === 'on'
        ? html`<parley-device-select .local=${this.local}></parley-device-select>`
        : html`<p class="quiet">${strings.devices.closed}</p>`}
      <button type="button" @click=${() => this.#dialog?.close()}>${strings.close}</button>`
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog')
  }
}

customElements.define('parley-settings-dialog', SettingsDialog)
