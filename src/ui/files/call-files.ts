import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { ChatLine, FileState, RoomView } from '../../room/views.ts'
import { effect, untracked } from '../../util/signals.ts'
import { dialogStyles } from '../dialog-styles.ts'
import { Announcement, PanelToggle, type FilesRequest } from '../events.ts'
import { few } from '../few.ts'
import { saveFile } from '../save-file.ts'
import { base, buttons } from '../shared-styles.ts'
import { callStrings } from '../call-strings.ts'
import { strings } from '../strings.ts'
import { loadFiles, loadFilesAhead } from './load-files.ts'
import { pastedFiles } from './pasted.ts'

/**
 * Files come into a call by dropping, pasting and `files-request`; this element offers them. It says what has arrived, also
 * while the chat is closed, saves what the browser keeps, and asks before files break off.
 */
export class CallFiles extends SignalWatcher(LitElement) {
  static override properties = { room: { attribute: false }, chatOpen: { type: Boolean }, dragging: { state: true }, asking: { state: true } }

  static override styles = [base, buttons, dialogStyles, css`
    .drop { position: fixed; inset: var(--space-3); z-index: 2; display: grid; place-content: center; padding: var(--space-5); border: 3px dashed var(--accent); border-radius: var(--radius-large); background: color-mix(in srgb, var(--surface) 92%, transparent); font-size: 1.25rem; font-weight: 600; text-align: center; pointer-events: none; }
  `]

  declare room: RoomView
  declare chatOpen: boolean
  /** Files are held above the page. */
  declare dragging: boolean
  declare asking: boolean
  #connected = new AbortController()
  /** What was last seen of each file on its way to us. */
  readonly #seen = new Map<string, FileState['phase']>()

  constructor() {
    super()
    this.chatOpen = false
    this.dragging = false
    this.asking = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#connected = new AbortController()
    const lifetime = { signal: this.#connected.signal }
    const host = (this.getRootNode() as ShadowRoot).host as HTMLElement
    host.addEventListener('files-request', ({ files }: FilesRequest) => void this.#offer(files), lifetime)
    addEventListener('dragover', this.#onDrag, lifetime)
    addEventListener('dragleave', (event) => { if (event.relatedTarget === null) this.dragging = false }, lifetime)
    addEventListener('drop', this.#onDrop, lifetime)
    addEventListener('paste', this.#onPaste, lifetime)
    addEventListener('beforeunload', (event) => { if (this.room.files.busy.peek()) event.preventDefault() }, lifetime)
    loadFilesAhead(this.room)
    const stop = effect(() => this.#follow())
    lifetime.signal.addEventListener('abort', stop)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#connected.abort()
  }

  /** Leaves the call, after asking whether files that are on their way may break off. */
  leave = (): void => {
    if (this.room.files.busy.peek()) this.asking = true
    else void this.room.leave()
  }

  protected override render(): TemplateResult {
    return html`
      ${this.dragging ? html`<div class="drop" data-testid="drop">${callStrings.files.drop}</div>` : nothing}
      ${this.asking ? html`<dialog aria-labelledby="leaving" data-testid="leave-dialog" @close=${this.#onStay}>
        <h2 id="leaving">${callStrings.files.leaveTitle}</h2>
        <p>${callStrings.files.leaveLead}</p>
        <div class="actions">
          <button type="button" autofocus data-testid="stay" @click=${this.#onStay}>${callStrings.files.stay}</button>
          <button type="button" class="danger" data-testid="leave-anyway" @click=${() => this.room.leave()}>${callStrings.files.leave}</button>
        </div>
      </dialog>` : nothing}`
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog')
    if (dialog !== null && !dialog.open) dialog.showModal()
  }

  #onStay = (): void => {
    this.asking = false
  }

  #onDrag = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') !== true) return
    // Otherwise the browser would open the file in place of the call.
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    this.dragging = true
  }

  #onDrop = (event: DragEvent): void => {
    this.dragging = false
    if (event.dataTransfer?.types.includes('Files') !== true) return
    event.preventDefault()
    const items = [...event.dataTransfer.items].filter(({ kind }) => kind === 'file')
    const isFolder = (item: DataTransferItem): boolean => item.webkitGetAsEntry()?.isDirectory === true
    if (items.some(isFolder)) this.#say(callStrings.files.noFolders)
    void this.#offer(items.filter((item) => !isFolder(item)).map((item) => item.getAsFile()).filter((file) => file !== null))
  }

  #onPaste = (event: ClipboardEvent): void => {
    const files = event.clipboardData === null ? [] : pastedFiles(event.clipboardData)
    if (files.length === 0) return
    event.preventDefault()
    void this.#offer(files)
  }

  async #offer(files: readonly File[]): Promise<void> {
    if (files.length === 0) return
    try {
      await loadFiles(this.room)
      const refused = await this.room.files.offer(files)
      if (refused.length < files.length) this.#say(callStrings.files.offered(files.length - refused.length))
      if (refused.length > 0) this.#say(callStrings.files.notOffered(few(refused.map(({ name }) => name))))
      if (!this.chatOpen) this.dispatchEvent(new PanelToggle('chat'))
    } catch {
      // Why is for the doctor to find out; here it matters that the server did not bring it.
      this.#say(strings.trouble.notLoaded)
    }
  }

  /** Says what becomes of files that were on their way. */
  #follow(): void {
    for (const line of this.room?.chat.value ?? []) {
      if (line.file === null) continue
      const state = this.room.files.state(line.id).value
      const before = this.#seen.get(line.id)
      this.#seen.set(line.id, state.phase)
      if (before === 'receiving') untracked(() => this.#ended(line, state))
    }
  }

  #ended({ file }: ChatLine, state: FileState): void {
    const name = file?.name ?? ''
    if (state.phase === 'failed') this.#say(callStrings.files.failed(name))
    if (state.phase !== 'arrived') return
    this.#say(callStrings.files.arrived(name))
    if (!state.saved) saveFile(state.file, name)
  }

  #say(sentence: string): void {
    this.dispatchEvent(new Announcement(sentence))
  }
}

customElements.define('parley-call-files', CallFiles)

declare global {
  interface HTMLElementTagNameMap {
    'parley-call-files': CallFiles
  }
}
