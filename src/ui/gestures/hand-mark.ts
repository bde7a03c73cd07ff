import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { GesturesView, PeerKey } from '../../room/views.ts'
import { computed } from '../../util/signals.ts'
import { icon } from '../call-icons.ts'
import { base } from '../shared-styles.ts'
import { controlStrings } from '../control-strings.ts'

/** One person's raised hand with its place among all hands; nothing while it is down. */
export class HandMark extends SignalWatcher(LitElement) {
  static override properties = { gestures: { attribute: false }, peer: {} }

  static override styles = [base, css`
    :host { display: contents; }
    span { display: inline-flex; align-items: center; }
    .hand { gap: 0.25rem; padding-block: 0.15rem; padding-inline: 0.4rem 0.55rem; border-radius: var(--radius-round); background: var(--hand); color: var(--on-hand); font-size: 0.875rem; font-weight: 700; line-height: 1.4; animation: rise 180ms ease-out; }
    .icon { width: 1.2em; height: 1.2em; stroke-width: 2; }
    @keyframes rise { from { opacity: 0; transform: translateY(0.5rem); } }
  `]

  declare gestures: GesturesView
  declare peer: PeerKey
  // Computed, so that somebody else's hand redraws this only when it changes the order.
  readonly #place = computed(() => this.gestures.hands.value.indexOf(this.peer) + 1)

  protected override render(): TemplateResult | typeof nothing {
    const place = this.#place.value
    if (place === 0) return nothing
    const text = controlStrings.hands.place(place)
    return html`<span class="hand" data-testid="tile-hand" role="img" aria-label=${text} title=${text}>${icon('hand')}<span aria-hidden="true">${place}</span></span>`
  }
}

customElements.define('parley-hand-mark', HandMark)
