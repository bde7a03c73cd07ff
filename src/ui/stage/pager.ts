import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, type TemplateResult } from 'lit'
import { icon } from '../call-icons.ts'
import { base, buttons } from '../shared-styles.ts'
import { stageStrings } from './stage-strings.ts'

/**
 * Turns the pages of the stage.
 *
 * @fires turn - another page was asked for; `detail` is its number, from 0
 */
export class Pager extends SignalWatcher(LitElement) {
  static override properties = { page: { type: Number }, pages: { type: Number } }

  static override styles = [base, buttons, css`
    :host { container-type: inline-size; display: flex; align-items: center; justify-content: center; gap: var(--space-1); }
    button.small.round { width: 2.75rem; min-height: 2.75rem; }
    button:disabled { opacity: 0.35; }
    p { min-width: 3.5rem; text-align: center; font-size: 0.9375rem; font-variant-numeric: tabular-nums; color: var(--text-quiet); }
    /* Beside something large on a narrow stage. */
    @container (max-width: 9.75rem) { p { position: absolute; clip-path: inset(50%); } }
    :host(:dir(rtl)) .icon { transform: scaleX(-1); }
  `]

  declare page: number
  declare pages: number

  protected override render(): TemplateResult {
    const { page, pages } = this
    const stage = stageStrings
    return html`
      <button type="button" class="small round plain" data-testid="page-before" aria-label=${stage.before} title=${stage.before}
        ?disabled=${page === 0} @click=${() => this.#turn(page - 1)}>${icon('chevronLeft')}</button>
      <p role="status" aria-label=${stage.page(page + 1, pages)} data-testid="page">${page + 1} / ${pages}</p>
      <button type="button" class="small round plain" data-testid="page-after" aria-label=${stage.after} title=${stage.after}
        ?disabled=${page === pages - 1} @click=${() => this.#turn(page + 1)}>${icon('chevronRight')}</button>`
  }

  #turn(page: number): void {
    this.dispatchEvent(new CustomEvent('turn', { detail: page }))
  }
}

customElements.define('parley-pager', Pager)
