import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { canShareLink, copyText, shareLink } from './clipboard.ts'
import { icon } from './call-icons.ts'
import { errorLine } from './messages.ts'
import type { QrPath } from './qr-path.ts'
import { base, buttons } from './shared-styles.ts'
import { strings } from './strings.ts'

/** "Copied" is shown this long, milliseconds. */
const COPIED_MS = 2500

/** An address or a link to hand to somebody: shown, copied, or held up to a phone's camera as a QR code. */
export class ShareAddress extends SignalWatcher(LitElement) {
  static override properties = { value: {}, label: {}, hook: {}, isLink: { type: Boolean }, copied: { state: true }, failed: { state: true }, isMissing: { state: true }, code: { state: true } }

  static override styles = [base, buttons, css`
    :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-3); }
    .box { display: flex; align-items: center; gap: var(--space-1); padding-block: var(--space-1); padding-inline: var(--space-4) var(--space-1); border-radius: var(--radius-small); background: var(--raised); }
    .value { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: 0.875rem; user-select: all; }
    .code { justify-self: center; width: min(100%, 13rem); padding: var(--space-3); border-radius: var(--radius-small); background: #fff; }
    .code svg { display: block; width: 100%; fill: #000; shape-rendering: crispEdges; }
  `]

  declare value: string
  /** What it is, for those who cannot see it. */
  declare label: string
  /** Test hook of the text itself. */
  declare hook: string
  /** Whether it is a link, which the system can send on by other programs. */
  declare isLink: boolean
  declare copied: boolean
  declare failed: boolean
  /** The code that draws QR codes could not be loaded. */
  declare isMissing: boolean
  /** Null while it is not shown. */
  declare code: QrPath | null

  constructor() {
    super()
    this.hook = 'address'
    this.isLink = false
    this.copied = false
    this.failed = false
    this.isMissing = false
    this.code = null
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // A code of the former address must not be scanned by mistake.
    if (changed.has('value') && this.code !== null) void this.#showCode()
  }

  protected override render(): TemplateResult {
    const { code } = this
    return html`
      <div class="box">
        <span class="value" dir="ltr" title=${this.value} data-testid=${this.hook}>${this.value}</span>
        <button type="button" class="small plain round" @click=${this.#toggleCode} aria-expanded=${code !== null}
          aria-label=${code === null ? strings.showCode : strings.hideCode} title=${code === null ? strings.showCode : strings.hideCode}>${icon('code')}</button>
        ${this.isLink && canShareLink() ? html`<button type="button" class="small plain round" data-testid="share-link" @click=${() => shareLink(this.value)}
          aria-label=${strings.sendLink} title=${strings.sendLink}>${icon('share')}</button>` : nothing}
        <button type="button" class="small" @click=${this.#copy}>
          ${icon(this.copied ? 'check' : 'copy')}<span aria-live="polite">${this.copied ? strings.copied : strings.copy}</span></button>
      </div>
      ${errorLine(this.failed ? 'copy-failed' : null)}
      <p class="error" role="alert" ?hidden=${!this.isMissing}>${this.isMissing ? strings.trouble.notLoaded : nothing}</p>
      ${code === null ? nothing : html`<div class="code">
        <svg viewBox="0 0 ${code.size} ${code.size}" role="img" aria-label=${strings.codeLabel(this.label)}><path d=${code.path}></path></svg>
      </div>`}`
  }

  #toggleCode = async (): Promise<void> => {
    if (this.code === null) await this.#showCode()
    else this.code = null
  }

  async #showCode(): Promise<void> {
    const { value } = this
    try {
      // Loaded on demand: most calls never need it.
      const { qrPath } = await import('./qr-path.ts')
      this.isMissing = false
      if (value === this.value) this.code = qrPath(value, 'medium')
    } catch {
      // Why is for the doctor to find out; here it matters that the server did not bring it.
      this.isMissing = true
    }
  }

  #copy = async (): Promise<void> => {
    this.copied = await copyText(this.value)
    this.failed = !this.copied
    if (this.copied) setTimeout(() => { this.copied = false }, COPIED_MS)
  }
}

customElements.define('parley-share-address', ShareAddress)
