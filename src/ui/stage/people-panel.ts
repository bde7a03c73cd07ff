import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { LocalMedia, ParticipantView, RoomView } from '../../room/views.ts'
import { InviteRequest } from '../events.ts'
import { icon } from '../call-icons.ts'
import { language } from '../language.ts'
import { displayName } from '../people.ts'
import { base, buttons } from '../shared-styles.ts'
import { callStrings } from '../call-strings.ts'
import { strings } from '../strings.ts'
import { peopleOrder } from './people-order.ts'
import { peopleStrings } from './people-strings.ts'
import { avatar, marks, paintAvatar } from './person-row.ts'
import { rowStyles } from './person-row-styles.ts'
import type { Viewing } from './viewing.ts'

/**
 * Everybody in the call: ourselves first, then raised hands in their order, then the others by name.
 *
 * @fires close-request - the panel was closed by its button or by Escape
 */
export class PeoplePanel extends SignalWatcher(LitElement) {
  static override properties = { room: { attribute: false }, local: { attribute: false }, viewing: { attribute: false }, name: {} }

  static override styles = [base, buttons, rowStyles, css`
    :host { display: flex; flex-direction: column; min-height: 0; background: var(--surface); border-radius: var(--radius-large); overflow: hidden; }
    header { display: flex; align-items: center; justify-content: space-between; padding-block: var(--space-3) var(--space-2); padding-inline: var(--space-4) var(--space-3); }
    h2 { font-size: 1.0625rem; }
    ul { flex: 1; min-height: 0; overflow-y: auto; padding: 0 var(--space-4) var(--space-3); overscroll-behavior: contain; }
    .own { padding-inline-end: 3.5rem; }
    footer { padding: var(--space-3); border-top: 1px solid var(--line); display: grid; }
  `]

  declare room: RoomView
  declare local: LocalMedia
  declare viewing: Viewing
  /** Our own name. */
  declare name: string

  constructor() {
    super()
    this.addEventListener('keydown', (event) => { if (event.key === 'Escape') this.#close() })
  }

  protected override render(): TemplateResult {
    const hands = this.room.gestures.hands.value
    const people = this.room.participants.value.map((participant) => ({ participant, peer: participant.peer, name: displayName(participant.state.value.name) }))
    return html`
      <header>
        <h2 id="title" tabindex="-1">${peopleStrings.title}</h2>
        <button type="button" class="small plain round" aria-label=${strings.close} title=${strings.close} @click=${this.#close}>${icon('close')}</button>
      </header>
      <ul aria-labelledby="title" data-testid="people">
        <li>${this.#own(hands)}</li>
        ${repeat(peopleOrder(people, hands, language.value), ({ participant }) => participant, ({ participant, peer }) => this.#person(participant, hands.includes(peer)))}
      </ul>
      <footer><button type="button" class="small" @click=${() => this.dispatchEvent(new InviteRequest())}>${icon('invite')}${callStrings.menu.invite}</button></footer>`
  }

  #person(participant: ParticipantView, handUp: boolean): TemplateResult {
    return html`<li data-testid="person" data-peer=${participant.peer}>
      <parley-person-row .participant=${participant} .viewing=${this.viewing} .handUp=${handUp}></parley-person-row></li>`
  }

  #own(hands: readonly string[]): TemplateResult {
    const { self } = this.room
    const { microphone, camera } = this.local.sending.value
    return html`<div class="row own" data-testid="person-self">
      ${avatar(self, this.name.trim())}
      <div class="who"><span class="name">${peopleStrings.you(this.name)}</span></div>
      ${marks({ handUp: hands.includes(self), microphone, camera, speaking: this.local.speaking.value })}
    </div>`
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('h2')?.focus()
  }

  protected override updated(): void {
    paintAvatar(this.renderRoot, this.room.self)
  }

  #close = (): void => {
    this.dispatchEvent(new Event('close-request'))
  }
}

customElements.define('parley-people-panel', PeoplePanel)
