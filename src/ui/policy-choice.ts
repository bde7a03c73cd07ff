import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, type TemplateResult } from 'lit'
import type { SettingsView, TransportPolicy } from '../room/views.ts'
import { base } from './shared-styles.ts'
import { travelStrings } from './travel-strings.ts'

const POLICIES: readonly TransportPolicy[] = ['all', 'relay', 'direct']

/** Lets a person choose how sound and picture may travel; the choice holds at once. */
export class PolicyChoice extends SignalWatcher(LitElement) {
  static override properties = { settings: { attribute: false } }

  static override styles = [base, css`
    :host { display: block; }
    legend { padding: 0; font-weight: 600; font-size: 0.9375rem; margin-bottom: var(--space-2); }
    label { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 var(--space-3); align-items: baseline; padding: var(--space-2) var(--space-3); border-radius: var(--radius-small); cursor: pointer; }
    label:hover { background: var(--raised); }
    input { width: 1.125rem; height: 1.125rem; margin: 0; translate: 0 0.15rem; accent-color: var(--accent); cursor: pointer; }
    .quiet { grid-column: 2; }
  `]

  declare settings: Pick<SettingsView, 'transportPolicy' | 'setTransportPolicy'>

  protected override render(): TemplateResult {
    const chosen = this.settings.transportPolicy.value
    return html`<fieldset>
      <legend>${travelStrings.travel.legend}</legend>
      ${POLICIES.map((policy) => html`<label>
        <input type="radio" name="policy" value=${policy} data-testid="policy-${policy}" aria-describedby="hint-${policy}"
          .checked=${policy === chosen} @change=${() => this.settings.setTransportPolicy(policy)}>
        <span>${travelStrings.travel[policy].name}</span>
        <span class="quiet" id="hint-${policy}">${travelStrings.travel[policy].hint}</span>
      </label>`)}
    </fieldset>`
  }
}

customElements.define('parley-policy-choice', PolicyChoice)
