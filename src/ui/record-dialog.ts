import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, html, nothing, type TemplateResult } from 'lit'
import type { CallViews, RecorderView, RecordingErrorCode, RecordingKind, StoredRecording } from '../room/views.ts'
import { createLog } from '../util/log.ts'
import { dialogStyles } from './dialog-styles.ts'
import { icon } from './call-icons.ts'
import { recordStyles } from './record-styles.ts'
import { dateText, durationText, recordStrings as words } from './record-strings.ts'
import { recordingStrings } from './recording-strings.ts'
import { base, buttons } from './shared-styles.ts'
import { strings } from './strings.ts'

const log = createLog('record')

const KINDS: readonly RecordingKind[] = ['mixed', 'separate']
/** What one video of everybody takes, bytes an hour. */
const BYTES_PER_HOUR = 950_000_000

/**
 * Begins a recording, and keeps the list of those that lie in this browser.
 *
 * @fires close - the person closed it
 */
export class RecordDialog extends SignalWatcher(LitElement) {
  static override properties = {
    views: { attribute: false }, recorder: { state: true }, kind: { state: true }, error: { state: true }, doomed: { state: true }, busy: { state: true },
  }

  static override styles = [base, buttons, dialogStyles, recordStyles]

  declare views: CallViews
  /** Null until its code has loaded. */
  declare recorder: RecorderView | null
  declare kind: RecordingKind
  declare error: RecordingErrorCode | 'not-loaded' | null
  /** The recording that is about to be deleted, after one more question. */
  declare doomed: string | null
  declare busy: boolean

  constructor() {
    super()
    this.recorder = null
    this.kind = 'mixed'
    this.error = null
    this.doomed = null
    this.busy = false
  }

  protected override firstUpdated(): void {
    this.#dialog?.showModal()
    void this.#attempt(async () => {
      this.recorder = await this.views.recorder()
      return this.recorder.refresh()
    })
  }

  protected override render(): TemplateResult {
    const isInCall = this.views.room.state.value.phase === 'joined'
    const running = this.recorder?.running.value ?? null
    return html`<dialog aria-labelledby="title" data-testid="record-dialog" @close=${() => this.dispatchEvent(new Event('close'))}>
      <h2 id="title" tabindex="-1" autofocus>${words.title}</h2>
      ${running !== null ? this.#running(running.bytes) : isInCall ? this.#choice() : nothing}
      ${this.error === null ? nothing : html`<p class="error" role="alert" data-testid="error" data-code=${this.error}>${icon('alert')}<span>${this.error === 'not-loaded' ? strings.trouble.notLoaded : recordingStrings.errors[this.error]}</span></p>`}
      ${this.#list()}
      <div class="actions">
        <button type="button" @click=${() => this.#dialog?.close()}>${strings.close}</button>
        ${isInCall && running === null ? html`<button type="button" class="primary" data-testid="record-start" ?disabled=${this.recorder === null || this.busy} @click=${this.#onStart}>
          ${icon('record')}${words.start}</button>` : nothing}
      </div>
    </dialog>`
  }

  #choice(): TemplateResult {
    const room = this.recorder?.room.value ?? null
    return html`<p class="quiet">${words.agreement}</p>
      <fieldset>
        <legend>${words.legend}</legend>
        ${KINDS.map((kind) => html`<label>
          <input type="radio" name="kind" value=${kind} data-testid="record-${kind}" aria-describedby="hint-${kind}" .checked=${kind === this.kind} @change=${() => { this.kind = kind }}>
          <span>${words[kind].name}</span><span class="quiet" id="hint-${kind}">${words[kind].hint}</span>
        </label>`)}
      </fieldset>
      ${room === null ? nothing : html`<p class="quiet">${roomText(room)}</p>`}`
  }

  #running(bytes: number): TemplateResult {
    return html`<p class="running"><span>${words.running(sizeText(bytes))}</span>
      <button type="button" class="small" data-testid="record-stop" @click=${() => this.#attempt(async () => { await this.recorder?.stop(); return null })}>${icon('stop')}${recordingStrings.stop}</button></p>`
  }

  #list(): TemplateResult {
    const stored = (this.recorder?.stored.value ?? []).filter(({ bytes, state }) => bytes > 0 || state !== 'running')
    return html`<h3>${words.stored}</h3>
      ${stored.length === 0 ? html`<p class="quiet">${words.none}</p>` : html`<ul>${stored.map((each) => this.#item(each))}</ul>`}
      <p class="quiet">${words.lead}</p>`
  }

  #item(recording: StoredRecording): TemplateResult {
    const { id, topic, state, startedAt, endedAt, bytes, files } = recording
    const name = topic === '' ? words.nameless : topic
    const what = `${name}, ${dateText(startedAt)}`
    const facts = [dateText(startedAt), endedAt === null ? null : durationText(endedAt - startedAt), sizeText(bytes),
      files.length > 1 ? words.files(files.length) : null, state === 'finished' ? null : words.states[state]]
    return html`<li data-testid="recording" data-state=${state}>
      <div class="text"><span class="name">${name}</span><span class="quiet">${facts.filter((fact) => fact !== null).join(' · ')}</span></div>
      ${state === 'running' ? nothing : this.doomed === id ? html`
        <span class="sure" role="status">${words.sure}</span>
        <button type="button" class="small" @click=${() => { this.doomed = null }}>${words.keep}</button>
        <button type="button" class="small danger" data-testid="recording-delete-yes" @click=${() => this.#onDelete(id)}>${words.yes}</button>` : html`
        <button type="button" class="small" data-testid="recording-save" aria-label=${words.save(what)} ?disabled=${this.busy} @click=${() => this.#attempt(async () => this.recorder?.save(recording) ?? null)}>
          ${icon('download')}${words.saveShort}</button>
        <button type="button" class="small plain round" data-testid="recording-delete" aria-label=${words.remove(what)} title=${words.remove(what)} @click=${() => { this.doomed = id }}>${icon('trash')}</button>`}
    </li>`
  }

  #onStart = (): Promise<void> => this.#attempt(async () => {
    const failure = await this.recorder?.start(this.kind) ?? null
    // What is under way is said by the sign above the call.
    if (failure === null) this.#dialog?.close()
    return failure
  })

  #onDelete(id: string): Promise<void> {
    this.doomed = null
    return this.#attempt(async () => await this.recorder?.remove(id) ?? null)
  }

  /** Does one thing at a time, and shows what came of it. */
  async #attempt(act: () => Promise<RecordingErrorCode | null>): Promise<void> {
    this.busy = true
    this.error = null
    try {
      this.error = await act()
    } catch (error) {
      // What records tells of failures, and does not fail itself: its code did not come.
      log.warn('what records could not be loaded', error)
      this.error = 'not-loaded'
    } finally {
      this.busy = false
    }
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog')
  }
}

function sizeText(bytes: number): string {
  return words.megabytes(bytes / 1_000_000)
}

function roomText(bytes: number): string {
  const hours = Math.floor(bytes / BYTES_PER_HOUR)
  return hours < 1 ? words.little : words.hours(hours)
}

customElements.define('parley-record-dialog', RecordDialog)
