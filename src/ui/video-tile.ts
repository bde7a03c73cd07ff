import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { LinkQuality, ParticipantState } from '../room/views.ts'
import { icon } from './icons.ts'
import { pathText } from './path-text.ts'
import { initials, shortName } from './people.ts'
import { base } from './shared-styles.ts'
import { strings } from './strings.ts'

const FRAME_CALLBACKS = 'requestVideoFrameCallback' in HTMLVideoElement.prototype

/**
 * One picture with a name on it: somebody's camera, or a screen. Knows no signals but that of the language; without a picture it shows initials.
 * Always silent: sound has its own element. Whoever shows it may put more into it: `marks` beside its own signs,
 * `actions` opposite, and over the whole of it what has no slot.
 *
 * @fires first-frame - when a stream has delivered its first frame
 */
export class VideoTile extends SignalWatcher(LitElement) {
  static override properties = {
    stream: { attribute: false },
    label: {},
    initialsOf: {},
    hue: {},
    showsVideo: { type: Boolean },
    muted: { type: Boolean },
    mirrored: { type: Boolean },
    contain: { type: Boolean },
    connection: {},
    held: { type: Boolean },
    others: { type: Boolean },
    path: { attribute: false },
    speaking: { type: Boolean, reflect: true },
    quality: {},
    silenced: { type: Boolean },
    cameraOff: { type: Boolean },
  }

  static override styles = [base, css`
    :host { display: block; position: relative; overflow: hidden; background: var(--tile); color: var(--tile-text); border-radius: var(--radius-large); container-type: size; animation: appear 220ms ease-out; }
    @keyframes appear { from { opacity: 0; } }
    video { display: block; width: 100%; height: 100%; object-fit: cover; }
    video.mirrored { transform: scaleX(-1); }
    video.contain { object-fit: contain; }
    .avatar { position: absolute; inset: 0; display: grid; place-items: center; background: var(--tile); }
    .initials { display: grid; place-items: center; width: clamp(2.5rem, 34cqmin, 8rem); aspect-ratio: 1; border-radius: 50%; font-size: clamp(1rem, 13cqmin, 3rem); font-weight: 600; color: #fff; }
    .plate { position: absolute; inset-inline-start: var(--space-2); bottom: var(--space-2); max-width: calc(100% - 2 * var(--space-2)); display: flex; align-items: center; gap: var(--space-2); padding: 0.2rem 0.65rem; border-radius: var(--radius-round); background: var(--tile-shade); font-size: 0.875rem; font-weight: 500; }
    .plate .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .plate [role='img'] { display: flex; }
    .plate .icon { width: 1.15em; height: 1.15em; color: #ffb1a8; }
    .status { position: absolute; inset: 0; display: grid; place-items: center; background: rgb(12 16 14 / 45%); font-weight: 600; }
    .status span { display: inline-flex; align-items: center; max-width: 100%; max-height: 100%; overflow: hidden; overflow-wrap: anywhere; gap: var(--space-2); padding: var(--space-1) var(--space-4); border-radius: var(--radius-large); background: var(--tile-shade); }
    .status span::before { content: ''; flex: none; width: 0.9em; height: 0.9em; border-radius: 50%; border: 2px solid currentColor; border-inline-end-color: transparent; animation: turn 1s linear infinite; }
    .status.still span::before { display: none; }
    /* Above the name. */
    .status.early { background: none; place-items: end center; padding: 0 var(--space-2) max(14cqh, 2.75rem); text-align: center; }
    .plate .voice { display: none; }
    .plate .voice .icon { color: var(--voice); }
    :host([speaking]) .voice { display: flex; }
    :host::after { content: ''; position: absolute; inset: 0; border-radius: inherit; pointer-events: none; }
    :host([speaking])::after { box-shadow: inset 0 0 0 3px var(--voice), inset 0 0 0 4px rgb(12 16 14 / 40%); }
    .marks { position: absolute; inset-inline-start: var(--space-2); top: var(--space-2); display: flex; align-items: center; gap: var(--space-1); max-width: calc(100% - 2 * var(--space-2)); }
    .poor { display: flex; align-items: center; gap: 0.35em; padding: 0.2rem 0.6rem; border-radius: var(--radius-round); background: var(--tile-shade); font-size: 0.8125rem; font-weight: 500; color: #ffd28a; white-space: nowrap; }
    .poor .icon { width: 1rem; height: 1rem; }
    .actions { position: absolute; inset-inline-end: var(--space-2); top: var(--space-2); display: flex; }
    .path { display: grid; padding: 0.3rem; border-radius: 50%; background: var(--tile-shade); opacity: 0.55; transition: opacity var(--quick); }
    .path:hover { opacity: 1; }
    .path .icon { width: 0.85rem; height: 0.85rem; }
    @keyframes turn { to { transform: rotate(1turn); } }
    @container (max-width: 16rem) { .poor span { position: absolute; clip-path: inset(50%); } .poor { padding: 0.2rem 0.35rem; } }
    @container (max-width: 12rem) { .plate { padding: 0.1rem 0.5rem; font-size: 0.75rem; } .status { font-size: 0.75rem; line-height: 1.3; } .status.early { padding-bottom: 2.25rem; } .status span { padding: 0.1rem 0.5rem; border-radius: var(--radius-small); } }
    /* No room for both. */
    @container (max-height: 9rem) { .avatar:has(~ .status) .initials { visibility: hidden; } }
  `]

