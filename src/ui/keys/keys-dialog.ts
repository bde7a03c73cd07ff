import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { SettingsView } from '../../room/views.ts'
import { dialogStyles } from '../dialog-styles.ts'
import { base, buttons } from '../shared-styles.ts'
import { strings } from '../strings.ts'
import { shortcutsOf, type ShortcutContext } from './shortcuts.ts'
import { controlStrings } from '../control-strings.ts'

/**
 * The keys of a call, and a switch for those whom they disturb.
 *
 * @fires close - the person closed it
 */
export class KeysDialog extends SignalWatcher(LitElement) {
  static override properties = { context: { attribute: false }, settings: { attribute: false } }

  static override styles = [base, buttons, dialogStyles, css`
    dialog { width: min(26rem, calc(100vw - 2rem)); }
    dl { margin: 0; display: grid; grid-template-columns: 1fr auto; gap: var(--space-2) var(--space-4); align-items: center; }
    dd { margin: 0; text-align: end; }
    kbd { display: inline-block; min-width: 2rem; padding: 0.2rem 0.5rem; border: 1px solid var(--field-line); border-bottom-width: 2px; border-radius: 0.4rem; font: inherit; font-size: 0.875rem; font-weight: 600; text-align: center; }
    .off { opacity: 0.55; }
    label { display: flex; align-items: center; gap: var(--space-3); margin-top: var(--space-5); padding-top: var(--space-4); border-top: 1px solid var(--line); min-height: 2.75rem; cursor: pointer; }
    input { width: 1.25rem; height: 1.25rem; margin: 0; accent-color: var(--accent); flex: none; }
  `]

  declare context: ShortcutContext
  declare settings: SettingsView

  protected override firstUpdated(): void {
    this.#dialog?.showModal()
  }

  protected override render(): TemplateResult {
    const on = this.settings.shortcuts.value
    const row = (key: string, label: string): TemplateResult => html`<dt>${label}</dt><dd><kbd>${key}</kbd></dd>`
    return html`<dialog aria-labelledby="title" data-testid="keys-dialog" @close=${() => this.dispatchEvent(new Event('close'))}>
      <h2 id="title" tabindex="-1" autofocus>${controlStrings.keys.title}</h2>
      <dl class=${on ? '' : 'off'}>
        ${row(controlStrings.keys.space, controlStrings.keys.hold)}
        ${shortcutsOf(this.context).map(({ key, shown = key.toUpperCase(), label }) => shown === null ? nothing : row(shown, label))}
      </dl>
      <label><input type="checkbox" data-testid="keys-on" .checked=${on} @change=${(event: Event) => this.settings.setShortcuts((event.target as HTMLInputElement).checked)}>${controlStrings.keys.use}</label>
      <div class="actions"><button type="button" class="primary" @click=${() => this.#dialog?.close()}>${strings.close}</button></div>
    </dialog>`
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog')
  }
}

customElements.define('parley-keys-dialog', KeysDialog)
