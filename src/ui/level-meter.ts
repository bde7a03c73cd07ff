import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, type TemplateResult } from 'lit'
import type { ReadonlySignal } from '../util/signals.ts'
import { base } from './shared-styles.ts'
import { strings } from './strings.ts'

/** Loudness below this counts as silence: the noise of an open microphone in a quiet room. */
const SILENCE = 0.02
/** After this long without a sound the person is told, milliseconds. */
const PATIENCE_MS = 4000

/** Shows how loud the microphone is, and says so when nothing comes from it: open microphones may deliver silence. */
export class LevelMeter extends SignalWatcher(LitElement) {
  static override properties = { level: { attribute: false }, silent: { state: true }, heard: { state: true } }

  static override styles = [base, css`
    :host { display: block; }
    .track { height: 0.5rem; border-radius: var(--radius-round); background: var(--raised); overflow: hidden; }
    :host(:dir(rtl)) .track { scale: -1 1; }
    .fill { height: 100%; border-radius: inherit; background: var(--accent); transform: translateX(-100%); transition: transform 80ms linear; }
    p { margin-top: var(--space-1); }
    .warn { color: var(--warn); font-size: var(--text-small); font-weight: 600; }
  `]

  declare level: ReadonlySignal<number>
  declare silent: boolean
  declare heard: boolean
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.silent = false
    this.heard = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#timer = setTimeout(() => { this.silent = !this.heard }, PATIENCE_MS)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  protected override willUpdate(): void {
    if (this.level.value < SILENCE) return
    this.heard = true
    this.silent = false
  }

  protected override render(): TemplateResult {
    const percent = Math.round(Math.min(1, this.level.value) * 100)
    return html`
      <div class="track" role="meter" aria-label=${strings.preview.level} aria-valuemin="0" aria-valuemax="100"
        aria-valuenow=${percent} data-testid="level"><div class="fill"></div></div>
      <p role="status" class=${this.silent ? 'warn' : 'quiet'} ?hidden=${this.heard}>
        ${this.silent ? strings.preview.silent : strings.preview.speak}</p>`
  }

  protected override updated(): void {
    // Loudness is felt as its root: speech at a tenth of full scale should fill a third of the bar.
    const shown = Math.sqrt(Math.min(1, Math.max(0, this.level.value)))
    const fill = this.renderRoot.querySelector<HTMLElement>('.fill')
    if (fill !== null) fill.style.transform = `translateX(${shown * 100 - 100}%)`
  }
}

customElements.define('parley-level-meter', LevelMeter)
