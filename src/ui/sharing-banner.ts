import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { LocalMedia, ScreenPurpose } from '../room/views.ts'
import { icon, type IconName } from './call-icons.ts'
import { base, buttons } from './shared-styles.ts'
import { controlStrings } from './control-strings.ts'
import { callStrings } from './call-strings.ts'

/** The ways to share, with their drawings. */
export const PURPOSES: readonly { purpose: ScreenPurpose, drawing: IconName }[] = [
  { purpose: 'text', drawing: 'text' },
  { purpose: 'motion', drawing: 'motion' },
]

/** While our screen is shared: what the others see of it, what matters about it, and an end to it. */
export class SharingBanner extends SignalWatcher(LitElement) {
  static override properties = { local: { attribute: false } }

  static override styles = [base, buttons, css`
    :host { display: block; }
    .banner { width: fit-content; max-width: 100%; margin: 0 auto var(--space-2); display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-4); padding: var(--space-2); border-radius: var(--radius-large); background: var(--accent-quiet); color: var(--text); }
    video { flex: none; width: 6.5rem; height: 3.65rem; object-fit: contain; border-radius: var(--radius-small); background: var(--tile); }
    p { flex: 1 1 9rem; font-size: 0.9375rem; font-weight: 600; line-height: 1.3; }
    p span { display: block; font-weight: 400; font-size: var(--text-small); color: var(--text-quiet); }
    fieldset { display: flex; padding: 0.1875rem; border-radius: var(--radius-round); background: var(--surface); }
    label { display: inline-flex; align-items: center; gap: var(--space-2); min-height: 2.25rem; padding: 0 var(--space-3); border-radius: var(--radius-round); font-size: 0.875rem; font-weight: 600; cursor: pointer; }
    label:has(:checked) { background: var(--accent); color: var(--on-accent); }
    label:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px; }
    input { position: absolute; opacity: 0; pointer-events: none; }
    label .icon { width: 1.1rem; height: 1.1rem; }
    @media (max-width: 54rem) { label span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; } }
    @media (max-width: 40rem) { video { width: 4.5rem; height: 2.55rem; } }
    @media (max-height: 34rem) { video { display: none; } }
  `]

  declare local: LocalMedia

  protected override render(): TemplateResult | typeof nothing {
    const { local } = this
    if (local.screen.value.phase !== 'on') return nothing
    const sounds = (local.screenStream.value?.getAudioTracks().length ?? 0) > 0
    const { sharing } = controlStrings
    return html`<section class="banner" aria-label=${callStrings.call.sharing} data-testid="sharing">
      <video autoplay playsinline disablepictureinpicture .muted=${true} aria-label=${sharing.preview}></video>
      <p role="status">${callStrings.call.sharing}<span>${sounds ? sharing.withSound : sharing.silent}</span></p>
      <fieldset aria-label=${sharing.purpose}>
        ${PURPOSES.map(({ purpose, drawing }) => html`<label title=${sharing.hint[purpose]}>
          <input type="radio" name="purpose" value=${purpose} data-testid="purpose-${purpose}" .checked=${local.screenPurpose.value === purpose}
            @change=${() => local.setScreenPurpose(purpose)}>${icon(drawing)}<span>${sharing.name[purpose]}</span></label>`)}
      </fieldset>
      <button type="button" class="small danger" data-testid="stop-sharing" @click=${() => local.closeScreen()}>${icon('screenOff')}${callStrings.call.stopSharing}</button>
    </section>`
  }

  protected override updated(): void {
    const video = this.renderRoot.querySelector('video')
    const stream = this.local.screenStream.peek()
    if (video !== null && video.srcObject !== stream) video.srcObject = stream
  }
}

customElements.define('parley-sharing-banner', SharingBanner)
