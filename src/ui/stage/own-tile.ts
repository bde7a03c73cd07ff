import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, type TemplateResult } from 'lit'
import type { GesturesView, LocalMedia, PeerKey } from '../../room/views.ts'
import { gesturesOnTile } from '../gestures/on-tile.ts'
import { hueOf } from '../people.ts'
import { strings } from '../strings.ts'
import '../video-tile.ts'
import { cornerAt, cornerBeside } from './floating-box.ts'
import { place } from './place.ts'
import type { Size } from './grid-layout.ts'
import { camera, type StagePlan, type TileKey } from './stage-plan.ts'
import './tile-actions.ts'
import { tileStyles } from './tile-actions.ts'
import type { Viewing } from './viewing.ts'

/** A press that moves less than this, CSS pixels, is a press and no drag. */
const DRAG_FROM = 6

/**
 * Our own picture, mirrored. Where it floats it is moved to another corner of the stage by dragging it, or by the arrow keys.
 */
export class OwnTile extends SignalWatcher(LitElement) {
  static override properties = {
    local: { attribute: false }, gestures: { attribute: false }, peer: {}, name: {}, plan: { attribute: false }, size: { attribute: false }, viewing: { attribute: false }, menu: {},
  }

  static override styles = [tileStyles, css`
    :host { display: contents; }
    [hidden] { display: none; }
    [data-floating] { border-radius: 1rem; box-shadow: 0 0 0 3px var(--background); z-index: 1; cursor: grab; touch-action: none; transition: inset-inline-start 180ms ease-out, top 180ms ease-out; }
    [data-dragged] { cursor: grabbing; transition: none; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
    @media (prefers-reduced-motion: reduce) { [data-floating] { transition: none; } }
  `]

  declare local: LocalMedia
  declare gestures: GesturesView
  declare peer: PeerKey
  declare name: string
  declare plan: StagePlan
  /** The stage's. */
  declare size: Size
  declare viewing: Viewing
  declare menu: TileKey | null

  protected override render(): TemplateResult {
    const { local, peer, name, plan: { floats } } = this
    const stream = local.cameraStream.value
    const microphone = local.sending.value.microphone
    return html`
      <parley-video-tile data-testid="tile" data-self data-peer=${peer} ?data-floating=${floats} tabindex=${floats ? 0 : -1}
        role="group" aria-label=${floats ? strings.tile.ownFloating : strings.tile.ownPicture}
        .label=${floats ? strings.you : strings.tile.own(name)} .initialsOf=${name} .hue=${hueOf(peer)} .stream=${stream} .showsVideo=${stream !== null}
        .cameraOff=${stream === null} .muted=${!microphone} .speaking=${microphone && local.speaking.value} mirrored
        @keydown=${this.#onKey} @pointerdown=${this.#onPointerDown}>
        ${gesturesOnTile(this.gestures, peer)}
        <parley-tile-actions slot="actions" .tile=${camera(peer)} .name=${strings.tile.ownPicture} .pinned=${null} .open=${this.menu === camera(peer)}></parley-tile-actions>
      </parley-video-tile>`
  }

  protected override updated(): void {
    place(this.#tile, this.plan.boxes.get(camera(this.peer)))
  }

  get #tile(): HTMLElement | null {
    return this.renderRoot.querySelector('parley-video-tile')
  }

  get #isRightToLeft(): boolean {
    return getComputedStyle(this).direction === 'rtl'
  }

  #onKey = (event: KeyboardEvent): void => {
    const corner = this.plan.floats ? cornerBeside(this.viewing.choice.peek().corner, event.key, this.#isRightToLeft) : null
    if (corner === null) return
    event.preventDefault()
    this.viewing.choose({ corner })
  }

  #onPointerDown = (down: PointerEvent): void => {
    const tile = this.#tile
    if (tile === null || !this.plan.floats || down.button !== 0) return
    const { pointerId } = down
    const controller = new AbortController()
    const { signal } = controller
    const moved = ({ clientX, clientY }: PointerEvent): [number, number] => [clientX - down.clientX, clientY - down.clientY]
    // Of the window: a quick hand is somewhere else before the tile has moved at all.
    addEventListener('pointermove', (event) => {
      if (event.pointerId !== pointerId) return
      const [x, y] = moved(event)
      if (!tile.hasAttribute('data-dragged') && Math.hypot(x, y) < DRAG_FROM) return
      tile.toggleAttribute('data-dragged', true)
      tile.style.translate = `${x}px ${y}px`
    }, { signal })
    for (const last of ['pointerup', 'pointercancel'] as const) {
      addEventListener(last, (event) => {
        if (event.pointerId !== pointerId) return
        controller.abort()
        if (!tile.hasAttribute('data-dragged')) return
        if (last === 'pointerup') this.#drop(moved(event))
        tile.toggleAttribute('data-dragged', false)
        tile.style.translate = ''
      }, { signal })
    }
  }

  #drop([x, y]: [number, number]): void {
    const box = this.plan.boxes.get(camera(this.peer))
    if (box === undefined) return
    const across = this.#isRightToLeft ? -x : x
    this.viewing.choose({ corner: cornerAt({ x: box.x + box.width / 2 + across, y: box.y + box.height / 2 + y }, this.size) })
  }
}

customElements.define('parley-own-tile', OwnTile)
