import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { EffectErrorCode, Effects } from '../room/views.ts'
import { effects as said } from './effects-strings.ts'
import { base, buttons } from './shared-styles.ts'
import { strings } from './strings.ts'

/** Says which effect does not work and what that means for others, and offers to try again or to do without. */
export class EffectNotices extends SignalWatcher(LitElement) {
  static override properties = { effects: { attribute: false }, isHidden: { type: Boolean } }

  static override styles = [base, buttons, css`
    :host { display: grid; justify-items: center; gap: var(--space-2); }
    .notice { display: flex; align-items: center; flex-wrap: wrap; gap: var(--space-2) var(--space-3); max-width: 46rem; padding-block: var(--space-2); padding-inline: var(--space-4) var(--space-2); border-radius: var(--radius-large); background: var(--danger-quiet); color: var(--danger-text); font-size: 0.9375rem; }
    .notice span { flex: 1 1 14rem; }
    .notice button { background: var(--surface); }
  `]

  declare effects: Effects
  /** No picture is sent because of what failed. */
  declare isHidden: boolean

  constructor() {
    super()
    this.isHidden = false
  }

  protected override render(): TemplateResult {
    const { effects } = this
    const noise = effects.noiseState.value
    const background = effects.backgroundState.value
    return html`
      ${noise.phase !== 'failed' ? nothing : this.#notice('noise', noise.error, said.noiseFailed[noise.error],
        said.withoutNoise, () => effects.setNoise('browser'))}
      ${background.phase !== 'failed' ? nothing : this.#notice('background', background.error, `${said.backgroundFailed[background.error]} ${this.isHidden ? said.hidden : ''}`,
        said.withoutBackground, () => effects.setBackground('none'))}`
  }

  #notice(which: string, error: EffectErrorCode, sentence: string, without: string, doWithout: () => void): TemplateResult {
    return html`<div class="notice" role="alert" data-testid="effect-notice" data-effect=${which} data-code=${error}>
      <span>${sentence}</span>
      <button type="button" class="small" data-testid="effect-retry" @click=${() => this.effects.retry()}>${strings.tryAgain}</button>
      <button type="button" class="small" data-testid="effect-without" @click=${doWithout}>${without}</button>
    </div>`
  }
}

customElements.define('parley-effect-notices', EffectNotices)
