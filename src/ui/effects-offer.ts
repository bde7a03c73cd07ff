import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { LocalMedia } from '../room/views.ts'
import { effects as said } from './effects-strings.ts'
import { icon } from './icons.ts'
import { base, buttons } from './shared-styles.ts'
import { strings } from './strings.ts'

/** A button that unfolds the choice of effects, whose code it loads then. */
export class EffectsOffer extends SignalWatcher(LitElement) {
  static override properties = { local: { attribute: false }, isOpen: { state: true }, isMissing: { state: true } }

  static override styles = [base, buttons, css`
    :host { display: grid; gap: var(--space-4); justify-items: start; }
    button { padding-inline: var(--space-2); margin-inline-start: calc(-1 * var(--space-2)); border-radius: var(--radius-small); }
    parley-effects-choice { width: 100%; padding: var(--space-4); border-radius: var(--radius-large); background: var(--surface); }
  `]

  declare local: LocalMedia
  declare isOpen: boolean
  /** The code could not be loaded. */
  declare isMissing: boolean

  constructor() {
    super()
    this.isOpen = false
    this.isMissing = false
  }

  protected override render(): TemplateResult {
    return html`
      <button type="button" class="small plain" data-testid="effects" aria-expanded=${this.isOpen} @click=${this.#toggle}>
        ${icon('sparkles')}${said.open}${icon(this.isOpen ? 'chevronUp' : 'chevronDown')}</button>
      <p class="error" role="alert" ?hidden=${!this.isMissing}>${this.isMissing ? strings.trouble.notLoaded : nothing}</p>
      ${this.isOpen ? html`<parley-effects-choice .local=${this.local}></parley-effects-choice>` : nothing}`
  }

  #toggle = async (): Promise<void> => {
    if (this.isOpen) {
      this.isOpen = false
      return
    }
    try {
      await import('./effects-choice.ts')
      this.isMissing = false
      this.isOpen = true
    } catch {
      // Why is the examination's business; that the server cannot be reached is what matters here.
      this.isMissing = true
    }
  }
}

customElements.define('parley-effects-offer', EffectsOffer)