  declare stream: MediaStream | null
  declare label: string
  /** Name whose initials stand in for the picture; empty for an outline of anybody. */
  declare initialsOf: string
  /** Colour of the initials, degrees. */
  declare hue: number
  declare showsVideo: boolean
  declare muted: boolean
  declare mirrored: boolean
  declare contain: boolean
  declare connection: ParticipantState['connection']
  /** The camera is on, and its picture waits for a better path to us. */
  declare held: boolean
  /** Whether anybody else in the call is connected. */
  declare others: boolean
  /** Which way this picture takes; null where that is nothing to tell. */
  declare path: ParticipantState['path']
  /** A ring around the tile, and a sign beside the name. */
  declare speaking: boolean
  declare quality: LinkQuality
  /** Not played here, by our own choice. */
  declare silenced: boolean
  /** For those who cannot see that there is no picture. */
  declare cameraOff: boolean

  constructor() {
    super()
    this.stream = null
    this.label = ''
    this.initialsOf = ''
    this.hue = 160
    this.showsVideo = true
    this.muted = false
    this.mirrored = false
    this.contain = false
    this.connection = 'connected'
    this.held = false
    this.others = false
    this.path = null
    this.speaking = false
    this.quality = 'good'
    this.silenced = false
    this.cameraOff = false
  }

  protected override render(): TemplateResult {
    // A picture that has stopped would pass for a person who sits still.
    const pictured = this.stream !== null && this.showsVideo && !this.held
    return html`
      <video class="${this.mirrored ? 'mirrored' : ''} ${this.contain ? 'contain' : ''}" autoplay playsinline disablepictureinpicture
        .muted=${true} aria-label=${this.label}></video>
      ${pictured ? nothing : html`<div class="avatar" aria-hidden="true"><span class="initials">${this.initialsOf === '' ? icon('person') : initials(this.initialsOf)}</span></div>`}
      ${this.connection === 'connected' ? nothing : html`
        <div class="status ${pictured ? '' : 'early'}"><span>${this.#status}</span></div>`}
      <div class="marks">${this.#pathBadge()}${this.#qualityBadge()}<slot name="marks"></slot></div>
      <slot></slot>
      <div class="actions"><slot name="actions"></slot></div>
      ${this.held && this.connection === 'connected' ? html`
        <div class="status early still" role="status" data-testid="tile-held"><span>${strings.tile.held}</span></div>` : nothing}
      <div class="plate" ?hidden=${this.label === ''}>
        ${this.muted ? html`<span data-testid="tile-muted" role="img" aria-label=${strings.tile.muted}>${icon('microphoneOff')}</span>` : nothing}
        ${this.silenced ? html`<span data-testid="tile-silenced" role="img" aria-label=${strings.tile.silenced}>${icon('soundOff')}</span>` : nothing}
        <span class="voice" role="img" aria-label=${strings.tile.speaking}>${icon('voice')}</span>
        <span class="name" dir="auto" data-testid="tile-name">${this.label}</span>
        ${this.cameraOff ? html`<span class="visually-hidden">${strings.tile.cameraOff}</span>` : nothing}
      </div>`
  }

  get #status(): string {
    if (this.connection === 'unreachable') return strings.tile.unreachable(shortName(this.label), this.others)
    return this.connection === 'connecting' ? strings.tile.connecting : strings.tile.reconnecting
  }

  #pathBadge(): TemplateResult | typeof nothing {
    if (this.path === null) return nothing
    const text = pathText(this.path)
    return html`<span class="path" data-testid="tile-path" role="img" aria-label=${text} title=${text}>${icon(this.path.relay === null ? 'direct' : 'relayed')}</span>`
  }

  #qualityBadge(): TemplateResult | typeof nothing {
    if (this.quality === 'good' || this.connection !== 'connected') return nothing
    const text = strings.tile.poor
    return html`<span class="poor" data-testid="tile-poor" title=${text}>${icon('warning')}<span>${text}</span></span>`
  }

  protected override updated(changed: PropertyValues<this>): void {
    // Set as properties, not in the template: a style attribute would be refused by the page's security policy.
    const letters = this.renderRoot.querySelector<HTMLElement>('.initials')
    if (letters !== null) letters.style.background = `hsl(${this.hue} 38% 35%)`
    if (changed.has('stream')) this.#show(this.stream)
  }

  #show(stream: MediaStream | null): void {
    const video = this.renderRoot.querySelector('video')
    if (video === null || video.srcObject === stream) return
    video.srcObject = stream
    if (stream === null) return
    const report = (): boolean => this.stream === stream && this.dispatchEvent(new Event('first-frame'))
    if (FRAME_CALLBACKS) video.requestVideoFrameCallback(report)
    else video.addEventListener('loadeddata', report, { once: true })
  }
}

customElements.define('parley-video-tile', VideoTile)
