import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { CaptureState, LocalMedia } from '../room/views.ts'
import { effects as said } from './effects-strings.ts'
import { icon } from './icons.ts'
import { captureErrorLine } from './messages.ts'
import { base, buttons } from './shared-styles.ts'
import { strings } from './strings.ts'
import './video-tile.ts'

/** How others will see us: picture, and the switches of camera and microphone. Asks for a device only when its switch is pressed. */
export class Preview extends SignalWatcher(LitElement) {
  static override properties = { local: { attribute: false }, name: {} }

  static override styles = [base, buttons, css`
    :host { display: grid; gap: var(--space-4); }
    .picture { position: relative; aspect-ratio: 16 / 10; max-height: min(62vh, 34rem); }
    @media (max-width: 36rem) { .picture { max-height: 30svh; min-height: 11rem; inline-size: 100%; } }
    @media (max-height: 30rem) and (min-width: 36rem) { .picture { max-height: calc(100svh - 5rem); inline-size: 100%; } }
    parley-video-tile { position: absolute; inset: 0; }
    .hint { position: absolute; inset: var(--space-4) var(--space-4) auto; text-align: center; color: var(--tile-text); }
    .switches { position: absolute; inset: auto var(--space-2) var(--space-4); display: flex; justify-content: center; gap: var(--space-2); }
    /* On the picture, whatever the scheme: what is off is offered brightly, what is on steps back. */
    .switches button { padding: 0 var(--space-4); background: rgb(248 250 249 / 94%); color: #191d1b; }
    .switches button:hover:not(:disabled) { background: #fff; }
    .switches button[aria-pressed='true'] { background: var(--tile-shade); color: var(--tile-text); }
    .switches button[aria-pressed='true']:hover:not(:disabled) { background: rgb(12 16 14 / 82%); }
    .switches :focus-visible { outline-color: #fff; outline-offset: 3px; }
  `]

  declare local: LocalMedia
  declare name: string

  protected override render(): TemplateResult {
    const { local } = this
    const camera = local.camera.value
    const microphone = local.microphone.value
    const stream = local.cameraStream.value
    return html`
      <div class="picture">
        <parley-video-tile data-testid="preview" .label=${''} .initialsOf=${this.name}
          .stream=${stream} .showsVideo=${stream !== null} mirrored
          role="group" aria-label=${strings.preview.label}></parley-video-tile>
        <p class="hint" role="status">${this.#hint(camera, stream)}</p>
        <div class="switches">
          ${this.#switch('microphone', microphone, () => local.openMicrophone(), () => local.closeMicrophone())}
          ${this.#switch('camera', camera, () => local.openCamera(), () => local.closeCamera())}
        </div>
      </div>
      ${captureErrorLine('camera', camera)}
      ${captureErrorLine('microphone', microphone)}
      <parley-effect-notices .effects=${local.effects} .isHidden=${stream === null}></parley-effect-notices>`
  }

  #hint({ phase }: CaptureState, stream: MediaStream | null): string | typeof nothing {
    if (phase === 'starting') return strings.preview.starting
    if (stream !== null) return nothing
    return this.local.effects.backgroundState.value.phase === 'starting' ? said.preparing : strings.preview.off
  }

  #switch(kind: 'camera' | 'microphone', { phase }: CaptureState, open: () => unknown, close: () => void): TemplateResult {
    const on = phase === 'on'
    const action = strings.preview[on ? `${kind}Off` as const : `${kind}On` as const]
    return html`<button type="button" data-testid="${kind}-toggle" aria-pressed=${on} aria-busy=${phase === 'starting'}
      title=${action} @click=${on ? close : open}>${icon(on ? kind : `${kind}Off`)}${strings.devices[kind]}</button>`
  }
}

customElements.define('parley-preview', Preview)
