import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { LocalMedia } from '../../room/views.ts'
import { effect, type ReadonlySignal } from '../../util/signals.ts'
import { icon } from '../icons.ts'
import { base, buttons } from '../shared-styles.ts'
import { callStrings } from '../call-strings.ts'
import { hearMuted, SILENT } from './muted-hint-policy.ts'
import { controlStrings } from '../control-strings.ts'

/** The hint stays this long, milliseconds. */
const SHOWN_MS = 7_000

/** Tells those who talk while nobody hears them; and that they are heard, while they hold the key for it. */
export class MutedHint extends SignalWatcher(LitElement) {
  static override properties = { local: { attribute: false }, talking: { attribute: false }, shown: { state: true } }

  static override styles = [base, buttons, css`
    :host { display: block; position: absolute; inset: auto 0 calc(100% + var(--space-2)); pointer-events: none; z-index: 2; }
    .hint { width: fit-content; max-width: 100%; margin: 0 auto; display: flex; align-items: center; gap: var(--space-3); padding: var(--space-2) var(--space-4); border-radius: var(--radius-large); background: var(--text); color: var(--background); font-size: 0.9375rem; box-shadow: var(--shadow); pointer-events: auto; animation: rise 160ms ease-out; }
    .hint > .icon { color: inherit; }
    button { min-height: 2rem; }
    @keyframes rise { from { opacity: 0; transform: translateY(0.375rem); } }
  `]

  declare local: LocalMedia
  /** Whether we are heard only for as long as a key is held. */
  declare talking: ReadonlySignal<boolean>
  declare shown: boolean
  #talk = SILENT
  #timer: ReturnType<typeof setTimeout> | undefined
  #unfollow: (() => void) | undefined

  constructor() {
    super()
    this.shown = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    // Outside of the drawing: the level changes fifteen times a second.
    this.#unfollow = effect(() => {
      const { local } = this
      if (local.microphone.value.phase === 'on' && local.muted.value) this.#hear(local.level.value)
      else this.#forget()
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#unfollow?.()
    this.#forget()
  }

  protected override render(): TemplateResult {
    const talking = this.talking.value
    return html`<div role="status">${talking ? html`<p class="hint" data-testid="talking">${icon('microphone')}${controlStrings.keys.talking}</p>`
      : this.shown ? html`<p class="hint" data-testid="muted-hint">${icon('microphoneOff')}<span>${controlStrings.keys.muted}</span>
        <button type="button" class="small" @click=${() => this.local.setMuted(false)}>${callStrings.controls.unmute}</button></p>` : nothing}</div>`
  }

  #hear(level: number): void {
    const { talk, tell } = hearMuted(this.#talk, level, performance.now())
    this.#talk = talk
    if (!tell) return
    this.shown = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => { this.shown = false }, SHOWN_MS)
  }

  #forget(): void {
    this.#talk = SILENT
    this.shown = false
    clearTimeout(this.#timer)
  }
}

customElements.define('parley-muted-hint', MutedHint)
