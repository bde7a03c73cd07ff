import { LitElement, css, html, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { base } from './shared-styles.ts'

/** A passing sentence stays this long, milliseconds: time enough to read it twice. */
const SHOWN_MS = 5000
/** More than this at once would hide the call. */
const MOST = 3

interface Toast { id: number, sentence: string }

/** Passing sentences, also read out politely. */
export class Toasts extends LitElement {
  static override properties = { toasts: { state: true } }

  static override styles = [base, css`
    :host { display: block; pointer-events: none; }
    ul { display: grid; justify-items: center; gap: var(--space-2); }
    li { max-width: 100%; padding: var(--space-2) var(--space-4); border-radius: var(--radius-large); background: var(--text); color: var(--background); font-size: 0.9375rem; box-shadow: 0 2px 10px rgb(0 0 0 / 25%); animation: rise 180ms ease-out; overflow-wrap: anywhere; }
    @keyframes rise { from { opacity: 0; transform: translateY(0.5rem); } }
  `]

  declare toasts: Toast[]
  #next = 0
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()

  constructor() {
    super()
    this.toasts = []
  }

  /** Shows a sentence for a few seconds. */
  say(sentence: string): void {
    const toast = { id: this.#next++, sentence }
    this.toasts = [...this.toasts, toast].slice(-MOST)
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.toasts = this.toasts.filter(({ id }) => id !== toast.id)
    }, SHOWN_MS)
    this.#timers.add(timer)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  protected override render(): TemplateResult {
    return html`<div role="status" aria-live="polite"><ul>
      ${repeat(this.toasts, ({ id }) => id, ({ sentence }) => html`<li data-testid="toast">${sentence}</li>`)}
    </ul></div>`
  }
}

customElements.define('parley-toasts', Toasts)

declare global {
  interface HTMLElementTagNameMap {
    'parley-toasts': Toasts
  }
}
