import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ChatLine, RoomView } from '../room/views.ts'
import { chatStyles } from './chat/chat-styles.ts'
import { draftOf, keepDraft } from './chat/drafts.ts'
import { enterMeans } from './chat/enter-key.ts'
import { markedStyles, markedText } from './chat/marked-text.ts'
import { stamp, transcript } from './chat/transcript.ts'
import { copyText } from './clipboard.ts'
import { Announcement, FilesRequest } from './events.ts'
import { loadFiles } from './files/load-files.ts'
import { formats } from './formats.ts'
import { icon } from './call-icons.ts'
import { displayName } from './people.ts'
import { saveFile } from './save-file.ts'
import { base, buttons, fields } from './shared-styles.ts'
import { callStrings } from './call-strings.ts'
import { errors, strings } from './strings.ts'

/** Whoever has scrolled up by more than this, CSS pixels, is reading, and is not carried away by what comes. */
const READING_PX = 48

/**
 * What is written in the call, and the files that are offered in it. Nothing of it is ever taken for HTML.
 *
 * @fires close-request - the panel was closed by its button or by Escape
 */
export class ChatPanel extends SignalWatcher(LitElement) {
  static override properties = { room: { attribute: false }, name: {}, refused: { state: true } }

  static override styles = [base, buttons, fields, chatStyles, markedStyles]

  declare room: RoomView
  /** Our own name. */
  declare name: string
  /** The last message was not taken. */
  declare refused: boolean
  #shown: readonly ChatLine[] = []
  #lastFile: ChatLine | undefined
  #isAtEnd = true

