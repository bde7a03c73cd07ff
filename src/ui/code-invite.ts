import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, html, type TemplateResult } from 'lit'
import type { CodesView, ErrorCode, HandedCode } from '../room/views.ts'
import './code-card.ts'
import './code-field.ts'
import { codeStrings } from './code-strings.ts'
import { codeStyles } from './code-styles.ts'
import type { CodeEntered } from './events.ts'
import { errorLine } from './messages.ts'
import { base, buttons } from './shared-styles.ts'
import { strings } from './strings.ts'

/**
 * Lets one other person in: an invitation to hand out, and the reply to enter.
 *
 * @fires connected - the other person is here
 */
export class CodeInvite extends SignalWatcher(LitElement) {
  static override properties = {
    codes: { attribute: false }, handed: { state: true }, error: { state: true }, replyError: { state: true }, busy: { state: true },
  }

  static override styles = [base, buttons, codeStyles]

  declare codes: CodesView
  /** Null while it is being made. */
  declare handed: HandedCode | null
  /** Why no invitation could be made. */
  declare error: ErrorCode | null
  /** What was wrong with the reply. */
  declare replyError: ErrorCode | null
  /** A reply is being used. */
  declare busy: boolean

  constructor() {
    super()
    this.handed = null
    this.error = null
    this.replyError = null
    this.busy = false
  }

  protected override firstUpdated(): void {
    void this.#make()
  }

  protected override render(): TemplateResult {
    return html`<div class="steps">
      <section>
        <h3 tabindex="-1"><span class="step">${codeStrings.step(1, 2)}</span>${codeStrings.giveInvitation}</h3>
        <p class="quiet">${codeStrings.giveInvitationHint}</p>
        ${this.#invitation()}
      </section>
      <section>
        <h3><span class="step">${codeStrings.step(2, 2)}</span>${codeStrings.takeReply}</h3>
        <parley-code-field .label=${codeStrings.field} .action=${codeStrings.connect} .error=${this.replyError} .busy=${this.busy}
          @code-entered=${(event: CodeEntered) => this.#complete(event.text)}></parley-code-field>
        <p class="quiet" role="status">${this.busy ? codeStrings.connecting : ''}</p>
      </section>
    </div>`
  }

  #invitation(): TemplateResult {
    if (this.error !== null) return html`${errorLine(this.error)}${this.#again(strings.tryAgain)}`
    const phase = this.handed?.phase.value
    if (this.handed === null) return html`<p class="making" role="status">${codeStrings.making}</p>`
    if (phase === 'expired' || phase === 'ended') {
      return html`<p role="status">${phase === 'expired' ? codeStrings.expired : codeStrings.ended}</p>${this.#again(codeStrings.again)}`
    }
    return html`<parley-code-card .code=${this.handed}></parley-code-card>`
  }

  #again(label: string): TemplateResult {
    return html`<button type="button" data-testid="new-code" @click=${this.#make}>${label}</button>`
  }

  #make = async (): Promise<void> => {
    this.handed = null
    this.error = null
    const made = await this.codes.invite()
    if (typeof made === 'string') this.error = made
    else if (this.isConnected) this.handed = made
    // The dialog was closed while it was being made.
    else made.discard()
  }

  async #complete(text: string): Promise<void> {
    this.busy = true
    this.replyError = null
    this.replyError = await this.codes.complete(text)
    this.busy = false
    if (this.replyError === null) this.dispatchEvent(new Event('connected'))
  }
}

customElements.define('parley-code-invite', CodeInvite)
