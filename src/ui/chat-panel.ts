import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ChatLine, RoomView } from '../room/views.ts'
import { formats } from './formats.ts'
import { icon } from './icons.ts'
import { displayName } from './people.ts'
import { base, buttons, fields } from './shared-styles.ts'
import { strings } from './strings.ts'


/**
 * What is written in the call. Text only: nothing of it is ever taken for HTML.
 *
 * @fires close-request - the panel was closed by its button or by Escape
 */
export class ChatPanel extends SignalWatcher(LitElement) {
  static override properties = { room: { attribute: false }, refused: { state: true } }

  static override styles = [base, buttons, fields, css`
    :host { display: flex; flex-direction: column; min-height: 0; background: var(--surface); border-radius: var(--radius-large); overflow: hidden; }
    header { display: flex; align-items: center; justify-content: space-between; padding: var(--space-3) var(--space-3) var(--space-2) var(--space-4); }
    h2 { font-size: 1.0625rem; }
    .lines { flex: 1; min-height: 0; overflow-y: auto; padding: 0 var(--space-4) var(--space-3); overscroll-behavior: contain; }
    .empty { padding-top: var(--space-2); }
    li { margin-top: var(--space-3); }
    .who { display: flex; gap: var(--space-2); align-items: baseline; font-size: 0.875rem; font-weight: 600; }
    .who.again { display: none; }
    li.again { margin-top: var(--space-1); }
    time { font-weight: 400; color: var(--text-quiet); font-size: 0.75rem; }
    .text { white-space: pre-wrap; overflow-wrap: anywhere; }
    .own .who span { color: var(--accent); }
    form { display: flex; align-items: end; gap: var(--space-2); padding: var(--space-3); border-top: 1px solid var(--line); }
    textarea { flex: 1; resize: none; field-sizing: content; max-height: 8rem; padding: 0.7rem var(--space-4); line-height: 1.4; border-radius: var(--radius-large); }
    .error { padding: 0 var(--space-4) var(--space-3); }
  `]

  declare room: RoomView
  /** The last message was not taken. */
  declare refused: boolean
  #shown = 0

  constructor() {
    super()
    this.refused = false
    this.addEventListener('keydown', (event) => { if (event.key === 'Escape') this.#close() })
  }

  protected override render(): TemplateResult {
    const lines = this.room.chat.value
    return html`
      <header>
        <h2 id="title">${strings.chat.title}</h2>
        <button type="button" class="small plain round" aria-label=${strings.close} title=${strings.close} @click=${this.#close}>${icon('close')}</button>
      </header>
      <div class="lines" role="log" aria-labelledby="title" tabindex="0">
        ${lines.length === 0 ? html`<p class="quiet empty">${strings.chat.empty}</p>` : nothing}
        <ul>${repeat(lines, (line) => line.id, (line, index) => this.#line(line, lines[index - 1]))}</ul>
      </div>
      ${this.refused ? html`<p class="error" role="alert" data-testid="error">${strings.chat.tooLong}</p>` : nothing}
      <form @submit=${this.#onSubmit}>
        <textarea rows="1" data-testid="chat-input" aria-label=${strings.chat.input} placeholder=${strings.chat.placeholder}
          enterkeyhint="send" @keydown=${this.#onKey}></textarea>
        <button class="primary round" data-testid="chat-send" aria-label=${strings.chat.send} title=${strings.chat.send}>${icon('send')}</button>
      </form>`
  }

  #line(line: ChatLine, before: ChatLine | undefined): TemplateResult {
    const own = line.author === this.room.self
    const again = before !== undefined && before.author === line.author && formats().time(before.at) === formats().time(line.at)
    return html`<li class="${own ? 'own' : ''} ${again ? 'again' : ''}" data-testid="chat-line" data-peer=${line.author}>
      <p class="who ${again ? 'again' : ''}"><span>${own ? strings.you : displayName(line.name)}</span>
        <time datetime=${new Date(line.at).toISOString()}>${formats().time(line.at)}</time></p>
      <p class="text">${line.text}</p>
    </li>`
  }

  protected override firstUpdated(): void {
    this.#input?.focus()
  }

  protected override updated(): void {
    const count = this.room.chat.value.length
    if (count === this.#shown) return
    this.#shown = count
    const lines = this.renderRoot.querySelector('.lines')
    lines?.scrollTo({ top: lines.scrollHeight })
  }

  get #input(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea')
  }

  #onKey = (event: KeyboardEvent): void => {
    // While a word is being composed, Enter ends the word and not the message.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    this.#send()
  }

  #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    this.#send()
  }

  #send(): void {
    const input = this.#input
    const text = input?.value.trim() ?? ''
    if (input === null || text === '') return
    this.refused = !this.room.say(text)
    if (!this.refused) input.value = ''
    input.focus()
  }

  #close = (): void => {
    this.dispatchEvent(new Event('close-request'))
  }
}

customElements.define('parley-chat-panel', ChatPanel)
