import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { ErrorCode } from '../room/views.ts'
import './code-scanner.ts'
import { codeStrings } from './code-strings.ts'
import { CodeEntered } from './events.ts'
import { icon } from './icons.ts'
import { errorLine } from './messages.ts'
import { base, buttons, fields } from './shared-styles.ts'

/**
 * Where a code of somebody else comes in: pasted, as a link or bare, or scanned by the camera.
 *
 * @fires code-entered - a text was given; whether it is a code is for the listener to say
 */
export class CodeField extends SignalWatcher(LitElement) {
  static override properties = {
    label: {}, action: {}, error: { attribute: false }, busy: { type: Boolean }, scanning: { state: true },
  }

  static override styles = [base, buttons, fields, css`
    :host { display: block; }
    form { display: grid; gap: var(--space-3); }
    textarea { min-height: 5.5rem; padding: var(--space-3) var(--space-4); resize: vertical; font-size: 0.9375rem; overflow-wrap: anywhere; }
    .actions { display: flex; flex-wrap: wrap; gap: var(--space-2); }
    .actions .primary { flex: 1; }
  `]

  /** What is to be entered. */
  declare label: string
  /** What the button says. */
  declare action: string
  /** What was wrong with the last text. */
  declare error: ErrorCode | null
  /** The last text is being worked on. */
  declare busy: boolean
  declare scanning: boolean

  constructor() {
    super()
    this.label = ''
    this.action = codeStrings.next
    this.error = null
    this.busy = false
    this.scanning = false
  }

  protected override render(): TemplateResult {
    const { scanning, busy } = this
    return html`<form @submit=${this.#onSubmit} novalidate>
      <div>
        <label for="code">${this.label}</label>
        <textarea id="code" dir="auto" data-testid="code-field" rows="3" autocomplete="off" autocapitalize="off" spellcheck="false"
          placeholder=${codeStrings.placeholder} aria-invalid=${this.error !== null} aria-describedby="hint error"
          @input=${this.#onInput} @keydown=${this.#onKey}></textarea>
        <p class="quiet" id="hint">${codeStrings.pasteHint}</p>
      </div>
      ${scanning ? html`<parley-code-scanner @code-entered=${() => { this.scanning = false }}></parley-code-scanner>` : nothing}
      ${errorLine(this.error)}
      <div class="actions">
        <button class="primary" data-testid="enter-code" ?disabled=${busy} aria-busy=${busy}>${this.action}</button>
        <button type="button" data-testid="scan-code" aria-expanded=${scanning} ?disabled=${busy} @click=${() => { this.scanning = !scanning }}>
          ${icon('camera')}${scanning ? codeStrings.stopScan : codeStrings.scan}</button>
      </div>
    </form>`
  }

  protected override updated(): void {
    if (this.error !== null) this.#text?.focus()
  }

  #onInput = (event: InputEvent): void => {
    this.error = null
    // What was pasted is the whole of it: nobody has to find the button as well.
    if (event.inputType === 'insertFromPaste') this.#submit()
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    this.#submit()
  }

  #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    this.#submit()
  }

  #submit(): void {
    if (!this.busy) this.dispatchEvent(new CodeEntered(this.#text?.value ?? ''))
  }

  get #text(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea')
  }
}

customElements.define('parley-code-field', CodeField)
