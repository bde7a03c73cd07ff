import { LitElement, css, html, type TemplateResult } from 'lit'
import { base } from './shared-styles.ts'

/** A passing sentence stays this long, milliseconds: time enough to read it twice. */
const SHOWN_MS = 5000
/** More than this at once would hide the call. */
const MOST = 3

/** Passing sentences, also read out politely. */
export class Toasts extends LitElement {
  static override styles = [base, css`
    :host { display: block; pointer-events: none; }
    ul { display: grid; justify-items: center; gap: var(--space-2); }
    li { max-width: 100%; padding: var(--space-2) var(--space-4); border-radius: var(--radius-large); background: var(--text); color: var(--background); font-size: 0.9375rem; box-shadow: 0 2px 10px rgb(0 0 0 / 25%); animation: rise 180ms ease-out; overflow-wrap: anywhere; }
    @keyframes rise { from { opacity: 0; transform: translateY(0.5rem); } }
  `]

  /** Shows a sentence for a few seconds. */
  say(sentence: string): void {
    void this.updateComplete.then(() => this.#show(sentence))
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#list?.replaceChildren()
  }

  protected override render(): TemplateResult {
    return html`<div role="status" aria-live="polite"><ul></ul></div>`
  }

  get #list(): HTMLElement | null {
    return this.renderRoot.querySelector('ul')
  }

  // By hand: each stays in its own element, so that it is read out and rises once, and so little needs no directive.
  #show(sentence: string): void {
    const toast = Object.assign(document.createElement('li'), { textContent: sentence })
    toast.dataset['testid'] = 'toast'
    const list = this.#list
    list?.append(toast)
    if (list !== null && list.children.length > MOST) list.firstElementChild?.remove()
    setTimeout(() => toast.remove(), SHOWN_MS)
  }
}

customElements.define('parley-toasts', Toasts)

declare global {
  interface HTMLElementTagNameMap {
    'parley-toasts': Toasts
  }
}
