import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { CodesView } from '../room/views.ts'
import './code-answer.ts'
import './code-invite.ts'
import { codeStrings } from './code-strings.ts'
import { icon } from './call-icons.ts'
import { base, buttons } from './shared-styles.ts'
import { strings } from './strings.ts'

type Side = 'choice' | 'invite' | 'answer'

/**
 * Connects two people by codes that they hand to each other. Opens itself when it is put on the page; what has been
 * handed out stays good after it was closed.
 *
 * @fires close - the person is done with it
 */
export class CodeDialog extends SignalWatcher(LitElement) {
  static override properties = { codes: { attribute: false }, inCall: { type: Boolean }, text: {}, side: { state: true } }

  static override styles = [base, buttons, css`
    :host { display: contents; }
    dialog { width: min(46rem, calc(100vw - 1rem)); max-width: none; max-height: calc(100dvh - 1rem); padding: clamp(1rem, 4vw, 1.5rem); border: 0; border-radius: var(--radius-large); background: var(--surface); color: var(--text); box-shadow: var(--shadow); }
    dialog.narrow { width: min(30rem, calc(100vw - 1rem)); }
    dialog::backdrop { background: rgb(10 14 12 / 55%); }
    header { display: flex; align-items: start; gap: var(--space-3); margin-bottom: var(--space-4); }
    h2 { flex: 1; font-size: 1.25rem; line-height: 1.3; padding-top: 0.2rem; }
    .choice { display: grid; gap: var(--space-3); margin-top: var(--space-4); }
    .choice button { display: grid; justify-items: start; text-align: start; gap: 0; padding: var(--space-3) var(--space-4); border-radius: var(--radius-small); }
    .choice small { font-weight: 400; font-size: var(--text-small); }
  `]

  declare codes: CodesView
  /** We are in a call: people are let into it. */
  declare inCall: boolean
  /** An invitation to answer; empty when there is none. */
  declare text: string
  declare side: Side

  constructor() {
    super()
    this.inCall = false
    this.text = ''
    this.side = 'choice'
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.text !== '') this.side = 'answer'
    else if (this.inCall) this.side = 'invite'
  }

  protected override firstUpdated(): void {
    this.#dialog?.showModal()
  }

  protected override render(): TemplateResult {
    return html`<dialog class=${this.side === 'invite' ? '' : 'narrow'} aria-labelledby="title" data-testid="code-dialog" @close=${this.#onClose}>
      <header role="presentation">
        <h2 id="title" tabindex="-1" autofocus>${this.side === 'invite' && this.inCall ? strings.codes.titleInCall : strings.codes.title}</h2>
        <button type="button" class="small plain round" aria-label=${strings.close} title=${strings.close} @click=${this.#close}>${icon('close')}</button>
      </header>
      ${this.#content()}
    </dialog>`
  }

  #content(): TemplateResult {
    switch (this.side) {
      case 'invite': return html`<parley-code-invite .codes=${this.codes} @connected=${this.#close}></parley-code-invite>`
      case 'answer': return html`<parley-code-answer .codes=${this.codes} .text=${this.text} .inCall=${this.inCall} @connected=${this.#close}></parley-code-answer>`
      case 'choice': return html`<p class="quiet">${codeStrings.lead}</p><div class="choice">
        ${this.#option('invite', codeStrings.invite, codeStrings.inviteHint)}${this.#option('answer', codeStrings.have, codeStrings.haveHint)}
      </div>`
      default: return this.side satisfies never ?? nothing
    }
  }

  #option(side: Side, label: string, hint: string): TemplateResult {
    return html`<button type="button" data-testid=${`codes-${side}`} @click=${() => { this.side = side }}>${label}<small>${hint}</small></button>`
  }

  #close = (): void => this.#dialog?.close()

  #onClose = (): void => {
    this.dispatchEvent(new Event('close'))
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog')
  }
}

customElements.define('parley-code-dialog', CodeDialog)
