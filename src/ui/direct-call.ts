import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { CallViews, ErrorCode } from '../room/views.ts'
import { icon } from './icons.ts'
import { errorLine } from './messages.ts'
import './share-address.ts'
import { base, buttons, fields } from './shared-styles.ts'
import { callStrings } from './call-strings.ts'

/** Rings a person whose multiaddr was pasted, and shows our own multiaddrs to be handed out. */
export class DirectCall extends SignalWatcher(LitElement) {
  static override properties = { call: { attribute: false }, error: { state: true } }

  static override styles = [base, buttons, fields, css`
    :host { display: grid; gap: var(--space-5); grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); }
    section { display: grid; gap: var(--space-2); align-content: start; min-width: 0; }
    .row { display: flex; gap: var(--space-2); }
    h2 { margin: 0; font-size: 0.9375rem; }
    summary { cursor: pointer; padding: var(--space-1) 0; }
    details > * + * { margin-top: var(--space-2); }
  `]

  /** Null while the code for calls is still loading. */
  declare call: CallViews | null
  declare error: ErrorCode | null

  constructor() {
    super()
    this.error = null
  }

  protected override render(): TemplateResult {
    return html`${this.#ring()}${this.#own()}`
  }

  #ring(): TemplateResult {
    const ringing = this.call?.ring.outgoing.value ?? false
    return html`<section>
      <form @submit=${this.#onSubmit} novalidate>
        <label for="address">${callStrings.direct.address}</label>
        <div class="row">
          <input id="address" dir="ltr" data-testid="ring-address" name="address" autocomplete="off" autocapitalize="off" spellcheck="false"
            placeholder=${callStrings.direct.placeholder} ?readonly=${ringing}
            aria-invalid=${this.error !== null} aria-describedby="ring-hint error" @input=${() => { this.error = null }}>
          ${ringing
            ? html`<button type="button" data-testid="cancel-ring" @click=${() => this.call?.ring.cancel()}>${callStrings.direct.cancel}</button>`
            : html`<button data-testid="ring" ?disabled=${this.call === null}>${icon('phone')}${callStrings.direct.ring}</button>`}
        </div>
      </form>
      <p class="quiet" id="ring-hint" role="status">${ringing ? callStrings.direct.ringing : callStrings.direct.lead}</p>
      ${errorLine(this.error)}
    </section>`
  }

  #own(): TemplateResult {
    const [best, ...others] = this.call?.network.addresses.value ?? []
    return html`<section>
      <h2>${callStrings.direct.own}</h2>
      ${best === undefined
        ? html`<p class="quiet">${callStrings.direct.ownNone}</p>`
        : html`<parley-share-address .hook=${'own-address'} .value=${best} .label=${callStrings.direct.own}></parley-share-address>
          <p class="quiet">${callStrings.direct.ownHint}</p>`}
      ${others.length === 0 ? nothing : html`<details><summary class="quiet">${callStrings.direct.ownMore}</summary>
        ${others.map((address) => html`<parley-share-address .value=${address} .label=${callStrings.direct.own}></parley-share-address>`)}
      </details>`}
    </section>`
  }

  #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const { call } = this
    if (call === null || call.ring.outgoing.value) return
    const address = new FormData(event.target as HTMLFormElement).get('address')
    this.error = null
    this.error = await call.ring.ring(String(address ?? '').trim())
  }
}

customElements.define('parley-direct-call', DirectCall)
