import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { ChatLine, FileInfo, FileReceiver, FileState, PeerKey, RoomView } from '../../room/views.ts'
import { byteSize } from '../byte-size.ts'
import { Announcement } from '../events.ts'
import { formats } from '../formats.ts'
import { icon, type IconName } from '../call-icons.ts'
import { displayName } from '../people.ts'
import { saveFile } from '../save-file.ts'
import { base, buttons } from '../shared-styles.ts'
import { strings } from '../strings.ts'
import { choosePlace } from './choose-place.ts'
import { fileFailures, fileStrings } from './file-strings.ts'
import './thumbnail.ts'

type Receiving = Extract<FileState, { phase: 'receiving' }>

/** A file that a line of chat offers: what it is, where it stands, and what can be done with it. */
export class FileLine extends SignalWatcher(LitElement) {
  static override properties = { room: { attribute: false }, line: { attribute: false } }

  static override styles = [base, buttons, css`
    :host { display: block; padding: var(--space-3); border: 1px solid var(--line); border-radius: var(--radius-small); }
    .what { display: flex; gap: var(--space-2); align-items: flex-start; }
    .what .icon { margin-top: 0.1em; color: var(--text-quiet); }
    .name { min-width: 0; font-weight: 600; overflow-wrap: anywhere; }
    .size { white-space: nowrap; font-weight: 400; }
    p { margin-top: var(--space-1); }
    progress { display: block; width: 100%; height: 0.375rem; margin-top: var(--space-2); accent-color: var(--accent); }
    .actions { display: flex; flex-wrap: wrap; gap: var(--space-2); margin-top: var(--space-2); }
    .actions:empty { display: none; }
    .done .icon { color: var(--accent); }
    p .icon { vertical-align: -0.3em; margin-inline-end: var(--space-1); }
    @media (pointer: coarse) { button.small { min-height: 2.75rem; } }
  `]

  declare room: RoomView
  declare line: ChatLine

  protected override render(): TemplateResult | typeof nothing {
    const { file, id } = this.line
    if (file === null) return nothing
    const state = this.#seen(this.room.files.state(id).value)
    return html`<div data-testid="file" data-phase=${state.phase} data-step=${state.phase === 'receiving' ? state.step : nothing}>
      <div class="what">${icon('file')}
        <div class="name"><bdi>${file.name}</bdi> <span class="quiet size">${byteSize(file.size)}</span></div></div>
      ${this.#body(state, file)}
    </div>`
  }

