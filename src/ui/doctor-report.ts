import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, html, nothing, type TemplateResult } from 'lit'
import type { ExaminationView, Finding } from '../room/views.ts'
import { copyText } from './clipboard.ts'
import { doctor, findingSentences, fullName, namelessName } from './doctor-strings.ts'
import { doctorStyles } from './doctor-styles.ts'
import { icon } from './call-icons.ts'
import { errorLine } from './messages.ts'
import { base, buttons } from './shared-styles.ts'
import { strings } from './strings.ts'

/** The examination as text to hand on. Names and addresses are in it only when the person says so. */
export class DoctorReport extends SignalWatcher(LitElement) {
  static override properties = { examination: { attribute: false }, findings: { attribute: false }, detailed: { state: true }, copied: { state: true } }

  static override styles = [base, buttons, doctorStyles]

  declare examination: ExaminationView
  declare findings: readonly Finding[]
  declare detailed: boolean
  /** Whether the text was copied; null as long as nobody tried. */
  declare copied: boolean | null

  constructor() {
    super()
    this.detailed = false
    this.copied = null
  }

  protected override render(): TemplateResult {
    return html`<details>
      <summary>${doctor.report}</summary>
      <div class="report">
        <p class="quiet">${doctor.reportLead}</p>
        <label><input type="checkbox" data-testid="report-detailed" .checked=${this.detailed} @change=${this.#onDetailed}>${doctor.include}</label>
        <pre tabindex="0" data-testid="report">${this.#text()}</pre>
        <button type="button" data-testid="copy-report" @click=${this.#onCopy}>
          ${icon(this.copied === true ? 'check' : 'copy')}<span aria-live="polite">${this.copied === true ? strings.copied : doctor.copyReport}</span></button>
        ${this.copied === false ? errorLine('copy-failed') : nothing}
      </div>
    </details>`
  }

  #text(): string {
    const sentences = this.findings.map((finding) => {
      const { what, advice } = findingSentences(finding, this.detailed ? fullName : namelessName)
      return `${what} ${advice}`.trim()
    })
    return this.examination.report(sentences, this.detailed)
  }

  #onDetailed = (event: Event): void => {
    this.detailed = (event.target as HTMLInputElement).checked
    this.copied = null
  }

  #onCopy = async (): Promise<void> => {
    this.copied = await copyText(this.#text())
  }
}

customElements.define('parley-doctor-report', DoctorReport)
