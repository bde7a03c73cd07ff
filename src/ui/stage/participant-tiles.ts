import { SignalWatcher, watch } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { GesturesView, ParticipantView } from '../../room/views.ts'
import { markOnce } from '../../util/marks.ts'
import '../audio-sink.ts'
import { gesturesOnTile } from '../gestures/on-tile.ts'
import { displayName, hueOf } from '../people.ts'
import type { Playback } from '../playback.ts'
import { strings } from '../strings.ts'
import '../video-tile.ts'
import { place } from './place.ts'
import { camera, screen, type StagePlan, type TileKey } from './stage-plan.ts'
import './tile-actions.ts'
import { tileStyles } from './tile-actions.ts'
import { ViewReport } from './view-report.ts'
import type { Viewing } from './viewing.ts'

/**
 * All that is shown and heard of one participant: camera tile, screen tile, sound. It has no box of its own:
 * its tiles stand on the stage around it, where the plan has a place for them.
 */
export class ParticipantTiles extends SignalWatcher(LitElement) {
  static override properties = {
    participant: { attribute: false }, gestures: { attribute: false }, playback: { attribute: false }, others: { type: Boolean }, plan: { attribute: false }, viewing: { attribute: false }, menu: {},
  }

  static override styles = [tileStyles, css`
    :host { display: contents; }
    [hidden], parley-audio-sink { display: none; }
  `]

  declare participant: ParticipantView
  declare gestures: GesturesView
  declare playback: Playback
  /** Whether anybody else in the call is connected. */
  declare others: boolean
  declare plan: StagePlan
  declare viewing: Viewing
  /** The tile whose menu is open. */
  declare menu: TileKey | null
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
    const { peer, speaking, quality } = this.participant
    const name = displayName(state.name)
    const { level, muted } = this.viewing.volumeOf(peer)
    const [face, shared] = [camera(peer), screen(peer)]
    return html`
      <parley-video-tile class="camera" data-testid="tile" data-peer=${peer} data-connection=${state.connection}
        .label=${name} .initialsOf=${name} .hue=${hueOf(peer)} .stream=${state.camera} .showsVideo=${state.media.camera && !this.viewing.audioOnly.value}
        .muted=${!state.media.microphone} .silenced=${muted} .cameraOff=${!state.media.camera} .connection=${state.connection} .held=${state.cameraHeld}
        .others=${this.others} .path=${state.path} .speaking=${watch(speaking)} .quality=${watch(quality)}
        @first-frame=${this.#onFirstFrame} @dblclick=${() => this.viewing.togglePin(face)}>${gesturesOnTile(this.gestures, peer)}${this.#actions(face, name)}</parley-video-tile>
      ${state.screen !== null && state.media.screen ? html`
        <parley-video-tile class="screen" data-testid="screen-tile" data-peer=${peer}
          .label=${strings.tile.screen(name)} .initialsOf=${name} .hue=${hueOf(peer)} .stream=${state.screen} contain
          @dblclick=${() => this.viewing.togglePin(shared)}>${this.#actions(shared, strings.tile.screen(name))}</parley-video-tile>
        <parley-audio-sink .stream=${state.screen} .playback=${this.playback} .level=${level} .muted=${muted}></parley-audio-sink>` : nothing}
      <parley-audio-sink .stream=${state.audio} .playback=${this.playback} .level=${level} .muted=${muted} @audible=${this.#onAudible}></parley-audio-sink>`
  }

  protected override updated(): void {
    const { boxes } = this.plan
    const { peer } = this.participant
    const tiles = { camera: this.renderRoot.querySelector<HTMLElement>('.camera'), screen: this.renderRoot.querySelector<HTMLElement>('.screen') }
    place(tiles.camera, boxes.get(camera(peer)))
    place(tiles.screen, boxes.get(screen(peer)))
    // Before the stage has been measured nothing has a place, and nothing is to be said of it.
    if (boxes.size === 0) return
    this.#report?.watch(boxes.has(camera(peer)) && !this.viewing.audioOnly.peek() ? tiles.camera : null, boxes.has(screen(peer)) ? tiles.screen : null)
  }

  #actions(key: TileKey, name: string): TemplateResult {
    return html`<parley-tile-actions slot="actions" .tile=${key} .name=${name} .pinned=${this.viewing.pinned.value.includes(key)} .open=${this.menu === key}
      @pin-toggle=${() => this.viewing.togglePin(key)} @dblclick=${(event: Event) => event.stopPropagation()}></parley-tile-actions>`
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
