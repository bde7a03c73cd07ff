import { LitElement, html, type PropertyValues, type TemplateResult } from 'lit'
import type { Playback } from './playback.ts'

/**
 * Plays the sound of one stream by an audio element, so that the browser's echo canceller hears it too.
 *
 * @fires audible - when it has begun to play
 */
export class AudioSink extends LitElement {
  static override properties = { stream: { attribute: false }, playback: { attribute: false }, level: { type: Number }, muted: { type: Boolean } }

  declare stream: MediaStream | null
  declare playback: Playback
  /** 0..1. Never by Web Audio, which the echo canceller does not hear. */
  declare level: number
  declare muted: boolean

  constructor() {
    super()
    this.level = 1
    this.muted = false
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  protected override render(): TemplateResult {
    return html`<audio .volume=${this.level} .muted=${this.muted} @playing=${() => this.dispatchEvent(new Event('audible'))}></audio>`
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('stream')) this.#attach(this.stream)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    // Put back after having been taken out: the properties are the same, and no update comes.
    if (this.hasUpdated) this.#attach(this.stream)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#attach(null)
  }

  #attach(stream: MediaStream | null): void {
    const audio = this.querySelector('audio')
    if (audio === null) return
    audio.srcObject = stream
    if (stream === null) this.playback.forget(audio)
    else void this.playback.play(audio)
  }
}

customElements.define('parley-audio-sink', AudioSink)
