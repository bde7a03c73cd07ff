import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, html, nothing, type TemplateResult } from 'lit'
import type { CallViews, LocalMedia, SettingsView } from '../room/views.ts'
import { fitBar, type BarFit } from './bar-fit.ts'
import { callMenu } from './call-menu.ts'
import { barStyles } from './control-bar-styles.ts'
import { controlsOf, type Control, type MenuName, type Panel } from './controls.ts'
import { deviceMenu, nextCamera, screenMenu } from './device-menu.ts'
import { PanelToggle } from './events.ts'
import { ALL_REACTIONS, SIGNS, reactionName } from './gestures/reactions.ts'
import { icon } from './call-icons.ts'
import './menu.ts'
import type { MenuGroup, MenuItem } from './menu.ts'
import { base, buttons } from './shared-styles.ts'
import type { SmallWindow } from './small/small-window.ts'
import type { Viewing } from './stage/viewing.ts'
import { callStrings } from './call-strings.ts'
import { controlStrings } from './control-strings.ts'

const MENU_LABELS: Record<MenuName, () => string> = {
  call: () => callStrings.controls.more,
  cameras: () => callStrings.controls.whichCamera,
  microphones: () => callStrings.controls.whichMicrophone,
  reactions: () => controlStrings.reactions.title,
  screens: () => controlStrings.sharing.purpose,
}

/** What of the bar is open, and how it was opened. */
interface Open { menu: MenuName, fromEnd: boolean }

/**
 * The row of buttons under a call, and their menus. What has no place in the row stands in the menu.
 *
 * @fires leave-request - leave was pressed
 * @fires panel-toggle - chat or people were pressed
 */
export class ControlBar extends SignalWatcher(LitElement) {
  static override properties = { local: { attribute: false }, views: { attribute: false }, viewing: { attribute: false }, settings: { attribute: false }, small: { attribute: false }, panel: {}, unread: { type: Number }, width: { state: true }, open: { state: true } }

  static override styles = [base, buttons, barStyles]

  declare local: LocalMedia
  declare views: CallViews
  declare viewing: Viewing
  declare settings: SettingsView
  declare small: SmallWindow
  /** What is open beside the stage. */
  declare panel: Panel | null
  declare unread: number
  /** What the bar may take, CSS pixels. */
  declare width: number
  declare open: Open | null
  readonly #observer = new ResizeObserver(([entry]) => { if (entry !== undefined) this.width = Math.floor(entry.contentRect.width) })

  constructor() {
    super()
    this.panel = null
    this.unread = 0
    this.width = 0
    this.open = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#observer.observe(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#observer.disconnect()
  }

  /** Moves the focus to one of the buttons, by its hook; to the menu if it is in there. */
  focusControl(hook: string): void {
    const control = this.#button(hook) ?? this.#button('menu')
    control?.focus()
  }

  protected override render(): TemplateResult {
    const { shown, hidden, fit } = this.#controls
    return html`${shown.map((control) => this.#control(control, fit))}${this.#menu(hidden)}`
  }

  protected override updated(): void {
    const { button, gap, arrow, leave } = this.#controls.fit
    for (const [name, value] of Object.entries({ button, gap, arrow, leave })) this.style.setProperty(`--${name}`, `${value}px`)
    this.#placeMenu()
  }

