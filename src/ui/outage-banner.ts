import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { Outage, RoomView } from '../room/views.ts'
import { formats } from './formats.ts'
import { icon } from './icons.ts'
import { base, buttons } from './shared-styles.ts'
import { callStrings } from './call-strings.ts'

const SENTENCES = { 'offline': 'offline', 'no-relay': 'noRelay', 'relay': 'relay' } as const satisfies Record<Outage['reach'], keyof typeof callStrings.outage>

/**
 * Says that nobody in the call can be reached, since when, and what is known of why; nothing while all is well.
 *
 * @fires leave-request - when the person has enough of it
 */
export class OutageBanner extends SignalWatcher(LitElement) {
  static override properties = { outage: { attribute: false } }

  static override styles = [base, buttons, css`
    :host { display: block; pointer-events: none; }
    section { pointer-events: auto; max-width: 34rem; margin: 0 auto; display: flex; flex-wrap: wrap; align-items: start; gap: var(--space-3); padding: var(--space-4); border-radius: var(--radius-large); background: var(--danger-quiet); color: var(--danger-text); box-shadow: var(--shadow); }
    .icon { flex: none; }
    .what { flex: 1 1 12rem; min-width: 0; }
    h2 { font-size: 1rem; font-weight: 650; }
    p { margin-top: var(--space-1); font-size: 0.9375rem; }
    button { flex: none; align-self: center; margin-inline-start: auto; }
  `]

  declare outage: RoomView['outage']

  protected override render(): TemplateResult {
    const outage = this.outage.value
    // The live region is there before its words are, or nobody is told of them.
    return html`<div role="alert">${outage === null ? nothing : this.#tell(outage)}</div>`
  }

  #tell({ since, reach }: Outage): TemplateResult {
    const time = formats().time(since, { timeStyle: 'medium' })
    const title = reach === 'relay' ? callStrings.outage.titleUnsure(time) : callStrings.outage.title(time)
    return html`<section data-testid="outage" data-reach=${reach}>
      ${icon('alert')}
      <div class="what"><h2>${title}</h2><p>${callStrings.outage[SENTENCES[reach]]}</p></div>
      <button type="button" class="small" data-testid="outage-leave"
        @click=${() => this.dispatchEvent(new Event('leave-request'))}>${callStrings.outage.leave}</button>
    </section>`
  }
}

customElements.define('parley-outage-banner', OutageBanner)
