import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { CallViews, OthersRecording, OwnRecording, PeerKey, RecorderView } from '../room/views.ts'
import { effect } from '../util/signals.ts'
import { Announcement } from './events.ts'
import { icon } from './call-icons.ts'
import { loadQuietly } from './load-quietly.ts'
import { displayName } from './people.ts'
import { recordingStrings } from './recording-strings.ts'
import { base, buttons } from './shared-styles.ts'

/**
 * Says who records for as long as it lasts, and asks whether we may be in it. Comes with the call's own code: whoever is
 * recorded must see it, whatever else can be loaded. Never takes the focus; what is new is read out.
 */
export class RecordingSign extends SignalWatcher(LitElement) {
  static override properties = { views: { attribute: false }, recorder: { state: true } }

  static override styles = [base, buttons, css`
    :host { display: grid; gap: var(--space-2); }
    :host(.quiet) { display: contents; }
    .sign { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-1) var(--space-3); padding: var(--space-2) var(--space-4); border-radius: var(--radius-large); background: var(--danger-quiet); color: var(--danger-text); font-size: 0.9375rem; }
    .dot { flex: none; width: 0.75rem; height: 0.75rem; border-radius: 50%; background: var(--danger); animation: blink 2s ease-in-out infinite; }
    @keyframes blink { 50% { opacity: 0.35; } }
    .who { font-weight: 650; overflow-wrap: anywhere; }
    .text { flex: 1 1 12rem; min-width: 0; }
    .text p { overflow-wrap: anywhere; }
    .actions { display: flex; flex-wrap: wrap; gap: var(--space-2); }
    .sign button { background: var(--surface); }
    .sign button.danger { background: var(--danger); color: var(--on-danger); }
    @media (forced-colors: active) { .sign { border: 2px solid; } .dot { background: CanvasText; } }
    @media (pointer: coarse) { button.small { min-height: 2.75rem; } }
  `]

  declare views: CallViews
  /** Null until we record. */
  declare recorder: RecorderView | null
  #follow: () => void = () => undefined

  constructor() {
    super()
    this.recorder = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    let wasRecording = false
    this.#follow = effect(() => {
      const isRecording = this.views.room.recording.own.value !== null
      if (isRecording && !wasRecording) loadQuietly(() => this.#load())
      if (!isRecording && wasRecording) this.#sayEnd()
      wasRecording = isRecording
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#follow()
  }

  protected override render(): TemplateResult {
    const { own, others } = this.views.room.recording
    const recorded = others.value
    this.classList.toggle('quiet', own.value === null && recorded.length === 0)
    return html`
      <p class="visually-hidden" role="status" data-testid="recording-said">${this.#spoken(recorded)}</p>
      ${own.value === null ? nothing : this.#own(own.value)}
      ${recorded.map((each) => this.#other(each))}`
  }

  #own({ answers }: OwnRecording): TemplateResult {
    const missing = this.views.room.participants.value.filter(({ peer }) => answers.get(peer) !== 'allowed')
    return html`<div class="sign" role="region" aria-label=${recordingStrings.own} data-testid="recording-own">
      <span class="dot" aria-hidden="true"></span>
      <div class="text"><p class="who">${recordingStrings.own}</p>
        ${missing.length === 0 ? nothing : html`<p data-testid="recording-left-out">${recordingStrings.leftOut(missing.map(({ state }) => displayName(state.value.name)))}</p>`}</div>
      <button type="button" class="small" data-testid="recording-stop" @click=${this.#onStop}>${icon('stop')}${recordingStrings.stop}</button>
    </div>`
  }

  #other({ peer, id, answer }: OthersRecording): TemplateResult {
    const { recording } = this.views.room
    const name = this.#nameOf(peer)
    const button = (allow: boolean, label: string): TemplateResult => html`<button type="button" class="small" data-testid=${allow ? 'recording-allow' : 'recording-refuse'}
      @click=${() => recording.answer(peer, id, allow)}>${label}</button>`
    return html`<div class="sign" role="region" aria-label=${recordingStrings.others([name])} data-testid="recording-other" data-answer=${answer}>
      <span class="dot" aria-hidden="true"></span>
      <div class="text">
        <p class="who">${answer === 'waiting' ? recordingStrings.asks(name) : recordingStrings.others([name])}</p>
        <p>${answer === 'waiting' ? recordingStrings.question : answer === 'allowed' ? recordingStrings.in : recordingStrings.out}</p>
      </div>
      <div class="actions">
        ${answer === 'allowed' ? nothing : button(true, recordingStrings.allow)}
        ${answer === 'refused' ? nothing : button(false, recordingStrings.refuse)}
      </div>
    </div>`
  }

  /** What a screen reader says when it changes. */
  #spoken(recorded: readonly OthersRecording[]): string {
    const asking = recorded.filter(({ answer }) => answer === 'waiting')
    if (asking.length > 0) return asking.map(({ peer }) => recordingStrings.asks(this.#nameOf(peer))).join(' ').concat(' ', recordingStrings.question)
    return recorded.length === 0 ? '' : recordingStrings.others(recorded.map(({ peer }) => this.#nameOf(peer)))
  }

  #nameOf(peer: PeerKey): string {
    const person = this.views.room.participants.value.find((each) => each.peer === peer)
    return displayName(person?.state.value.name ?? '')
  }

  async #load(): Promise<void> {
    this.recorder = await this.views.recorder()
  }

  /** It may have ended by itself. */
  #sayEnd(): void {
    const failure = this.recorder?.failure.peek() ?? null
    this.dispatchEvent(new Announcement(failure === null ? recordingStrings.saved : recordingStrings.errors[failure]))
  }

  #onStop = (): void => {
    // Without its code there is nothing that runs.
    if (this.recorder === null) this.views.room.recording.end()
    else void this.recorder.stop()
  }
}

customElements.define('parley-recording-sign', RecordingSign)
