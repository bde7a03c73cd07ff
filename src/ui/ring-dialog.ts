import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { IncomingRing, RingView } from '../room/views.ts'
import { icon } from './icons.ts'
import { displayName, hueOf, initials, shortPeer } from './people.ts'
import { base, buttons } from './shared-styles.ts'
import { callStrings } from './call-strings.ts'
import { strings } from './strings.ts'

/** Asks whether to answer somebody who rings us. Escape refuses. */
export class RingDialog extends SignalWatcher(LitElement) {
  static override properties = { ring: { attribute: false }, inCall: { type: Boolean } }

  static override styles = [base, buttons, css`
    dialog { width: min(26rem, calc(100vw - 2rem)); padding: var(--space-6) var(--space-5) var(--space-5); border: 0; border-radius: var(--radius-large); background: var(--surface); color: var(--text); box-shadow: var(--shadow); text-align: center; }
    dialog::backdrop { background: rgb(10 14 12 / 55%); }
    .avatar { position: relative; width: 5.5rem; height: 5.5rem; margin: 0 auto var(--space-5); display: grid; place-items: center; border-radius: 50%; color: #fff; font-size: 2rem; font-weight: 600; }
    .avatar::after { content: ''; position: absolute; inset: 0; border-radius: 50%; border: 2px solid var(--accent); animation: ring 1.6s ease-out infinite; }
    @keyframes ring { to { transform: scale(1.4); opacity: 0; } }
    h2 { font-size: 1.375rem; line-height: 1.25; overflow-wrap: anywhere; }
    p { margin-top: var(--space-2); }
    .actions { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(9rem, 100%), 1fr)); gap: var(--space-3); margin-top: var(--space-5); }
  `]

  declare ring: RingView
  /** Whether answering would end another call. */
  declare inCall: boolean

  protected override render(): TemplateResult {
    const incoming = this.ring.incoming.value
    return html`<dialog role="alertdialog" aria-labelledby="who" aria-describedby="what" @cancel=${this.#onCancel} data-testid="incoming-ring">
      ${incoming === null ? nothing : this.#question(incoming)}
    </dialog>`
  }

  #question(incoming: IncomingRing): TemplateResult {
    const name = displayName(incoming.name)
    // The heading takes the focus: a dialog that pops up while somebody types must not be answered by a stray Enter.
    return html`
      <div class="avatar" aria-hidden="true">${initials(name)}</div>
      <h2 id="who" tabindex="-1" autofocus>${strings.ring.title(name)}</h2>
      <div id="what">
        <p class="quiet">${callStrings.ring.identity(shortPeer(incoming.peer))}</p>
        <p class="quiet">${callStrings.ring.unverified}</p>
        ${this.inCall ? html`<p>${callStrings.ring.leavesCall}</p>` : nothing}
      </div>
      <div class="actions">
        <button type="button" data-testid="refuse-ring" @click=${() => incoming.refuse()}>${callStrings.ring.refuse}</button>
        <button type="button" class="primary" data-testid="accept-ring" @click=${() => incoming.accept()}>${icon('phone')}${callStrings.ring.accept}</button>
      </div>`
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog')
    const incoming = this.ring.incoming.value
    if (dialog === null) return
    if (incoming === null) return dialog.close()
    const avatar = dialog.querySelector<HTMLElement>('.avatar')
    if (avatar !== null) avatar.style.background = `hsl(${hueOf(incoming.peer)} 38% 35%)`
    if (!dialog.open) dialog.showModal()
  }

  #onCancel = (event: Event): void => {
    event.preventDefault()
    this.ring.incoming.value?.refuse()
  }
}

customElements.define('parley-ring-dialog', RingDialog)