  #body(state: FileState, file: FileInfo): TemplateResult {
    switch (state.phase) {
      case 'offered': return this.#offered(file)
      case 'shared': return this.#shared(state.receivers, file)
      case 'withdrawn': return quiet(fileStrings.withdrawn)
      case 'receiving': return this.#receiving(state, file)
      case 'arrived': return html`
        <parley-thumbnail .file=${state.file} .name=${file.name}></parley-thumbnail>
        <p class="quiet done">${icon('check')}${state.saved ? fileStrings.saved : fileStrings.arrived}</p>
        ${state.saved ? nothing : this.#actions([['save', fileStrings.save, 'download', () => saveFile(state.file, file.name)]])}`
      case 'failed': return html`
        <p class="error" data-testid="file-error">${icon('alert')}${fileFailures[state.reason]}</p>
        ${this.#actions(this.#isOwnerHere ? [['download', fileStrings.again, 'download', this.#download]] : [])}`
    }
  }

  /** A broken path keeps its channel, so that it may come back as it was; meanwhile nothing comes by it. */
  #seen(state: FileState): FileState {
    if (state.phase !== 'receiving' || state.step !== 'running') return state
    const owner = this.room.participants.value.find(({ peer }) => peer === this.line.author)
    return owner?.state.value.connection === 'connected' ? state : { ...state, step: 'waiting' }
  }

  #offered(file: FileInfo): TemplateResult {
    if (this.line.author === this.room.self) return quiet(fileStrings.withdrawn)
    if (!this.#isOwnerHere) return quiet(fileStrings.ownerLeft(displayName(this.line.name)))
    return this.#actions([['download', fileStrings.download, 'download', this.#download, fileStrings.downloadNamed(file.name)]])
  }

  #shared(receivers: Extract<FileState, { phase: 'shared' }>['receivers'], { size }: FileInfo): TemplateResult {
    const done = receivers.filter((each) => each.done).map((each) => this.#nameOf(each))
    // Who has left in the middle of it gets no more.
    const running = receivers.filter((each) => !each.done && this.#isHere(each.peer))
    return html`
      ${running.length + done.length === 0 ? quiet(fileStrings.offered) : nothing}
      ${running.map((each) => quiet(fileStrings.receiving(this.#nameOf(each), shareOf(each.bytes, size))))}
      ${done.length > 0 ? html`<p class="quiet done">${icon('check')}${fileStrings.has(done)}</p>` : nothing}
      ${this.#actions([['withdraw', fileStrings.withdraw, 'close', () => this.room.files.withdraw(this.line.id)]])}`
  }

  #receiving(state: Receiving, { name, size }: FileInfo): TemplateResult {
    const { files } = this.room
    const { id } = this.line
    const share = shareOf(state.bytes, size)
    const canPause = state.step === 'running' || state.step === 'waiting'
    return html`
      <progress max="1" .value=${share} aria-label=${fileStrings.progressLabel(name)}></progress>
      ${quiet(progressText(state, share, size))}
      ${this.#actions([
        ...canPause ? [['pause', fileStrings.pause, 'pause', () => files.pause(id)] as const] : [],
        ...state.step === 'paused' ? [['resume', fileStrings.resume, 'play', () => files.resume(id)] as const] : [],
        ...state.step === 'checking' ? [] : [['cancel', fileStrings.cancel, 'close', () => files.cancel(id)] as const],
      ])}`
  }

  #actions(all: readonly (readonly [hook: string, label: string, drawing: IconName, act: () => unknown, name?: string])[]): TemplateResult {
    return html`<div class="actions">${all.map(([hook, label, drawing, act, name = label]) => html`
      <button type="button" class="small" data-testid="file-${hook}" aria-label=${name} @click=${act}>${icon(drawing)}${label}</button>`)}</div>`
  }

  get #isOwnerHere(): boolean {
    return this.#isHere(this.line.author)
  }

  #isHere(peer: PeerKey): boolean {
    return this.room.participants.value.some((each) => each.peer === peer)
  }

  /** Who has left keeps the name by which it was last known. */
  #nameOf({ peer, name }: FileReceiver): string {
    return displayName(this.room.participants.value.find((each) => each.peer === peer)?.state.value.name ?? name)
  }

  #download = async (): Promise<void> => {
    const { files } = this.room
    const place = await choosePlace(this.line.file?.name ?? '')
    if (place === 'cancelled') return
    try {
      await files.fetch(this.line, place)
    } catch {
      // Why is for the doctor to find out; here it matters that the server did not bring it.
      this.dispatchEvent(new Announcement(strings.trouble.notLoaded))
    }
  }
}

function quiet(sentence: string): TemplateResult {
  return html`<p class="quiet">${sentence}</p>`
}

function shareOf(bytes: number, size: number): number {
  // Rounded down: nothing but the whole is 100 %.
  return size === 0 ? 1 : Math.floor(100 * bytes / size) / 100
}

function progressText({ step, bytes, bytesPerSecond }: Receiving, share: number, size: number): string {
  if (step === 'paused') return fileStrings.paused(share)
  if (step !== 'running') return fileStrings[step]
  const progress = fileStrings.progress(share, byteSize(bytesPerSecond))
  return bytesPerSecond < 1 ? progress : `${progress}, ${fileStrings.left(formats().duration((size - bytes) / bytesPerSecond))}`
}

customElements.define('parley-file-line', FileLine)
