import { LitElement, css, html, type PropertyValues, type TemplateResult } from 'lit'
import { icon } from '../../src/ui/icons.ts'
import { base, buttons, fields } from '../../src/ui/shared-styles.ts'
import { tokens } from '../../src/ui/tokens.ts'
import type { Scene } from './play.ts'

const COLOURS = [...new Set([...tokens.cssText.matchAll(/--([\w-]+): (?:#|rgb\()/g)].map(([, name]) => name ?? ''))]
const LOOKS = ['primary', '', 'danger', 'plain'] as const

/** What all elements are made of: colours, type, buttons, fields. */
class Sheet extends LitElement {
  static override styles = [tokens, base, buttons, fields, css`
    :host { display: block; min-height: 100%; padding: var(--space-5); background: var(--background); }
    .row { display: flex; flex-wrap: wrap; gap: var(--space-3); margin-bottom: var(--space-5); align-items: center; }
    .swatch { width: 8.5rem; font-size: var(--text-small); }
    .swatch i { display: block; height: 3rem; border-radius: var(--radius-small); box-shadow: 0 0 0 1px var(--line); }
    .field { width: 16rem; }
  `]

  protected override render(): TemplateResult {
    return html`
      <div class="row">${COLOURS.map((name) => html`<span class="swatch"><i data-colour=${name}></i>${name}</span>`)}</div>
      <div class="row"><span class="title">Title</span><span class="large">Large</span><span>Body</span><span class="quiet">Quiet</span></div>
      ${['', 'small'].map((size) => html`<div class="row">${LOOKS.map((look) => html`<button class="${look} ${size}">${look || 'button'}</button>
        <button class="${look} ${size}" disabled>disabled</button><button class="round ${look} ${size}" aria-label="round">${icon('camera')}</button>`)}</div>`)}
      <div class="row">
        <div class="field"><label for="empty">Empty</label><input id="empty" placeholder="for example: sunday coffee"></div>
        <div class="field"><label for="full">Filled</label><input id="full" value="sunday coffee"></div>
        <div class="field"><label for="wrong">Wrong</label><input id="wrong" value="???" aria-invalid="true"></div>
        <div class="field"><label for="choice">Choice</label><select id="choice"><option>Front camera</option></select></div>
      </div>
      <p class="error">${icon('alert')}What went wrong, and what to do about it.</p>`
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    for (const swatch of this.renderRoot.querySelectorAll<HTMLElement>('[data-colour]')) swatch.style.background = `var(--${swatch.dataset['colour']})`
    for (const [name, size] of [['.title', '--text-title'], ['.large', '--text-large']] as const) {
      const sample = this.renderRoot.querySelector<HTMLElement>(name)
      if (sample !== null) sample.style.fontSize = `var(${size})`
    }
  }
}

customElements.define('gallery-sheet', Sheet)

export const DESIGN: Readonly<Record<string, Scene>> = {
  'sheet': { title: 'Colours, type, buttons, fields', show: () => document.body.replaceChildren(document.createElement('gallery-sheet')) },
}
