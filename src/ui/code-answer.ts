import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, html, nothing, type TemplateResult } from 'lit'
import type { CodesView, ErrorCode, HandedCode, ReadCode } from '../room/views.ts'
import './code-card.ts'
import './code-field.ts'
import { codeStrings } from './code-strings.ts'
import { codeStyles } from './code-styles.ts'
import type { CodeEntered } from './events.ts'
import { errorLine } from './messages.ts'
import { displayName, shortPeer } from './people.ts'
import { base, buttons } from './shared-styles.ts'

/**
 * Follows somebody's invitation: enter it, see whose it is, and hand back the reply.
 *
 * @fires connected - we are in the call, with the person who invited us
 */
export class CodeAnswer extends SignalWatcher(LitElement) {
  static override properties = {
    codes: { attribute: false }, text: {}, inCall: { type: Boolean },
    invitation: { state: true }, handed: { state: true }, error: { state: true }, busy: { state: true },
  }

  static override styles = [base, buttons, codeStyles]

  declare codes: CodesView
  /** The invitation's text, once there is one. */
  declare text: string
  /** Whether answering ends another call. */
  declare inCall: boolean
  declare invitation: ReadCode | null
  declare handed: HandedCode | null
  declare error: ErrorCode | null
  declare busy: boolean

  constructor() {
    super()
    this.text = ''
    this.inCall = false
    this.invitation = null
    this.handed = null
    this.error = null
    this.busy = false
  }

  protected override firstUpdated(): void {
    if (this.text !== '') void this.#read(this.text)
  }

  protected override updated(): void {
    if (this.handed?.phase.value === 'connected') this.dispatchEvent(new Event('connected'))
  }

  protected override render(): TemplateResult {
    if (this.handed !== null) return this.#reply(this.handed)
    return this.invitation === null ? this.#entry() : this.#question(this.invitation)
  }

  #entry(): TemplateResult {
    return html`<section>
      <h3><span class="step">${codeStrings.step(1, 2)}</span>${codeStrings.takeInvitation}</h3>
      <parley-code-field .label=${codeStrings.field} .action=${codeStrings.next} .error=${this.error} .busy=${this.busy}
        @code-entered=${(event: CodeEntered) => this.#read(event.text)}></parley-code-field>
    </section>`
  }

  #question({ name, peer, topic }: ReadCode): TemplateResult {
    return html`<section data-testid="code-question">
      <h3 class="who" tabindex="-1"><span class="step">${codeStrings.step(1, 2)}</span>${codeStrings.from(displayName(name))}</h3>
      <p class="who">${codeStrings.into(topic)}</p>
      <p class="quiet">${codeStrings.identity(shortPeer(peer))}</p>
      ${this.inCall ? html`<p>${codeStrings.leavesCall}</p>` : nothing}
      ${errorLine(this.error)}
      <div class="actions">
        <button type="button" ?disabled=${this.busy} @click=${this.#back}>${codeStrings.back}</button>
        <button type="button" class="primary" data-testid="answer-code" ?disabled=${this.busy} aria-busy=${this.busy} @click=${this.#answer}>
          ${this.busy ? codeStrings.making : codeStrings.answer}</button>
      </div>
    </section>`
  }

  #reply(handed: HandedCode): TemplateResult {
    const phase = handed.phase.value
    const isOver = phase === 'expired' || phase === 'ended'
    return html`<section>
      <h3 tabindex="-1"><span class="step">${codeStrings.step(2, 2)}</span>${codeStrings.giveReply}</h3>
      ${isOver
        ? html`<p role="status">${phase === 'expired' ? codeStrings.expired : codeStrings.ended}</p>
          <button type="button" @click=${this.#back}>${codeStrings.back}</button>`
        : html`<p class="quiet" role="status">${codeStrings.giveReplyHint}</p><parley-code-card .code=${handed}></parley-code-card>`}
    </section>`
  }

  async #read(text: string): Promise<void> {
    this.busy = true
    const read = await this.codes.read(text)
    this.busy = false
    this.text = text
    if (typeof read === 'string') this.error = read
    else if (read.kind === 'reply') this.error = 'code-not-invitation'
    else {
      this.error = null
      this.invitation = read
      await this.#focusHeading()
    }
  }

  #answer = async (): Promise<void> => {
    this.busy = true
    this.error = null
    const made = await this.codes.answer(this.text)
    this.busy = false
    if (typeof made === 'string') this.error = made
    else this.handed = made
    await this.#focusHeading()
  }

  #back = (): void => {
    this.handed = null
    this.invitation = null
    this.error = null
  }

  /** What was pressed is gone: a screen reader goes on from the new heading. */
  async #focusHeading(): Promise<void> {
    await this.updateComplete
    if (this.error === null) this.renderRoot.querySelector('h3')?.focus()
  }
}

customElements.define('parley-code-answer', CodeAnswer)
