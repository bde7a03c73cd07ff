import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { LocalMedia } from '../room/views.ts'
import { canShareLink, copyText, shareLink } from './clipboard.ts'
import { Announcement } from './events.ts'
import { icon, type IconName } from './icons.ts'
import { base, buttons } from './shared-styles.ts'
import { errors, strings } from './strings.ts'

/** One button of the bar. `pressed` null: it does something instead of switching something. */
interface Control {
  hook: string
  label: string
  title: string
  drawing: IconName
  pressed: boolean | null
  busy?: boolean
  look?: string
  act: () => unknown
}

/**
 * The row of buttons under a call.
 *
 * @fires leave-request - leave was pressed
 * @fires chat-toggle - chat was pressed
 * @fires announcement - something to say in passing
 */
export class ControlBar extends SignalWatcher(LitElement) {
  static override properties = { local: { attribute: false }, link: {}, chatOpen: { type: Boolean }, unread: { type: Number } }

  static override styles = [base, buttons, css`
    :host { display: flex; justify-content: center; gap: clamp(0.375rem, 1.6vw, 0.75rem); }
    button.round { position: relative; width: clamp(2.75rem, 12vw, 3.25rem); min-height: clamp(2.75rem, 12vw, 3.25rem); }
    .icon { width: 1.5rem; height: 1.5rem; }
    button.off { background: var(--danger-quiet); color: var(--danger-text); }
    button.on { background: var(--accent-quiet); color: var(--accent); }
    button.round.danger { width: clamp(3rem, 14vw, 4.5rem); margin-left: clamp(0.125rem, 1vw, 0.75rem); }
    .badge { position: absolute; top: -0.2rem; right: -0.2rem; min-width: 1.25rem; padding: 0 0.3rem; border-radius: var(--radius-round); background: var(--accent); color: var(--on-accent); font-size: 0.75rem; line-height: 1.25rem; }
  `]

  declare local: LocalMedia
  /** Link to this call. */
  declare link: string
  declare chatOpen: boolean
  declare unread: number

  protected override render(): TemplateResult {
    return html`${this.#deviceControls().map(this.#button)}${this.#callControls().map(this.#button)}`
  }

  /** Moves the focus to one of the buttons, by its hook. */
  focusControl(hook: string): void {
    this.renderRoot.querySelector<HTMLElement>(`[data-testid='${hook}']`)?.focus()
  }

  #button = ({ hook, label, title, drawing, pressed, busy = false, look = '', act }: Control): TemplateResult => html`
    <button type="button" class="round ${look}" data-testid=${hook} aria-label=${label} title=${title}
      aria-pressed=${pressed === null ? nothing : pressed} aria-busy=${busy} @click=${act}>
      ${icon(drawing)}
      ${hook === 'chat-toggle' && this.unread > 0 ? html`<span class="badge" aria-hidden="true">${Math.min(99, this.unread)}</span>` : nothing}
    </button>`

  #deviceControls(): Control[] {
    const { local } = this
    const microphone = local.microphone.value.phase
    const heard = microphone === 'on' && !local.muted.value
    const camera = local.camera.value.phase
    const screen = local.screen.value.phase
    const { controls } = strings
    const all: (Control | null)[] = [
      {
        hook: 'mute', label: controls.microphone, title: heard ? controls.mute : controls.unmute, pressed: heard,
        drawing: heard ? 'microphone' : 'microphoneOff', busy: microphone === 'starting', look: heard ? '' : 'off', act: this.#onMicrophone,
      },
      {
        hook: 'camera', label: controls.camera, title: camera === 'on' ? controls.cameraOff : controls.cameraOn, pressed: camera === 'on',
        drawing: camera === 'on' ? 'camera' : 'cameraOff', busy: camera === 'starting', look: camera === 'on' ? '' : 'off',
        act: () => camera === 'on' ? local.closeCamera() : local.openCamera(),
      },
      local.canShareScreen ? {
        hook: 'screen', label: controls.screen, title: screen === 'on' ? strings.call.stopSharing : controls.screen, pressed: screen === 'on',
        drawing: 'screen', busy: screen === 'starting', look: screen === 'on' ? 'on' : '',
        act: () => screen === 'on' ? local.closeScreen() : local.openScreen(),
      } : null,
    ]
    return all.filter((control) => control !== null)
  }

  #callControls(): Control[] {
    const { controls } = strings
    const all: (Control | null)[] = [
      {
        hook: 'chat-toggle', label: controls.unread(this.unread), title: controls.chat, drawing: 'chat', pressed: this.chatOpen,
        look: this.chatOpen ? 'on' : '', act: () => this.dispatchEvent(new Event('chat-toggle')),
      },
      { hook: 'copy-link', label: controls.copyLink, title: controls.copyLink, drawing: 'link', pressed: null, act: this.#onCopy },
      canShareLink() ? {
        hook: 'share', label: controls.share, title: controls.share, drawing: 'share', pressed: null, act: () => shareLink(this.link),
      } : null,
      {
        hook: 'leave', label: controls.leave, title: controls.leave, drawing: 'leave', pressed: null, look: 'danger',
        act: () => this.dispatchEvent(new Event('leave-request')),
      },
    ]
    return all.filter((control) => control !== null)
  }

  #onMicrophone = async (): Promise<void> => {
    const { local } = this
    if (local.microphone.value.phase === 'on') return local.setMuted(!local.muted.value)
    local.setMuted(false)
    await local.openMicrophone()
  }

  #onCopy = async (): Promise<void> => {
    const copied = await copyText(this.link)
    this.dispatchEvent(new Announcement(copied ? strings.call.linkCopied : errors['copy-failed']))
  }
}

customElements.define('parley-control-bar', ControlBar)
