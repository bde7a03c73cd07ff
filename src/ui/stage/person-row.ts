import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { ParticipantView } from '../../room/views.ts'
import { icon, type IconName } from '../call-icons.ts'
import { displayName, hueOf, initials } from '../people.ts'
import { base, buttons } from '../shared-styles.ts'
import { strings } from '../strings.ts'
import { peopleStrings } from './people-strings.ts'
import { rowStyles } from './person-row-styles.ts'
import type { Viewing } from './viewing.ts'

/** Whether this browser lets pages set how loud something is; on iPhones only the device's buttons do. */
const SETS_VOLUME = ((): boolean => {
  const audio = new Audio()
  audio.volume = 0.5
  return audio.volume === 0.5
})()

/** One other person in the list: how they are, and how loud they are played here. */
export class PersonRow extends SignalWatcher(LitElement) {
  static override properties = { participant: { attribute: false }, viewing: { attribute: false }, handUp: { type: Boolean } }

  static override styles = [base, buttons, rowStyles, css`
    .volume { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-4); padding-block-end: var(--space-2); padding-inline-start: 3.25rem; }
    input[type='range'] { flex: 1; min-width: 7rem; height: 2.75rem; accent-color: var(--accent); }
    label { display: flex; align-items: center; gap: var(--space-2); min-height: 2.75rem; font-size: 0.9375rem; cursor: pointer; }
    input[type='checkbox'] { width: 1.25rem; height: 1.25rem; accent-color: var(--accent); }
    output { min-width: 3rem; text-align: end; font-variant-numeric: tabular-nums; }
  `]

  declare participant: ParticipantView
  declare viewing: Viewing
  declare handUp: boolean

  protected override render(): TemplateResult {
    const { peer } = this.participant
    const state = this.participant.state.value
    const name = displayName(state.name)
    const { muted } = this.viewing.volumeOf(peer)
    const isOpen = this.viewing.volumeShown.value === peer
    return html`
      <div class="row">
        ${avatar(peer, name)}
        <div class="who"><span class="name">${name}</span>${this.#note()}</div>
        ${marks({ handUp: this.handUp, microphone: state.media.microphone, camera: state.media.camera, speaking: this.participant.speaking.value })}
        <button type="button" class="small plain round" data-testid="person-volume" aria-expanded=${isOpen} aria-label=${peopleStrings.adjust(name)} title=${peopleStrings.adjust(name)}
          @click=${() => this.viewing.showVolume(isOpen ? null : peer)}>${icon(muted ? 'soundOff' : 'sound')}</button>
      </div>
      ${isOpen ? this.#volume(name) : nothing}`
  }

  #note(): TemplateResult | typeof nothing {
    const { connection, media } = this.participant.state.value
    const { connecting, reconnecting, unreachable, sharing } = peopleStrings
    const trouble = { connecting, reconnecting, unreachable, away: unreachable, connected: this.participant.quality.value === 'poor' ? strings.tile.poor : '' }[connection]
    const said = [trouble, media.screen ? sharing : ''].filter((each) => each !== '').join(', ')
    return said === '' ? nothing : html`<span class="quiet" data-testid="person-note">${said}</span>`
  }

  #volume(name: string): TemplateResult {
    const { peer } = this.participant
    const { level, muted } = this.viewing.volumeOf(peer)
    const percent = Math.round(100 * level)
    return html`<div class="volume">
      ${SETS_VOLUME ? html`<input type="range" min="0" max="100" step="5" data-testid="volume-slider" aria-label=${peopleStrings.volumeOf(name)} aria-valuetext="${percent} %"
        ?disabled=${muted} .value=${`${percent}`} @input=${this.#onSlide}><output aria-hidden="true">${percent} %</output>` : html`<span class="quiet">${peopleStrings.onlyMute}</span>`}
      <label><input type="checkbox" data-testid="silence-person" .checked=${muted} @change=${() => this.viewing.setVolume(peer, { muted: !muted })}>${peopleStrings.silence}</label>
    </div>`
  }

  #onSlide = ({ currentTarget }: Event): void => {
    this.viewing.setVolume(this.participant.peer, { level: Number((currentTarget as HTMLInputElement).value) / 100 })
  }

  protected override updated(): void {
    paintAvatar(this.renderRoot, this.participant.peer)
  }
}

/** The letters that stand for a person; without a name an outline of anybody, as on the tiles. */
export function avatar(peer: string, name: string): TemplateResult {
  return html`<span class="avatar" data-peer=${peer} aria-hidden="true">${name === '' ? icon('person') : initials(name)}</span>`
}

/** Gives the avatars below `root` their colour: as a property, since the page's policy refuses style attributes. */
export function paintAvatar(root: ParentNode, peer: string): void {
  const letters = root.querySelector<HTMLElement>('.avatar')
  if (letters !== null) letters.style.background = `hsl(${hueOf(peer)} 38% 35%)`
}

/** What a person does, as drawings with words. */
export function marks({ handUp, microphone, camera, speaking }: { handUp: boolean, microphone: boolean, camera: boolean, speaking: boolean }): TemplateResult {
  const mark = (isSo: boolean, name: string, drawing: IconName, words: string): TemplateResult | typeof nothing =>
    isSo ? html`<span class=${name} role="img" aria-label=${words} title=${words} data-testid="person-${name}">${icon(drawing)}</span>` : nothing
  return html`<span class="marks">
    ${mark(handUp, 'hand', 'hand', peopleStrings.handUp)}
    ${mark(speaking && microphone, 'voice', 'voice', strings.tile.speaking)}
    ${mark(!camera, 'off', 'cameraOff', strings.tile.cameraOff)}
    ${mark(!microphone, 'muted', 'microphoneOff', strings.tile.muted)}
  </span>`
}

customElements.define('parley-person-row', PersonRow)
