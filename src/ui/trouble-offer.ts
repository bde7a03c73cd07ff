import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { LocalMedia, NetworkView, ParticipantView } from '../room/views.ts'
import { computed, type ReadonlySignal } from '../util/signals.ts'
import { DoctorRequest } from './events.ts'
import { icon } from './call-icons.ts'
import { displayName } from './people.ts'
import { base, buttons } from './shared-styles.ts'
import { strings } from './strings.ts'

/** Trouble that lasts this long does not pass by itself, milliseconds: a restarted ICE needs some seconds. */
const PATIENCE_MS = 9_000

/** What is wrong at the moment, in one sentence; null when nothing is. Pure but for the signals that it reads. */
export function troubleSentence(
  { microphone, camera }: Pick<LocalMedia, 'microphone' | 'camera'>, network: Pick<NetworkView, 'status'> | null, people: readonly Pick<ParticipantView, 'state'>[]
): string | null {
  if (network?.status.value === 'connecting' || network?.status.value === 'offline') return strings.trouble.network
  const lost = people.map(({ state }) => state.value).find(({ connection }) => connection !== 'connected' && connection !== 'away')
  if (lost !== undefined) return strings.trouble.person(displayName(lost.name))
  return microphone.value.phase === 'failed' || camera.value.phase === 'failed' ? strings.trouble.device : null
}

/**
 * Offers to find out why, once something has not worked for a while; silent otherwise.
 *
 * @fires doctor-request - the offer was accepted
 */
export class TroubleOffer extends SignalWatcher(LitElement) {
  static override properties = {
    local: { attribute: false }, network: { attribute: false }, people: { attribute: false }, lasting: { state: true }, refused: { state: true },
  }

  static override styles = [base, buttons, css`
    :host { display: grid; justify-items: center; }
    .notice { margin-bottom: var(--space-2); display: flex; align-items: center; flex-wrap: wrap; gap: var(--space-2) var(--space-3); max-width: 46rem; padding-block: var(--space-2); padding-inline: var(--space-4) var(--space-2); border-radius: var(--radius-large); background: var(--raised); font-size: 0.9375rem; }
    .notice span { flex: 1 1 8rem; }
    .notice button { background: var(--surface); }
    .notice button.plain { background: transparent; }
  `]

  declare local: Pick<LocalMedia, 'microphone' | 'camera'>
  /** Null while the code for calls is still loading. */
  declare network: Pick<NetworkView, 'status'> | null
  declare people: ReadonlySignal<readonly ParticipantView[]> | null
  /** Whether the present trouble has lasted for a while. */
  declare lasting: boolean
  /** What the person does not want to hear about again. */
  declare refused: string | null
  #sentence: string | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #trouble = computed(() => troubleSentence(this.local, this.network, this.people?.value ?? []))

  constructor() {
    super()
    this.network = null
    this.people = null
    this.lasting = false
    this.refused = null
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
    this.#sentence = null
  }

  protected override willUpdate(): void {
    const sentence = this.#trouble.value
    if (sentence === this.#sentence) return
    this.#sentence = sentence
    this.lasting = false
    clearTimeout(this.#timer)
    if (sentence !== null) this.#timer = setTimeout(() => { this.lasting = true }, PATIENCE_MS)
  }

  protected override render(): TemplateResult | typeof nothing {
    const sentence = this.#sentence
    if (sentence === null || !this.lasting || sentence === this.refused) return nothing
    return html`<div class="notice" role="status" data-testid="trouble">
      <span>${sentence}</span>
      <button type="button" class="small" data-testid="find-out" @click=${() => this.dispatchEvent(new DoctorRequest())}>${strings.trouble.why}</button>
      <button type="button" class="small plain round" aria-label=${strings.close} @click=${() => { this.refused = sentence }}>${icon('close')}</button>
    </div>`
  }
}

customElements.define('parley-trouble-offer', TroubleOffer)
