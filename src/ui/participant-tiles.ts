import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { ParticipantView } from '../room/views.ts'
import { markOnce } from '../util/marks.ts'
import './audio-sink.ts'
import { displayName, hueOf } from './people.ts'
import type { Playback } from './playback.ts'
import { strings } from './strings.ts'
import './video-tile.ts'
import { ViewReport } from './view-report.ts'

/**
 * All that is shown and heard of one participant: camera tile, screen tile, sound. It has no box of its own:
 * its tiles are laid out by the stage around it.
 */
export class ParticipantTiles extends SignalWatcher(LitElement) {
  static override properties = { participant: { attribute: false }, playback: { attribute: false }, others: { type: Boolean } }

  static override styles = css`
    :host { display: contents; }
    .camera { width: var(--camera-width); height: var(--camera-height); }
    .screen { width: var(--screen-width); height: var(--screen-height); order: -1; }
    parley-audio-sink { display: none; }
  `

  declare participant: ParticipantView
  declare playback: Playback
  /** Whether anybody else in the call is connected. */
  declare others: boolean
  #report: ViewReport | null = null
  #connected = new AbortController()
  #seen = false
  #heard = false

  override connectedCallback(): void {
    super.connectedCallback()
    this.#connected = new AbortController()
    this.#report = new ViewReport(this.participant, this.#connected.signal)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#connected.abort()
  }

  protected override render(): TemplateResult {
    const state = this.participant.state.value
    const { peer } = this.participant
    const name = displayName(state.name)
    return html`
      <parley-video-tile class="camera" data-testid="tile" data-peer=${peer} data-connection=${state.connection}
        .label=${name} .initialsOf=${name} .hue=${hueOf(peer)} .stream=${state.camera} .showsVideo=${state.media.camera}
        .muted=${!state.media.microphone} .connection=${state.connection} .held=${state.cameraHeld}
        .others=${this.others} .path=${state.path} @first-frame=${this.#onFirstFrame}></parley-video-tile>
      ${state.screen !== null && state.media.screen ? html`
        <parley-video-tile class="screen" data-testid="screen-tile" data-peer=${peer}
          .label=${strings.tile.screen(name)} .initialsOf=${name} .hue=${hueOf(peer)} .stream=${state.screen} contain></parley-video-tile>
        <parley-audio-sink .stream=${state.screen} .playback=${this.playback}></parley-audio-sink>` : nothing}
      <parley-audio-sink .stream=${state.audio} .playback=${this.playback} @audible=${this.#onAudible}></parley-audio-sink>`
  }

  protected override updated(): void {
    this.#report?.watch(this.renderRoot.querySelector('.camera'), this.renderRoot.querySelector('.screen'))
  }

  #onFirstFrame = (): void => {
    markOnce('first-frame')
    this.#seen = true
    this.#markReady()
  }

  #onAudible = (): void => {
    this.#heard = true
    this.#markReady()
  }

  #markReady(): void {
    if (!this.#seen || (!this.#heard && this.participant.state.peek().audio !== null)) return
    requestAnimationFrame(() => markOnce('ready'))
  }
}

customElements.define('parley-participant-tiles', ParticipantTiles)
