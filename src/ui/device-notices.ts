import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { CaptureState, LocalMedia } from '../room/views.ts'
import './effect-notices.ts'
import { icon } from './call-icons.ts'
import { captureSentence } from './messages.ts'
import { base, buttons } from './shared-styles.ts'
import { strings } from './strings.ts'

type Kind = 'camera' | 'microphone' | 'screen'

/** Says during a call which device failed and offers to try it again. */
export class DeviceNotices extends SignalWatcher(LitElement) {
  static override properties = { local: { attribute: false }, dismissed: { state: true } }

  static override styles = [base, buttons, css`
    :host { display: grid; justify-items: center; }
    .notice { margin-bottom: var(--space-2); display: flex; align-items: center; flex-wrap: wrap; gap: var(--space-2) var(--space-3); max-width: 46rem; padding-block: var(--space-2); padding-inline: var(--space-4) var(--space-2); border-radius: var(--radius-large); background: var(--danger-quiet); color: var(--danger-text); font-size: 0.9375rem; }
    .notice span { flex: 1 1 14rem; }
    .notice button { background: var(--surface); }
    .notice button.plain { background: transparent; color: inherit; }
  `]

  declare local: LocalMedia
  /** Failures that were read and closed. */
  declare dismissed: ReadonlySet<CaptureState>

  constructor() {
    super()
    this.dismissed = new Set()
  }

  protected override render(): TemplateResult {
    const { local } = this
    return html`
      ${this.#failure('microphone', local.microphone.value, () => local.openMicrophone())}
      ${this.#failure('camera', local.camera.value, () => local.openCamera())}
      <parley-effect-notices .effects=${local.effects} .isHidden=${local.cameraStream.value === null}></parley-effect-notices>
      ${this.#failure('screen', local.screen.value, () => local.openScreen())}`
  }

  #failure(kind: Kind, state: CaptureState, again: () => unknown): TemplateResult | typeof nothing {
    if (state.phase !== 'failed' || this.dismissed.has(state)) return nothing
    return html`<div class="notice" role="alert" data-testid="error" data-code=${state.error}>
      <span>${captureSentence(kind, state.error)}</span>
      <button type="button" class="small" @click=${again}>${strings.tryAgain}</button>
      <button type="button" class="small plain round" aria-label=${strings.close}
        @click=${() => { this.dismissed = new Set([...this.dismissed, state]) }}>${icon('close')}</button>
    </div>`
  }
}

customElements.define('parley-device-notices', DeviceNotices)
