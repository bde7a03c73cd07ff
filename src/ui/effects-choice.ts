import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, html, nothing, type TemplateResult } from 'lit'
import type { BackgroundChoice, EffectState, LocalMedia, NoiseChoice, SceneName } from '../room/views.ts'
import { effectsChoiceStyles } from './effects-choice-styles.ts'
import { effects as said } from './effects-strings.ts'
import { icon, type IconName } from './call-icons.ts'
import { base, buttons } from './shared-styles.ts'
import './video-tile.ts'

const NOISE: readonly NoiseChoice[] = ['off', 'browser', 'strong']
const SCENES: readonly SceneName[] = ['studio', 'dawn', 'hills', 'evening']
const PLAIN: readonly { choice: BackgroundChoice, drawing: IconName }[] = [
  { choice: 'none', drawing: 'person' }, { choice: 'blur-light', drawing: 'person' }, { choice: 'blur', drawing: 'person' },
]

/** Chooses what is done to sound and picture before others get them; each choice holds at once. */
export class EffectsChoice extends SignalWatcher(LitElement) {
  static override properties = { local: { attribute: false }, preview: { type: Boolean }, own: { state: true }, isRefused: { state: true } }

  static override styles = [base, buttons, effectsChoiceStyles]

  declare local: LocalMedia
  /** Shows the camera's picture as others see it; for where it is not on the screen anyway. */
  declare preview: boolean
  /** Address of the person's own picture; null when there is none. */
  declare own: string | null
  /** The file that was chosen last is no picture. */
  declare isRefused: boolean

  constructor() {
    super()
    this.preview = false
    this.own = null
    this.isRefused = false
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#show(null)
  }

  protected override firstUpdated(): void {
    void this.local.effects.ownPicture().then((picture) => this.#show(picture))
    for (const canvas of this.renderRoot.querySelectorAll('canvas')) {
      // Without its code there is no picture, and the name under it is enough.
      this.local.effects.paintScene(canvas, canvas.dataset['scene'] as SceneName).catch(() => undefined)
    }
  }

  protected override render(): TemplateResult {
    const { effects, cameraStream } = this.local
    return html`
      ${this.preview && cameraStream.value !== null ? html`
        <parley-video-tile data-testid="effect-preview" .label=${''} .initialsOf=${''} .stream=${cameraStream.value} .showsVideo=${true} mirrored></parley-video-tile>` : nothing}
      ${effects.canSuppressNoise ? this.#noise() : nothing}
      <fieldset>
        <legend>${said.background.legend}</legend>
        ${effects.canReplaceBackground ? this.#backgrounds() : html`<p class="quiet" data-testid="no-backgrounds">${said.background.unsupported}</p>`}
      </fieldset>`
  }

  #noise(): TemplateResult {
    const { noise, noiseState, setNoise } = this.local.effects
    return html`<fieldset>
      <legend>${said.noise.legend}</legend>
      <div class="segments">${NOISE.map((choice) => html`<label>
        <input type="radio" name="noise" value=${choice} data-testid="noise-${choice}" aria-describedby="noise-hint"
          .checked=${choice === noise.value} @change=${() => setNoise(choice)}>
        <span>${said.noise[choice].name}</span>
      </label>`)}</div>
      <p class="quiet" id="noise-hint">${said.noise[noise.value].hint}</p>
      ${this.#status('noise-status', noiseState.value)}
    </fieldset>`
  }

  #backgrounds(): TemplateResult {
    const { backgroundState, background } = this.local.effects
    return html`
      <div class="cards">
        ${PLAIN.map(({ choice, drawing }) => this.#card(choice, html`<span class="picture ${choice}">${icon(drawing)}</span>`))}
        ${SCENES.map((scene) => this.#card(scene, html`<canvas class="picture" width="144" height="81" data-scene=${scene}></canvas>`))}
        ${this.own === null ? nothing : this.#card('own', html`<img class="picture" src=${this.own} alt="">`)}
      </div>
      ${this.#status('background-status', backgroundState.value)}
      <div class="own">
        <button type="button" class="small" @click=${() => this.renderRoot.querySelector<HTMLElement>('#file')?.click()}>
          ${icon('image')}${this.own === null ? said.background.choose : said.background.other}</button>
        ${this.own === null ? nothing : html`<button type="button" class="small plain round" title=${said.background.forget} aria-label=${said.background.forget}
          data-testid="forget-picture" @click=${() => this.#forget(background.peek())}>${icon('trash')}</button>`}
        <input id="file" type="file" accept="image/*" hidden data-testid="own-picture" @change=${this.#onFile}>
        <span class="quiet">${said.background.stays}</span>
      </div>
      <p class="error" role="alert">${this.isRefused ? said.background.notAPicture : nothing}</p>`
  }

  #card(choice: BackgroundChoice, picture: TemplateResult): TemplateResult {
    const { background, setBackground } = this.local.effects
    return html`<label class="card">
      <input class="visually-hidden" type="radio" name="background" value=${choice} data-testid="background-${choice}"
        .checked=${choice === background.value} @change=${() => setBackground(choice)}>
      ${picture}<span class="name">${said.background[choice]}</span>
    </label>`
  }

  /** Failures have a notice of their own, wherever the person is. */
  #status(hook: string, { phase }: EffectState): TemplateResult {
    const sentence = phase === 'starting' ? said.starting : phase === 'waiting' ? said.noise.waiting : nothing
    return html`<p class="quiet" role="status" data-testid=${hook} data-phase=${phase}>${sentence}</p>`
  }

  #onFile = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement
    const [file] = input.files ?? []
    // The same file may be chosen again after it was removed.
    input.value = ''
    if (file === undefined) return
    this.isRefused = !await this.local.effects.keepOwnPicture(file)
    if (!this.isRefused) this.#show(await this.local.effects.ownPicture())
  }

  async #forget(chosen: BackgroundChoice): Promise<void> {
    // Out of focus, not as it is: whoever removes a picture does not ask to show the room.
    if (chosen === 'own') this.local.effects.setBackground('blur')
    await this.local.effects.forgetOwnPicture()
    this.#show(null)
  }

  #show(picture: Blob | null): void {
    if (this.own !== null) URL.revokeObjectURL(this.own)
    // Nobody would take back the address of a picture that comes after the element has gone.
    this.own = picture === null || !this.isConnected ? null : URL.createObjectURL(picture)
  }
}

customElements.define('parley-effects-choice', EffectsChoice)
