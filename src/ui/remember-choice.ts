import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, type TemplateResult } from 'lit'
import type { RecentView } from '../room/views.ts'
import { base } from './shared-styles.ts'
import { lobbyStrings } from './lobby-strings.ts'

/** Whether the calls that one enters are remembered on this device. */
export class RememberChoice extends SignalWatcher(LitElement) {
  static override properties = { recent: { attribute: false } }

  static override styles = [base, css`
    label { display: grid; grid-template-columns: auto 1fr; gap: 0 var(--space-3); align-items: start; cursor: pointer; }
    input { width: 1.25rem; height: 1.25rem; margin: 0.15rem 0 0; accent-color: var(--accent); }
    .name { font-weight: 600; }
    .quiet { grid-column: 2; }
  `]

  declare recent: RecentView

  protected override render(): TemplateResult {
    const { remember, rememberHint } = lobbyStrings.recent
    return html`<label>
      <input type="checkbox" data-testid="remember-calls" aria-describedby="hint" .checked=${this.recent.remembers.value}
        @change=${(event: Event) => this.recent.setRemembers((event.target as HTMLInputElement).checked)}>
      <span class="name">${remember}</span>
      <span class="quiet" id="hint">${rememberHint}</span>
    </label>`
  }
}

customElements.define('parley-remember-choice', RememberChoice)
