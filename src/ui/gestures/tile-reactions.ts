import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { GesturesView, PeerKey } from '../../room/views.ts'
import { computed } from '../../util/signals.ts'
import { base } from '../shared-styles.ts'
import { SIGNS } from './reactions.ts'

/** One person's reactions, which rise from the tile around it and fade. They are read out elsewhere. */
export class TileReactions extends SignalWatcher(LitElement) {
  static override properties = { gestures: { attribute: false }, peer: {} }

  static override styles = [base, css`
    :host { position: absolute; inset: auto 0 16% 0; display: flex; justify-content: center; pointer-events: none; }
    span { position: absolute; bottom: 0; font-size: clamp(1.75rem, 20cqmin, 3.5rem); line-height: 1; filter: drop-shadow(0 2px 5px rgb(0 0 0 / 45%)); animation: float 4s ease-out both; }
    span:nth-child(3n + 2) { translate: -80% 0; }
    span:nth-child(3n) { translate: 80% 0; }
    @keyframes float {
      from { opacity: 0; transform: translateY(30%) scale(0.5); }
      10% { opacity: 1; transform: none; }
      75% { opacity: 1; }
      to { opacity: 0; transform: translateY(-50cqh); }
    }
    /* The rule for all elements would end it at once, where it is seen no more: here it stands still instead. */
    @media (prefers-reduced-motion: reduce) { span { animation: none !important; } }
  `]

  declare gestures: GesturesView
  declare peer: PeerKey
  // Computed, so that somebody else's reactions do not redraw this.
  readonly #ids = computed(() => this.gestures.reactions.value.filter(({ peer }) => peer === this.peer).map(({ id }) => id).join())

  protected override render(): TemplateResult {
    void this.#ids.value
    const reactions = this.gestures.reactions.peek().filter(({ peer }) => peer === this.peer)
    return html`${repeat(reactions, ({ id }) => id, ({ reaction }) => html`<span aria-hidden="true" data-testid="tile-reaction">${SIGNS[reaction]}</span>`)}`
  }
}

customElements.define('parley-tile-reactions', TileReactions)
