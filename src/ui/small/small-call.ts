import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { CallViews, LocalMedia } from '../../room/views.ts'
import { toggleCamera, toggleMicrophone } from '../controls.ts'
import { icon, type IconName } from '../call-icons.ts'
import { displayName, hueOf, initials } from '../people.ts'
import { base, buttons } from '../shared-styles.ts'
import { seenElsewhere } from '../stage/seen-elsewhere.ts'
import { Spotlight } from '../stage/spotlight.ts'
import { viewSize } from '../stage/view-report.ts'
import type { ReadonlySignal } from '../../util/signals.ts'
import { callStrings } from '../call-strings.ts'
import { strings } from '../strings.ts'
import { tokens } from '../tokens.ts'
import { sizesSeen, whomToShow, type Shown } from './whom-to-show.ts'
import { controlStrings } from '../control-strings.ts'

/**
 * What a small window shows of a call: one picture and four buttons. It lives in another document, where styles made in
 * this one are refused: so it makes its own there, and uses no other element of ours, which would not.
 */
export class SmallCall extends SignalWatcher(LitElement) {
  static override properties = { views: { attribute: false }, local: { attribute: false }, audioOnly: { attribute: false } }

  static override styles = [tokens, base, buttons, css`
    :host { display: flex; flex-direction: column; height: 100vh; background: var(--background); }
    .picture { flex: 1; min-height: 0; position: relative; background: var(--tile); color: var(--tile-text); }
    video { display: block; width: 100%; height: 100%; object-fit: cover; }
    video.screen { object-fit: contain; }
    .nobody { position: absolute; inset: 0; display: grid; place-items: center; background: var(--tile); text-align: center; padding: var(--space-3); }
    .initials { display: grid; place-items: center; width: min(30vh, 30vw); aspect-ratio: 1; border-radius: 50%; font-size: min(12vh, 12vw); font-weight: 600; color: #fff; }
    .plate { position: absolute; inset-block: auto var(--space-2); inset-inline: var(--space-2) auto; max-width: calc(100% - 2 * var(--space-2)); display: flex; align-items: center; gap: var(--space-2); padding: 0.15rem 0.6rem; border-radius: var(--radius-round); background: var(--tile-shade); font-size: 0.8125rem; }
    .plate .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .bar { flex: none; display: flex; justify-content: center; gap: var(--space-2); padding: var(--space-2); }
    button.round { width: 2.5rem; min-height: 2.5rem; }
    button.off { background: var(--danger-quiet); color: var(--danger-text); }
    @media (max-height: 9rem) { .bar { position: absolute; inset: auto 0 0; } }
  `]

  declare views: CallViews
  declare local: LocalMedia
  /** Whether nobody's camera is to be seen. */
  declare audioOnly: ReadonlySignal<boolean>
  /** Leads back to the page of the call. */
  back: () => void = () => undefined
  leave: () => void = () => undefined
  #connected = new AbortController()
  #spotlight: Spotlight | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#connected = new AbortController()
    const { signal } = this.#connected
    this.#spotlight = new Spotlight(this.views.room.participants, { signal })
    this.#view.addEventListener('resize', () => this.#report(), { signal })
    this.requestUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#connected.abort()
    seenElsewhere.value = new Map()
  }

  protected override createRenderRoot(): ShadowRoot {
    const root = this.attachShadow({ mode: 'open' })
    root.adoptedStyleSheets = SmallCall.elementStyles.map((style) => {
      const sheet = new this.#view.CSSStyleSheet()
      sheet.replaceSync('cssText' in style ? style.cssText : [...style.cssRules].map(({ cssText }) => cssText).join('\n'))
      return sheet
    })
    return root
  }

  protected override render(): TemplateResult {
    const shown = this.#shown
    const { controls } = callStrings
    const heard = this.local.sending.value.microphone
    const seen = this.local.sending.value.camera
    return html`
      <div class="picture">${shown === null ? html`<p class="nobody">${callStrings.call.alone}</p>` : this.#picture(shown)}</div>
      <div class="bar" role="group" aria-label=${controls.label}>
        ${this.#button('small-mute', heard ? controls.mute : controls.unmute, heard ? 'microphone' : 'microphoneOff', heard ? '' : 'off', () => toggleMicrophone(this.local))}
        ${this.#button('small-camera', seen ? controls.cameraOff : controls.cameraOn, seen ? 'camera' : 'cameraOff', seen ? '' : 'off', () => toggleCamera(this.local))}
        ${this.#button('small-back', controlStrings.view.back, 'fullScreen', '', () => this.back())}
        ${this.#button('small-leave', controls.leave, 'leave', 'danger', () => this.leave())}
      </div>`
  }

  #picture({ person, what }: Shown): TemplateResult {
    const { name, media, cameraHeld, screen, camera } = person.state.value
    const stream = what === 'screen' ? screen : camera
    const pictured = stream !== null && (what === 'screen' || (media.camera && !cameraHeld && !this.audioOnly.value))
    const shown = displayName(name)
    return html`<video class=${what} autoplay playsinline .muted=${true} aria-label=${shown}></video>
      ${pictured ? nothing : html`<div class="nobody" aria-hidden="true"><span class="initials">${initials(shown)}</span></div>`}
      <div class="plate">${media.microphone ? nothing : html`<span role="img" aria-label=${strings.tile.muted}>${icon('microphoneOff')}</span>`}
        <span class="name" data-testid="small-name">${what === 'screen' ? strings.tile.screen(shown) : shown}</span></div>`
  }

  #button(hook: string, label: string, drawing: IconName, look: string, act: () => unknown): TemplateResult {
    return html`<button type="button" class="round ${look}" data-testid=${hook} aria-label=${label} title=${label} @click=${act}>${icon(drawing)}</button>`
  }

  protected override updated(): void {
    const shown = this.#shown
    const video = this.renderRoot.querySelector('video')
    if (video !== null && shown !== null) {
      const { screen, camera } = shown.person.state.peek()
      const stream = shown.what === 'screen' ? screen : camera
      if (video.srcObject !== stream) video.srcObject = stream
    }
    const letters = this.renderRoot.querySelector<HTMLElement>('.initials')
    if (letters !== null && shown !== null) letters.style.background = `hsl(${hueOf(shown.person.peer)} 38% 35%)`
    this.#report()
  }

  /** Says at which size the picture is seen here, so that it goes on being sent while the page itself is hidden. */
  #report(): void {
    const shown = this.#shown
    const box = this.renderRoot.querySelector('video')?.getBoundingClientRect()
    if (shown === null || box === undefined || this.#connected.signal.aborted) return
    const size = viewSize(box, this.#view.devicePixelRatio)
    const sizes = sizesSeen(shown, size, this.audioOnly.peek())
    const [[peer, before] = [undefined, undefined]] = seenElsewhere.peek()
    if (peer === shown.person.peer && JSON.stringify(before) === JSON.stringify(sizes)) return
    seenElsewhere.value = new Map([[shown.person.peer, sizes]])
  }

  get #shown(): Shown | null {
    return whomToShow(this.views.room.participants.value, this.#spotlight?.active.value ?? null)
  }

  get #view(): Window & typeof globalThis {
    return this.ownerDocument.defaultView ?? window
  }
}

customElements.define('parley-small-call', SmallCall)
