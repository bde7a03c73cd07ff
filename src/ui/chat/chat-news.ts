import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ChatLine, RoomView } from '../../room/views.ts'
import { byteSize } from '../byte-size.ts'
import { callStrings } from '../call-strings.ts'
import { displayName } from '../people.ts'
import { base } from '../shared-styles.ts'

/** Lines that wait to be read out; of more in a moment, only the newest. */
const MOST = 5
/** Of a longer line only the beginning is read out, letters: the whole is in the chat. */
const LONGEST = 300

/** Reads out what others write while the chat is closed, for those who do not see its count grow. Shows nothing itself. */
export class ChatNews extends SignalWatcher(LitElement) {
  static override properties = { room: { attribute: false }, chatOpen: { type: Boolean } }

  static override styles = [base, css`:host { position: absolute; }`]

  declare room: RoomView
  declare chatOpen: boolean
  readonly #told = new WeakSet<ChatLine>()
  #news: readonly ChatLine[] = []

  constructor() {
    super()
    this.chatOpen = false
  }

  protected override willUpdate(): void {
    const { chat, self } = this.room
    const fresh = chat.value.filter((line) => line.author !== self && !this.#told.has(line))
    for (const line of fresh) this.#told.add(line)
    // What is in the chat on the screen is read out there.
    this.#news = this.chatOpen ? [] : [...this.#news, ...fresh].slice(-MOST)
  }

  protected override render(): TemplateResult {
    return html`<div class="visually-hidden" aria-live="polite" aria-relevant="additions" data-testid="spoken-chat">
      ${repeat(this.#news, (line) => line, (line) => html`<p>${displayName(line.name)}: ${said(line)}</p>`)}</div>`
  }
}

function said({ text, file }: ChatLine): string {
  if (file !== null) return callStrings.chat.fileLine(file.name, byteSize(file.size))
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

customElements.define('parley-chat-news', ChatNews)
