import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { CallSummary as Summary } from '../room/views.ts'
import { copyText } from './clipboard.ts'
import { icon } from './call-icons.ts'
import { isCovered } from './keys/is-covered.ts'
import { base, buttons } from './shared-styles.ts'
import { strings } from './strings.ts'
import { summaryStrings as words } from './summary-strings.ts'
import { summaryFacts, summaryText, troubleLines } from './summary-text.ts'

/** What a call was like, above the lobby after it. Covers nothing, takes no focus, and is gone with Escape or its button. */
export class CallSummary extends SignalWatcher(LitElement) {
  static override properties = { summary: { attribute: false }, closed: { state: true }, copied: { state: true } }

  static override styles = [base, buttons, css`
    :host { display: block; }
    section { max-width: 60rem; margin: var(--space-4) auto 0; padding: var(--space-4) var(--space-5); border-radius: var(--radius-large); background: var(--surface); box-shadow: var(--shadow); }
    header { display: flex; align-items: center; gap: var(--space-2); }
    h2 { flex: 1; min-width: 0; font-size: 1.0625rem; overflow-wrap: anywhere; }
    dl { margin: var(--space-2) 0 0; display: flex; flex-wrap: wrap; gap: var(--space-2) var(--space-5); }
    dt { font-size: var(--text-small); color: var(--text-quiet); }
    dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
    ul { margin-top: var(--space-2); font-size: 0.9375rem; }
    .quiet { margin-top: var(--space-2); }
    @media (max-width: 62rem) { section { margin-inline: var(--space-4); } }
  `]

  /** Null when there is nothing to tell. */
  declare summary: Summary | null
  /** The one that was read and closed. */
  declare closed: Summary | null
  declare copied: boolean
  #connected = new AbortController()

  constructor() {
    super()
    this.summary = null
    this.closed = null
    this.copied = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#connected = new AbortController()
    document.addEventListener('keydown', this.#onKey, { signal: this.#connected.signal })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#connected.abort()
  }

  protected override render(): TemplateResult | typeof nothing {
    const { summary } = this
    if (summary === null || summary === this.closed) return nothing
    return html`<section aria-labelledby="title" data-testid="call-summary">
      <header>
        <h2 id="title">${words.title}: ${summary.topic}</h2>
        <button type="button" class="small plain" data-testid="summary-copy" @click=${() => this.#copy(summary)}>${icon(this.copied ? 'check' : 'copy')}${this.copied ? strings.copied : words.copy}</button>
        <button type="button" class="small plain round" data-testid="summary-close" aria-label=${strings.close} title=${strings.close} @click=${this.#close}>${icon('close')}</button>
      </header>
      <dl>${summaryFacts(summary).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
      ${summary.troubles.length === 0 ? nothing : html`<ul>${troubleLines(summary).map((line) => html`<li>${line}</li>`)}</ul>`}
      <p class="quiet">${words.onlyYou}</p>
    </section>`
  }

  #close = (): void => {
    this.closed = this.summary
    this.copied = false
  }

  /** Unless the key is somebody else's: a dialog's, a menu's. */
  #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented && !isCovered(document)) this.#close()
  }

  async #copy(summary: Summary): Promise<void> {
    this.copied = await copyText(summaryText(summary))
  }
}

customElements.define('parley-call-summary', CallSummary)