  get #controls(): { shown: Control[], hidden: Control[], fit: BarFit } {
    const all = controlsOf({
      local: this.local, gestures: this.views.room.gestures, self: this.views.room.self, panel: this.panel, unread: this.unread,
      toggle: (panel) => this.dispatchEvent(new PanelToggle(panel)),
      leave: () => this.dispatchEvent(new Event('leave-request')),
    })
    const fit = fitBar(all.map(({ hook }) => hook).filter((hook) => hook !== 'leave'), this.width)
    return { shown: all.filter(({ hook }) => !fit.hidden.has(hook)), hidden: all.filter(({ hook }) => fit.hidden.has(hook)), fit }
  }

  #control(control: Control, { arrow }: BarFit): TemplateResult {
    const { hook, label, title, drawing, pressed, busy = false, look = '', badge = 0, key, menu, act } = control
    const shortcut = this.settings.shortcuts.value ? key : undefined
    const opens = menu !== undefined && pressed === null
    const button = html`<button type="button" class="round ${look}" data-testid=${hook} aria-label=${label} title=${shortcut === undefined ? title : `${title} (${shortcut})`}
      aria-keyshortcuts=${shortcut ?? nothing}
      aria-pressed=${pressed ?? nothing} aria-busy=${busy} aria-haspopup=${opens ? 'menu' : nothing} aria-expanded=${opens ? this.open?.menu === menu : nothing}
      @click=${opens ? () => this.#toggle(menu) : act} @keydown=${opens ? (event: KeyboardEvent) => this.#onKey(event, menu) : nothing}>
      ${icon(drawing)}
      ${badge > 0 ? html`<span class="badge" aria-hidden="true">${Math.min(99, badge)}</span>` : nothing}
    </button>`
    if (menu === undefined || opens || arrow === 0 || this.#groups(menu, []).every(({ items }) => items.length === 0)) return button
    const which = MENU_LABELS[menu]()
    return html`<span class="split ${look}">${button}<button type="button" class="arrow" data-testid="${hook}-menu" aria-label=${which} title=${which}
      aria-haspopup="menu" aria-expanded=${this.open?.menu === menu} @click=${() => this.#toggle(menu)} @keydown=${(event: KeyboardEvent) => this.#onKey(event, menu)}>${icon('chevronUp')}</button></span>`
  }

  #menu(hidden: readonly Control[]): TemplateResult | typeof nothing {
    if (this.open === null) return nothing
    const { menu, fromEnd } = this.open
    return html`<parley-menu .groups=${this.#groups(menu, hidden)} .label=${MENU_LABELS[menu]()} .fromEnd=${fromEnd} @close=${this.#onClose}></parley-menu>`
  }

  #groups(menu: MenuName, hidden: readonly Control[]): MenuGroup[] {
    if (menu === 'reactions') return [this.#reactions]
    if (menu === 'screens') return screenMenu(this.local)
    if (menu !== 'call') return deviceMenu(this.local, menu)
    const left = hidden.filter(({ hook }) => hook !== 'reactions').map(({ hook, label, title, drawing, pressed, act }) => (
      { hook, drawing, act, ...pressed === null ? { label: title } : { label, checked: pressed } }))
    const camera = this.#controls.fit.arrow === 0 ? nextCamera(this.local) : null
    const turn = camera === null ? [] : [{ hook: 'turn-camera', label: callStrings.controls.otherCamera, drawing: 'turn' as const, act: () => this.local.openCamera(camera) }]
    const groups: MenuGroup[] = [
      ...hidden.some(({ hook }) => hook === 'reactions') ? [this.#reactions] : [],
      { label: callStrings.controls.label, items: [...left, ...turn] },
      ...callMenu({ views: this.views, viewing: this.viewing, small: this.small, local: this.local, ask: (event) => this.dispatchEvent(event) }),
    ]
    if (this.settings.shortcuts.value) return groups
    return groups.map((group) => ({ ...group, items: group.items.map(withoutKey) }))
  }

  get #reactions(): MenuGroup {
    const { react } = this.views.room.gestures
    return { label: controlStrings.reactions.title, row: true, items: ALL_REACTIONS.map((reaction) => (
      { hook: `react-${reaction}`, label: reactionName(reaction), sign: SIGNS[reaction], act: () => react(reaction) })) }
  }

  #toggle(menu: MenuName, fromEnd = false): void {
    this.open = this.open?.menu === menu ? null : { menu, fromEnd }
  }

  #onKey(event: KeyboardEvent, menu: MenuName): void {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    this.open = { menu, fromEnd: event.key === 'ArrowUp' }
  }

  #onClose = ({ detail }: CustomEvent<{ returnFocus: boolean }>): void => {
    const opener = this.#opener
    this.open = null
    if (detail.returnFocus) opener?.focus()
  }

  get #opener(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('[aria-expanded="true"]')
  }

  #button(hook: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-testid='${hook}']`)
  }

  /** Above its button, and never beyond the bar's ends. On narrow screens the styles put it at the bottom. */
  #placeMenu(): void {
    const menu = this.renderRoot.querySelector<HTMLElement>('parley-menu')
    const opener = this.#opener
    if (menu === null || opener === null) return
    const middle = opener.offsetLeft + opener.offsetWidth / 2
    const left = Math.max(0, Math.min(this.offsetWidth - menu.offsetWidth, middle - menu.offsetWidth / 2))
    menu.style.left = `${left}px`
    menu.style.maxHeight = `${Math.max(160, this.getBoundingClientRect().top - 16)}px`
  }
}

function withoutKey(item: MenuItem): MenuItem {
  const { ...rest } = item
  delete rest.key
  return rest
}

customElements.define('parley-control-bar', ControlBar)
