import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { RecentRoom, RecentView } from '../room/views.ts'
import { JoinRequest } from './events.ts'
import { icon } from './call-icons.ts'
import { base, buttons } from './shared-styles.ts'
import { lobbyStrings } from './lobby-strings.ts'

/**
 * The calls that this device remembers: one tap enters again, another forgets.
 *
 * @fires join-request - one of them was chosen
 */
export class RecentCalls extends SignalWatcher(LitElement) {
  static override properties = { recent: { attribute: false }, busy: { type: Boolean } }

  static override styles = [base, buttons, css`
    :host { display: block; }
    .head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 var(--space-3); margin-bottom: var(--space-2); }
    h2 { font-size: 1rem; }
    .head button { margin-inline-start: auto; }
    ul { display: flex; flex-wrap: wrap; gap: var(--space-2); }
    li { display: flex; max-width: 100%; border-radius: var(--radius-round); background: var(--raised); }
    li button { min-height: 2.75rem; background: transparent; }
    .enter { min-width: 0; padding-block: 0; padding-inline: var(--space-4) var(--space-1); border-start-end-radius: 0; border-end-end-radius: 0; font-size: 0.9375rem; }
    .enter span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .enter .icon { width: 1.1em; height: 1.1em; color: var(--text-quiet); }
    .forget { flex: none; width: 2.5rem; padding: 0; color: var(--text-quiet); }
    .forget .icon { width: 1.1em; height: 1.1em; }
  `]

  declare recent: RecentView
  /** A join is under way. */
  declare busy: boolean

  constructor() {
    super()
    this.busy = false
  }

  protected override render(): TemplateResult | typeof nothing {
    const rooms = this.recent.rooms.value
    if (rooms.length === 0) return nothing
    const words = lobbyStrings.recent
    return html`<section aria-labelledby="title" data-testid="recent">
      <div class="head">
        <h2 id="title">${words.title}</h2><span class="quiet">${words.kept}</span>
        <button type="button" class="small plain" @click=${() => this.recent.forgetAll()}>${words.forgetAll}</button>
      </div>
      <ul>${rooms.map((room) => this.#room(room))}</ul>
    </section>`
  }

  #room(room: RecentRoom): TemplateResult {
    const { topic, secret } = room
    const words = lobbyStrings.recent
    return html`<li>
      <button type="button" class="enter" data-testid="recent-call" ?disabled=${this.busy} title=${secret === '' ? words.enterPublic(topic) : words.enterPrivate(topic)}
        @click=${() => this.dispatchEvent(new JoinRequest(topic, secret))}>${icon(secret === '' ? 'globe' : 'lock')}<span>${topic}</span></button>
      <button type="button" class="forget" aria-label=${words.forget(topic)} title=${words.forget(topic)} @click=${() => this.#forget(room)}>${icon('close')}</button>
    </li>`
  }

  /** The button goes away with its call, so the focus moves to the next one. */
  #forget(room: RecentRoom): void {
    const index = this.recent.rooms.peek().indexOf(room)
    this.recent.forget(room)
    void this.updateComplete.then(() => {
      const left = this.renderRoot.querySelectorAll<HTMLElement>('.forget')
      left[Math.min(index, left.length - 1)]?.focus()
    })
  }
}

customElements.define('parley-recent-calls', RecentCalls)
