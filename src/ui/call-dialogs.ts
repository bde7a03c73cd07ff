import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { CallViews, SettingsView } from '../room/views.ts'
import { Announcement } from './events.ts'
import type { ShortcutContext } from './keys/shortcuts.ts'
import { strings } from './strings.ts'

/** The dialogs of a call, and how their code comes: none is loaded before it is asked for. */
const CODE = {
  invite: () => import('./invite-dialog.ts'),
  keys: () => import('./keys/keys-dialog.ts'),
  record: () => import('./record-dialog.ts'),
  statistics: () => import('./statistics-panel.ts'),
}

type DialogName = keyof typeof CODE

/** Opens what is asked for during a call by events that bubble to the call, and forgets it when it is closed. */
export class CallDialogs extends SignalWatcher(LitElement) {
  static override properties = { link: {}, views: { attribute: false }, context: { attribute: false }, settings: { attribute: false }, open: { state: true } }

  static override styles = css`:host { display: contents; }`

  /** Link to this call. */
  declare link: string
  declare context: ShortcutContext
  declare settings: SettingsView
  declare views: CallViews
  declare open: DialogName | null
  #connected = new AbortController()

  constructor() {
    super()
    this.open = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#connected = new AbortController()
    const { signal } = this.#connected
    const host = (this.getRootNode() as ShadowRoot).host
    host.addEventListener('statistics-request', () => void this.#open('statistics'), { signal })
    host.addEventListener('record-request', () => void this.#open('record'), { signal })
    host.addEventListener('invite-request', () => void this.#open('invite'), { signal })
    host.addEventListener('keys-request', () => void this.#open('keys'), { signal })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#connected.abort()
  }

  protected override render(): TemplateResult | typeof nothing {
    switch (this.open) {
      case null: return nothing
      case 'keys': return html`<parley-keys-dialog .context=${this.context} .settings=${this.settings} @close=${this.#onClose}></parley-keys-dialog>`
      case 'statistics': return html`<parley-statistics-panel .views=${this.views} @close=${this.#onClose}></parley-statistics-panel>`
      case 'record': return html`<parley-record-dialog .views=${this.views} @close=${this.#onClose}></parley-record-dialog>`
      case 'invite': return html`<parley-invite-dialog .link=${this.link} @close=${this.#onClose}></parley-invite-dialog>`
    }
  }

  async #open(name: DialogName): Promise<void> {
    try {
      await CODE[name]()
      this.open = name
    } catch {
      // Why is for the doctor to find out; here it matters that the server did not bring it.
      this.dispatchEvent(new Announcement(strings.trouble.notLoaded))
    }
  }

  #onClose = (): void => {
    this.open = null
  }
}

customElements.define('parley-call-dialogs', CallDialogs)
