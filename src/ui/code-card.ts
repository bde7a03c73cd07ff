import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { HandedCode } from '../room/views.ts'
import { codeStrings } from './code-strings.ts'
import { canShareLink, copyText, shareLink, shareText } from './clipboard.ts'
import { icon } from './call-icons.ts'
import { errorLine } from './messages.ts'
import { qrPath, type QrPath } from './qr-path.ts'
import { base, buttons } from './shared-styles.ts'
import { strings } from './strings.ts'

/** "Copied" is shown this long, milliseconds. */
const COPIED_MS = 2500
const SECOND_MS = 1000

/** A code of ours on its way to the other person: to be scanned, copied or sent, with the time that is left for it. */
export class CodeCard extends SignalWatcher(LitElement) {
  static override properties = {
    code: { attribute: false }, copied: { state: true }, failed: { state: true }, now: { state: true },
  }

  static override styles = [base, buttons, css`
    :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-3); justify-items: center; }
    .picture { width: min(100%, 19rem); aspect-ratio: 1; padding: var(--space-2); border-radius: var(--radius-small); background: #fff; }
    .picture svg { display: block; width: 100%; fill: #000; shape-rendering: crispEdges; }
    .actions { display: flex; flex-wrap: wrap; gap: var(--space-2); justify-content: center; }
    .text { width: 100%; font-size: var(--text-small); color: var(--text-quiet); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; user-select: all; text-align: center; }
  `]

  declare code: HandedCode
  declare copied: boolean
  declare failed: boolean
  /** Milliseconds since 1970. */
  declare now: number
  #picture: QrPath = { path: '', size: 1 }
  #clock: ReturnType<typeof setInterval> | undefined

  constructor() {
    super()
    this.copied = false
    this.failed = false
    this.now = Date.now()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#clock = setInterval(() => { this.now = Date.now() }, SECOND_MS)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.#clock)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('code')) this.#picture = qrPath(this.#passed, 'low')
  }

  /** An invitation is handed out as a link, which opens the app; a reply is text, as it has to come back to this very page. */
  get #passed(): string {
    return this.code.kind === 'invitation' ? this.code.link : this.code.text
  }

  protected override render(): TemplateResult {
    const { kind } = this.code
    const { path, size } = this.#picture
    return html`
      <div class="picture">
        <svg viewBox="0 0 ${size} ${size}" role="img" aria-label=${strings.codeLabel(codeStrings.picture[kind])}><path d=${path}></path></svg>
      </div>
      <p class="text" data-testid="own-code">${this.#passed}</p>
      <div class="actions">
        <button type="button" class="small primary" data-testid="copy-code" @click=${this.#copy}>
          ${icon(this.copied ? 'check' : 'copy')}<span aria-live="polite">${this.copied ? strings.copied : codeStrings.copy[kind]}</span></button>
        ${canShareLink() ? html`<button type="button" class="small" @click=${this.#share}>${icon('share')}${codeStrings.share}</button>` : nothing}
      </div>
      ${errorLine(this.failed ? 'copy-failed' : null)}
      ${this.#left()}`
  }

  #left(): TemplateResult | typeof nothing {
    const seconds = Math.ceil((this.code.expiresAt - this.now) / SECOND_MS)
    // The other's clock may run behind ours, and its code be good all the same.
    if (seconds <= 0) return nothing
    return html`<p class="quiet">${codeStrings.left(Math.floor(seconds / 60), seconds % 60)}</p>`
  }

  #copy = async (): Promise<void> => {
    this.copied = await copyText(this.#passed)
    this.failed = !this.copied
    if (this.copied) setTimeout(() => { this.copied = false }, COPIED_MS)
  }

  #share = (): Promise<void> => this.code.kind === 'invitation' ? shareLink(this.code.link) : shareText(this.code.text)
}

customElements.define('parley-code-card', CodeCard)
