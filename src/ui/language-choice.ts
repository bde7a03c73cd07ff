import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { SettingsView } from '../room/views.ts'
import { LANGUAGES, language, speak, type LanguageTag } from './language.ts'
import { base, fields } from './shared-styles.ts'
import { strings } from './strings.ts'

/** Lets a person choose the language of the page, which changes as soon as its words have come. */
export class LanguageChoice extends SignalWatcher(LitElement) {
  static override properties = { settings: { attribute: false }, failed: { state: true } }

  static override styles = [base, fields, css`
    :host { display: block; }
    .error { margin-top: var(--space-2); }
  `]

  declare settings: Pick<SettingsView, 'setLanguage'>
  /** The words of the language asked for could not be fetched. */
  declare failed: boolean

  constructor() {
    super()
    this.failed = false
  }

  protected override render(): TemplateResult {
    return html`<label for="language">${strings.devices.language}</label>
      <select id="language" data-testid="language" @change=${this.#onChange}>
        ${Object.entries(LANGUAGES).map(([tag, { name }]) => html`<option value=${tag} lang=${tag} .selected=${tag === language.value}>${name}</option>`)}
      </select>
      ${this.failed ? html`<p class="error" role="alert">${strings.trouble.notLoaded}</p>` : nothing}`
  }

  #onChange = async (event: Event): Promise<void> => {
    const select = event.target as HTMLSelectElement
    const tag = select.value as LanguageTag
    this.failed = false
    try {
      // Only the one that was chosen last is remembered, in whichever order their words come.
      if (await speak(tag)) this.settings.setLanguage(tag)
    } catch {
      this.failed = true
      select.value = language.peek()
    }
  }
}

customElements.define('parley-language-choice', LanguageChoice)
