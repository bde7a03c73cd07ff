import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import { icon, type IconName } from './call-icons.ts'
import { nextItem } from './menu-keys.ts'
import { base } from './shared-styles.ts'

/** One thing that a menu offers. */
export interface MenuItem {
  /** Test hook, also the item's id. */
  hook: string
  label: string
  /** A drawing, or in a row of signs the sign itself. */
  drawing?: IconName
  sign?: string
  /** The key that does the same, shown beside it. */
  key?: string
  /** Whether a switch is on, or a choice is the one taken; left out by what does something instead. */
  checked?: boolean
  act: () => unknown
}

/** Items that belong together. */
export interface MenuGroup {
  /** Read out when the focus enters the group; shown where `titled`. */
  label: string
  titled?: boolean
  /** One of the items is taken at any time. */
  choice?: boolean
  /** The items are signs side by side. */
  row?: boolean
  items: readonly MenuItem[]
}

/**
 * A menu as in https://www.w3.org/WAI/ARIA/apg/patterns/menubar: arrows, Home, End and letters move, Enter and Space act,
 * Escape and Tab close. Shown while it is in the document; whoever mounts it gives it its place.
 *
 * @fires close - the person is done with it; `returnFocus` says whether the focus should go back to what opened it
 */
export class Menu extends LitElement {
  static override properties = { groups: { attribute: false }, label: {}, fromEnd: { type: Boolean } }

  static override styles = [base, css`
    :host { display: block; padding: var(--space-2); border-radius: var(--radius-large); background: var(--surface); box-shadow: var(--shadow), 0 0 0 1px var(--line); overflow-y: auto; overscroll-behavior: contain; animation: rise 120ms ease-out; }
    @keyframes rise { from { opacity: 0; transform: translateY(0.375rem); } }
    [role='group'] + [role='group'] { margin-top: var(--space-2); padding-top: var(--space-2); border-top: 1px solid var(--line); }
    .title { padding: var(--space-1) var(--space-3); font-size: var(--text-small); color: var(--text-quiet); }
    button { font: inherit; font-size: 0.9375rem; color: var(--text); display: flex; align-items: center; gap: var(--space-3); width: 100%; min-height: 2.75rem; padding: 0.3rem var(--space-3); border: 0; border-radius: var(--radius-small); background: transparent; text-align: start; cursor: pointer; -webkit-tap-highlight-color: transparent; }
    button:focus { background: var(--raised); }
    @media (hover: hover) { button:hover { background: var(--raised); } }
    button:focus-visible { outline-offset: -2px; }
    button > .icon { width: 1.25rem; height: 1.25rem; color: var(--text-quiet); }
    .label { flex: 1; min-width: 0; overflow-wrap: anywhere; }
    .tick { width: 1.25rem; display: flex; color: var(--accent); }
    kbd { font: inherit; font-size: var(--text-small); color: var(--text-quiet); }
    .row { display: flex; flex-wrap: wrap; justify-content: center; }
    .row button { width: 2.75rem; padding: 0; justify-content: center; font-size: 1.5rem; line-height: 1; border-radius: 50%; }
    @media (pointer: coarse) { kbd { display: none; } }
  `]

  declare groups: readonly MenuGroup[]
  declare label: string
  /** Whether the last item has the focus at first, instead of the first. */
  declare fromEnd: boolean

  constructor() {
    super()
    this.groups = []
    this.label = ''
    this.fromEnd = false
    this.addEventListener('keydown', (event) => this.#onKey(event))
    this.addEventListener('focusout', ({ relatedTarget }) => {
      // To a null target the focus goes when the window loses it, and comes back from.
      if (relatedTarget instanceof Node && !this.contains(relatedTarget) && !isOpener(relatedTarget)) this.#close(false)
    })
  }

  override connectedCallback(): void {
    super.connectedCallback()
    // Whatever is pressed outside closes it, and does what it would have done.
    document.addEventListener('pointerdown', this.#onPress, { capture: true })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('pointerdown', this.#onPress, { capture: true })
  }

  protected override render(): TemplateResult {
    return html`<div role="menu" aria-label=${this.label} data-testid="menu-items">
      ${this.groups.filter(({ items }) => items.length > 0).map((group) => html`
        <div role="group" aria-label=${group.label} class=${group.row ? 'row' : ''}>
          ${group.titled ? html`<div class="title" aria-hidden="true">${group.label}</div>` : nothing}
          ${group.items.map((item) => this.#item(item, group))}
        </div>`)}
    </div>`
  }

  #item({ hook, label, drawing, sign, key, checked, act }: MenuItem, { choice, row }: MenuGroup): TemplateResult {
    const role = checked === undefined ? 'menuitem' : choice ? 'menuitemradio' : 'menuitemcheckbox'
    return html`<button type="button" role=${role} tabindex="-1" data-testid=${hook} aria-checked=${checked ?? nothing}
      aria-keyshortcuts=${key ?? nothing} aria-label=${row ? label : nothing} title=${row ? label : nothing} @click=${() => this.#act(act)}>
      ${drawing === undefined ? nothing : icon(drawing)}
      ${sign === undefined ? html`<span class="label">${label}</span>` : html`<span aria-hidden="true">${sign}</span>`}
      ${checked === undefined ? nothing : html`<span class="tick">${checked ? icon('check') : nothing}</span>`}
      ${key === undefined ? nothing : html`<kbd aria-hidden="true">${key}</kbd>`}
    </button>`
  }

  protected override firstUpdated(): void {
    const items = this.#items
    const taken = items.find((item) => item.getAttribute('role') === 'menuitemradio' && item.ariaChecked === 'true')
    const target = this.fromEnd ? items.at(-1) : items.length > 0 && items.every(({ role }) => role === 'menuitemradio') ? taken ?? items[0] : items[0]
    target?.focus()
  }

  get #items(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll('button')]
  }

  #act(act: () => unknown): void {
    // Closed first: what is opened by it may take the focus.
    this.#close(true)
    act()
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' || event.key === 'Tab') {
      // Nobody further up should take this Escape for theirs.
      if (event.key === 'Escape') event.stopPropagation()
      this.#close(true)
      return
    }
    const items = this.#items
    const focused = items.findIndex((item) => item.matches(':focus'))
    const target = nextItem(event, items.map(({ innerText, ariaLabel }) => ariaLabel ?? innerText), focused)
    if (target === null) return
    event.preventDefault()
    event.stopPropagation()
    items[target]?.focus()
  }

  #onPress = (event: Event): void => {
    const path = event.composedPath()
    if (!path.some(isOpener) && !path.includes(this)) this.#close(false)
  }

  #close(returnFocus: boolean): void {
    this.dispatchEvent(new CustomEvent('close', { detail: { returnFocus } }))
  }
}

/** What opened a menu closes it by itself. */
function isOpener(target: EventTarget): boolean {
  return target instanceof Element && target.ariaHasPopup === 'menu' && target.ariaExpanded === 'true'
}

customElements.define('parley-menu', Menu)