  constructor() {
    super()
    this.name = ''
    this.refused = false
    this.addEventListener('keydown', (event) => { if (event.key === 'Escape') this.#close() })
  }

  protected override render(): TemplateResult {
    const lines = this.room.chat.value
    const none = lines.length === 0
    return html`
      <header role="presentation">
        <h2 id="title">${callStrings.chat.title}</h2>
        ${none ? nothing : html`
          <button type="button" class="small plain round" data-testid="chat-copy" aria-label=${callStrings.chat.copy} title=${callStrings.chat.copy} @click=${this.#onCopy}>${icon('copy')}</button>
          <button type="button" class="small plain round" data-testid="chat-keep" aria-label=${callStrings.chat.keep} title=${callStrings.chat.keep} @click=${this.#onKeep}>${icon('download')}</button>`}
        <button type="button" class="small plain round" aria-label=${strings.close} title=${strings.close} @click=${this.#close}>${icon('close')}</button>
      </header>
      <div class="lines" role="log" aria-labelledby="title" tabindex="0" @scroll=${this.#onScroll}>
        ${none ? html`<p class="quiet empty">${callStrings.chat.empty}</p>` : nothing}
        <ul>${repeat(lines, (line) => line.id, (line, index) => this.#line(line, lines[index - 1]))}</ul>
      </div>
      ${this.refused ? html`<p class="error" role="alert" data-testid="error">${callStrings.chat.tooLong}</p>` : nothing}
      <form @submit=${this.#onSubmit}>
        <input type="file" multiple data-testid="file-input" @change=${this.#onFiles}>
        <button type="button" class="plain round" data-testid="attach" aria-label=${callStrings.chat.attach} title=${callStrings.chat.attach}
          @click=${() => this.renderRoot.querySelector<HTMLElement>('input[type=file]')?.click()}>${icon('file')}</button>
        <textarea rows="1" dir="auto" data-testid="chat-input" aria-label=${callStrings.chat.input} placeholder=${callStrings.chat.placeholder} title=${callStrings.chat.hint}
          enterkeyhint="send" @keydown=${this.#onKey} @input=${this.#onInput}></textarea>
        <button class="primary round" data-testid="chat-send" aria-label=${callStrings.chat.send} title=${callStrings.chat.send}>${icon('send')}</button>
      </form>`
  }

  #line(line: ChatLine, before: ChatLine | undefined): TemplateResult {
    const { time, date } = formats()
    const own = line.author === this.room.self
    const isNewDay = before !== undefined && date(before.at) !== date(line.at)
    const again = before !== undefined && !isNewDay && before.author === line.author && time(before.at) === time(line.at)
    return html`
      <li class="${own ? 'own' : ''} ${again ? 'again' : ''}" data-testid="chat-line" data-peer=${line.author}>
        ${isNewDay ? html`<p class="day">${date(line.at)}</p>` : nothing}
        <p class="who ${again ? 'again' : ''}"><bdi>${own ? strings.you : displayName(line.name)}</bdi>
          <time datetime=${new Date(line.at).toISOString()}>${time(line.at)}</time></p>
        ${line.file === null ? markedText(line, line.text)
          : html`<parley-file-line .room=${this.room} .line=${line}><bdi>${line.file.name}</bdi></parley-file-line>`}
      </li>`
  }

  protected override firstUpdated(): void {
    const input = this.#input
    if (input === null) return
    input.value = draftOf(this.room)
    input.focus()
  }

  protected override updated(): void {
    const lines = this.room.chat.value
    // Not by their number: of very many the oldest go.
    if (lines === this.#shown) return
    this.#shown = lines
    this.#loadFiles(lines)
    const isOwn = lines.at(-1)?.author === this.room.self
    if (this.#isAtEnd || isOwn) this.#toEnd()
  }

  /** Tried again with the next file, not with each redraw. */
  #loadFiles(lines: readonly ChatLine[]): void {
    const last = lines.findLast(({ file }) => file !== null)
    if (last === undefined || last === this.#lastFile) return
    this.#lastFile = last
    loadFiles(this.room).catch(() => this.#notLoaded())
  }

  #toEnd(): void {
    const lines = this.renderRoot.querySelector('.lines')
    lines?.scrollTo({ top: lines.scrollHeight })
  }

  #onScroll = ({ currentTarget }: Event): void => {
    const { scrollHeight, scrollTop, clientHeight } = currentTarget as HTMLElement
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight < READING_PX
  }

  get #input(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea')
  }

  #onKey = (event: KeyboardEvent): void => {
    const meaning = enterMeans(event)
    if (meaning === null) return
    event.preventDefault()
    if (meaning === 'line') this.#newLine()
    else this.#send()
  }

  #newLine(): void {
    const input = this.#input
    if (input === null) return
    input.setRangeText('\n', input.selectionStart, input.selectionEnd, 'end')
    this.#onInput()
  }

  #onInput = (): void => {
    keepDraft(this.room, this.#input?.value ?? '')
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
    this.#onInput()
    input.focus()
  }

  #onFiles = ({ currentTarget }: Event): void => {
    const input = currentTarget as HTMLInputElement
    const files = [...input.files ?? []]
    // So that the same file can be chosen again.
    input.value = ''
    if (files.length > 0) this.dispatchEvent(new FilesRequest(files))
  }

  #transcript(): string {
    const { chat, self, state } = this.room
    const joined = state.peek()
    return transcript(chat.peek(), { topic: joined.phase === 'lobby' ? '' : joined.topic, self, name: this.name })
  }

  #onCopy = async (): Promise<void> => {
    const copied = await copyText(this.#transcript())
    this.dispatchEvent(new Announcement(copied ? callStrings.chat.copied : errors['copy-failed']))
  }

  #onKeep = (): void => {
    const day = stamp(Date.now()).slice(0, 10)
    saveFile(new Blob([this.#transcript()], { type: 'text/plain' }), `${strings.product} ${day}.txt`)
  }

  #notLoaded(): void {
    this.dispatchEvent(new Announcement(strings.trouble.notLoaded))
  }

  #close = (): void => {
    this.dispatchEvent(new Event('close-request'))
  }
}

customElements.define('parley-chat-panel', ChatPanel)
