import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import { icon } from '../call-icons.ts'
import { base } from '../shared-styles.ts'
import { strings } from '../strings.ts'
import { TileMenuRequest } from './events.ts'
import type { TileKey } from './stage-plan.ts'

/** For whoever puts tiles on the stage: where they stand, and when what can be done with them is shown. */
export const tileStyles = css`
  parley-video-tile { position: absolute; }
  parley-tile-actions { opacity: 0; transition: opacity var(--quick); }
  parley-video-tile:hover > parley-tile-actions, parley-video-tile:focus-within > parley-tile-actions, parley-tile-actions[open], parley-tile-actions[pinned] { opacity: 1; }
  @media (hover: none) { parley-tile-actions { opacity: 1; } }
`

/**
 * The buttons on a tile.
 *
 * @fires pin-toggle - pin or unpin was pressed
 * @fires tile-menu-request - the menu was asked for
 */
export class TileActions extends SignalWatcher(LitElement) {
  static override properties = { tile: {}, name: {}, pinned: { type: Boolean, reflect: true }, open: { type: Boolean, reflect: true } }

  static override styles = [base, css`
    :host { display: flex; gap: var(--space-1); }
    button { display: grid; place-items: center; width: 2rem; height: 2rem; padding: 0; border: 0; border-radius: 50%; background: var(--tile-shade); color: var(--tile-text); cursor: pointer; position: relative; -webkit-tap-highlight-color: transparent; }
    button:hover { background: rgb(12 16 14 / 85%); }
    button[aria-pressed='true'] { background: var(--voice); color: #06241d; }
    :focus-visible { outline-color: var(--voice); outline-offset: 1px; }
    .icon { width: 1.125rem; height: 1.125rem; }
    /* What a finger does not find by passing over it is small and quiet, with a hit area around it, and the pin is in the menu. */
    @media (hover: none) { button { width: 1.75rem; height: 1.75rem; opacity: 0.8; } button[aria-pressed='false'] { display: none; } }
    @media (pointer: coarse) { button::after { content: ''; position: absolute; inset: -0.5rem; } }
  `]

  declare tile: TileKey
  /** Whose tile it is. */
  declare name: string
  /** Whether it is pinned; null for what cannot be. */
  declare pinned: boolean | null
  /** Whether its menu is open. */
  declare open: boolean

  protected override render(): TemplateResult {
    const { menu, pin, unpin } = strings.tile
    const title = this.pinned === true ? unpin : pin
    return html`
      ${this.pinned === null ? nothing : html`<button type="button" data-testid="tile-pin" aria-pressed=${this.pinned} aria-label="${pin}: ${this.name}"
        title=${title} @click=${() => this.dispatchEvent(new Event('pin-toggle'))}>${icon(this.pinned ? 'pinOff' : 'pin')}</button>`}
      <button type="button" data-testid="tile-menu" aria-haspopup="menu" aria-expanded=${this.open} aria-label=${menu(this.name)} title=${menu(this.name)}
        @click=${this.#onMenu}>${icon('more')}</button>`
  }

  #onMenu = ({ currentTarget }: Event): void => {
    this.dispatchEvent(new TileMenuRequest(this.tile, currentTarget as HTMLElement))
  }
}

customElements.define('parley-tile-actions', TileActions)
