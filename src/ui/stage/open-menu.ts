import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit'
import { createLog } from '../../util/log.ts'
import '../menu.ts'
import { callStrings } from '../call-strings.ts'
import { VolumeRequest, type TileMenuRequest } from './events.ts'
import type { TileKey } from './stage-plan.ts'
import { tileMenu, type TileMenuContext } from './tile-menu.ts'

const log = createLog('ui')

/** Space between the menu and the edges of the window, CSS pixels. */
const MARGIN = 8

/** The menu of one tile at a time: opens it when a tile asks, and puts it beside the button. */
export class TileMenu implements ReactiveController {
  readonly #host: LitElement
  #shown: { key: TileKey, opener: HTMLElement } | null = null

  constructor(host: LitElement) {
    this.#host = host
    host.addController(this)
    host.addEventListener('tile-menu-request', (event: TileMenuRequest) => this.#toggle(event))
  }

  hostDisconnected(): void {
    this.#shown = null
  }

  /** The tile whose menu is open. */
  get open(): TileKey | null { return this.#shown?.key ?? null }

  /** Closes it when its tile is no longer there: who has left takes the button that opened it along. */
  keep(tiles: { has(key: TileKey): boolean }): void {
    if (this.#shown !== null && !tiles.has(this.#shown.key)) this.#shown = null
  }

  render(context: Omit<TileMenuContext, 'fill' | 'showVolume'>): TemplateResult | typeof nothing {
    if (this.#shown === null) return nothing
    const { key, opener } = this.#shown
    const tile = tileOf(opener)
    const groups = tileMenu(key, {
      ...context,
      fill: tile !== null && document.fullscreenEnabled ? () => fillScreen(tile) : null,
      showVolume: (peer) => this.#host.dispatchEvent(new VolumeRequest(peer)),
    })
    return html`<parley-menu .groups=${groups} .label=${opener.ariaLabel ?? callStrings.menu.view} @close=${this.#onClose}></parley-menu>`
  }

  /** Beside the button that opened it, within the window. */
  place(): void {
    const menu = this.#host.renderRoot.querySelector<HTMLElement>('parley-menu')
    if (menu === null || this.#shown === null) return
    const { left, right, top, bottom } = this.#shown.opener.getBoundingClientRect()
    const { offsetWidth, offsetHeight } = menu
    const across = right - offsetWidth >= MARGIN ? right - offsetWidth : left
    const down = bottom + MARGIN + offsetHeight <= innerHeight - MARGIN ? bottom + MARGIN : top - MARGIN - offsetHeight
    menu.style.left = `${Math.max(MARGIN, Math.min(innerWidth - offsetWidth - MARGIN, across))}px`
    menu.style.top = `${Math.max(MARGIN, Math.min(innerHeight - offsetHeight - MARGIN, down))}px`
  }

  #toggle({ key, opener }: TileMenuRequest): void {
    // Over a tile that fills the screen no menu can be seen, and what is wanted is the way back.
    if (document.fullscreenElement !== null && tileOf(opener)?.matches(':fullscreen') === true) return void document.exitFullscreen()
    this.#shown = this.#shown?.key === key ? null : { key, opener }
    this.#host.requestUpdate()
    // What the menu holds is drawn a moment after the menu itself, and only then has it its size.
    void this.#host.updateComplete.then(() => requestAnimationFrame(() => this.place()))
  }

  #onClose = ({ detail }: CustomEvent<{ returnFocus: boolean }>): void => {
    const opener = this.#shown?.opener
    this.#shown = null
    this.#host.requestUpdate()
    if (detail.returnFocus) opener?.focus()
  }
}

/** The tile that holds the element whose button this is. */
function tileOf(opener: HTMLElement): HTMLElement | null {
  const root = opener.getRootNode()
  return root instanceof ShadowRoot ? root.host.parentElement : null
}

async function fillScreen(tile: HTMLElement): Promise<void> {
  try {
    await tile.requestFullscreen()
  } catch (error) {
    // The browser or its owner does not allow it here; the tile is as large as it was.
    log.debug('no full screen', error)
  }
}
