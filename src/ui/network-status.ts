import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, type TemplateResult } from 'lit'
import type { NetworkView } from '../room/views.ts'
import { base } from './shared-styles.ts'
import { errors, network as sentences } from './strings.ts'

/** One sentence on whether others can find us, with a dot for the quick look. */
export class NetworkStatus extends SignalWatcher(LitElement) {
  static override properties = { network: { attribute: false }, terse: { type: Boolean } }

  static override styles = [base, css`
    :host { display: block; }
    p { display: flex; align-items: baseline; gap: var(--space-2); font-size: 0.875rem; color: var(--text-quiet); }
    p::before { content: ''; flex: none; width: 0.5rem; height: 0.5rem; border-radius: 50%; background: var(--field-line); }
    [data-status='online']::before { background: var(--accent); }
    [data-status='connecting']::before, [data-status='starting']::before, [data-status='loading']::before { animation: breathe 1.4s ease-in-out infinite alternate; }
    [data-status='offline']::before { background: var(--danger); }
    [data-problem]::before { background: var(--warn); }
    @keyframes breathe { to { opacity: 0.25; } }
  `]

  /** Null while the code for calls is still loading. */
  declare network: NetworkView | null
  /** When all is well, show the dot alone. */
  declare terse: boolean

  constructor() {
    super()
    this.network = null
    this.terse = false
  }

  protected override render(): TemplateResult {
    const status = this.network?.status.value ?? 'loading'
    const problem = status === 'online' || status === 'offline' ? null : this.network?.problem.value ?? null
    const uplink = this.network?.uplink.value ?? 'ample'
    const slow = uplink === 'ample' || problem !== null || status === 'offline' ? null : sentences[uplink]
    return html`<p role="status" data-testid="network-status" data-status=${status} data-relays=${this.network?.relays.value ?? 0}
      data-uplink=${uplink} ?data-problem=${problem !== null || slow !== null}><span class=${this.terse && status === 'online' && slow === null ? 'visually-hidden' : ''}>${problem === null ? slow ?? sentences[status] : errors[problem]}</span></p>`
  }
}

customElements.define('parley-network-status', NetworkStatus)
