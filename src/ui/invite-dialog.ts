import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import { canShareLink, shareLink } from './clipboard.ts'
import { dialogStyles } from './dialog-styles.ts'
import { icon } from './call-icons.ts'
import './share-address.ts'
import { base, buttons } from './shared-styles.ts'
import { callStrings } from './call-strings.ts'
import { strings } from './strings.ts'

/**
 * The link to the call, to be copied, sent or held up to a phone.
 *
 * @fires close - the person closed it
 */
export class InviteDialog extends SignalWatcher(LitElement) {
  static override properties = { link: {} }

  static override styles = [base, buttons, dialogStyles, css`
    p { margin-bottom: var(--space-4); color: var(--text-quiet); }
  `]

  declare link: string

  protected override firstUpdated(): void {
    this.#dialog?.showModal()
  }

  protected override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" data-testid="invite-dialog" @close=${() => this.dispatchEvent(new Event('close'))}>
      <h2 id="title" tabindex="-1" autofocus>${callStrings.invite.title}</h2>
      <p>${callStrings.invite.lead}</p>
      <parley-share-address .value=${this.link} .label=${strings.call.link}></parley-share-address>
      <div class="actions">
        ${canShareLink() ? html`<button type="button" data-testid="share" @click=${() => shareLink(this.link)}>${icon('share')}${callStrings.invite.send}</button>` : nothing}
        <button type="button" class="primary" @click=${() => this.#dialog?.close()}>${strings.close}</button>
      </div>
    </dialog>`
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog')
  }
}

customElements.define('parley-invite-dialog', InviteDialog)
