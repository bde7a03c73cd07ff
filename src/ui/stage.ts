import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, unsafeCSS, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { LocalMedia, RoomView } from '../room/views.ts'
import { computed } from '../util/signals.ts'
import { GAP, stageLayout, type Size, type StageLayout } from './grid-layout.ts'
import './participant-tiles.ts'
import { hueOf } from './people.ts'
import type { Playback } from './playback.ts'
import { base } from './shared-styles.ts'
import { strings } from './strings.ts'
import './video-tile.ts'

/** Places everybody's tiles, our own last; measures itself and leaves the decision to `grid-layout.ts`. */
export class Stage extends SignalWatcher(LitElement) {
  static override properties = { local: { attribute: false }, room: { attribute: false }, playback: { attribute: false }, name: {}, size: { state: true } }

  static override styles = [base, css`
    :host { display: flex; flex-wrap: wrap; gap: ${unsafeCSS(GAP)}px; align-content: center; justify-content: center; align-items: center; position: relative; min-width: 0; min-height: 0; overflow: hidden; }
    .self { width: var(--camera-width); height: var(--camera-height); }
    .self[data-floating] { position: absolute; right: var(--floating-right); bottom: var(--floating-bottom); width: var(--floating-width); height: var(--floating-height); border-radius: 1rem; box-shadow: 0 0 0 3px var(--background); }
  `]

  declare local: LocalMedia
  declare room: RoomView
  declare playback: Playback
  /** Our own name. */
  declare name: string
  declare size: Size
  readonly #observer = new ResizeObserver(([entry]) => {
    if (entry !== undefined) this.size = { width: Math.floor(entry.contentRect.width), height: Math.floor(entry.contentRect.height) }
  })
  // Computed, so that only the number of screens, not every change of every participant, lays out the stage again.
  readonly #screens = computed(() => this.room.participants.value
    .filter(({ state }) => state.value.screen !== null && state.value.media.screen).length)

  // Likewise only whether anybody is connected.
  readonly #anyConnected = computed(() => this.room.participants.value.some(({ state }) => state.value.connection === 'connected'))

  constructor() {
    super()
    this.size = { width: 0, height: 0 }
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#observer.observe(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#observer.disconnect()
  }

  protected override render(): TemplateResult {
    const participants = this.room.participants.value
    const sending = this.local.sending.value
    const stream = this.local.cameraStream.value
    return html`
      ${repeat(participants, (participant) => participant, (participant) => html`
        <parley-participant-tiles .participant=${participant} .playback=${this.playback} .others=${this.#anyConnected.value}></parley-participant-tiles>`)}
      <parley-video-tile class="self" data-testid="tile" data-self data-peer=${this.room.self} ?data-floating=${this.#layout.floating !== null}
        .label=${this.#layout.floating === null ? strings.tile.own(this.name) : strings.you} .initialsOf=${this.name} .hue=${hueOf(this.room.self)}
        .stream=${stream} .showsVideo=${stream !== null} .muted=${!sending.microphone} mirrored></parley-video-tile>`
  }

  protected override updated(): void {
    const { flow, camera, screen, floating } = this.#layout
    this.style.flexDirection = flow
    this.#setSize('camera', camera)
    this.#setSize('screen', screen)
    this.#setSize('floating', floating ?? camera)
    // In the corner of the one large tile, which may be smaller than the stage.
    this.style.setProperty('--floating-right', `${(this.size.width - camera.width) / 2 + GAP}px`)
    this.style.setProperty('--floating-bottom', `${(this.size.height - camera.height) / 2 + GAP}px`)
  }

  get #layout(): StageLayout {
    return stageLayout({ cameras: this.room.participants.value.length + 1, screens: this.#screens.value }, this.size)
  }

  #setSize(name: string, { width, height }: Size): void {
    this.style.setProperty(`--${name}-width`, `${width}px`)
    this.style.setProperty(`--${name}-height`, `${height}px`)
  }
}

customElements.define('parley-stage', Stage)
