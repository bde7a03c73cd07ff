import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, html, nothing, type TemplateResult } from 'lit'
import type { CheckLine, CheckName, ExaminationView, Finding, Parley, Subject, Verdict } from '../room/views.ts'
import './doctor-report.ts'
import { checks, doctor, findingSentences, fullName, results, shortName, sides, verdicts } from './doctor-strings.ts'
import { doctorStyles } from './doctor-styles.ts'
import { icon, type IconName } from './call-icons.ts'
import { base, buttons } from './shared-styles.ts'
import { strings } from './strings.ts'
import { playTestTone } from './test-tone.ts'

const VERDICT_ICONS = { good: 'check', note: 'alert', bad: 'close', unknown: 'alert' } as const satisfies Record<Exclude<Verdict, 'running'>, IconName>

/**
 * Examines devices and network while it is open, and says in plain words what is wrong.
 *
 * @fires close - the person closed it; the examination has ended with it
 */
export class DoctorDialog extends SignalWatcher(LitElement) {
  static override properties = { parley: { attribute: false }, examination: { state: true } }

  static override styles = [base, buttons, doctorStyles]

  declare parley: Pick<Parley, 'examine'>
  /** Null until its code has loaded. */
  declare examination: ExaminationView | null
  #controller = new AbortController()

  constructor() {
    super()
    this.examination = null
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#controller.abort()
  }

  protected override firstUpdated(): void {
    this.#dialog?.showModal()
    void this.#examine()
  }

  protected override render(): TemplateResult {
    const lines = this.examination?.lines.value ?? []
    const findings = this.examination?.findings.value ?? null
    return html`<dialog aria-labelledby="title" data-testid="doctor-dialog" @close=${this.#onClose}>
      <div class="page">
        <header role="presentation">
          <h2 id="title" tabindex="-1" autofocus>${doctor.title}</h2>
          <button type="button" class="small plain round" aria-label=${strings.close} @click=${() => this.#dialog?.close()}>${icon('close')}</button>
        </header>
        ${findings === null ? html`<p class="quiet">${doctor.lead}</p>` : nothing}
        <p class="summary ${findings === null ? 'running' : ''}" role="status" data-testid="doctor-summary" data-done=${findings !== null}>${summary(lines, findings)}</p>
        ${this.#listening()}
        ${findings === null ? nothing : html`<ul class="findings">${findings.map(findingItem)}</ul>`}
        <details ?open=${findings === null}>
          <summary>${doctor.details}</summary>
          <ul class="lines">${lines.map(lineItem)}</ul>
        </details>
        ${findings === null || this.examination === null ? nothing : html`
          <parley-doctor-report .examination=${this.examination} .findings=${findings}></parley-doctor-report>`}
        <div class="actions">
          <button type="button" title=${doctor.speakerHint} @click=${() => playTestTone()}>${icon('sound')}${doctor.speaker}</button>
          <button type="button" data-testid="doctor-again" ?disabled=${findings === null} @click=${this.#examine}>${doctor.again}</button>
          <button type="button" class="primary" data-testid="doctor-close" @click=${() => this.#dialog?.close()}>${strings.close}</button>
        </div>
      </div>
    </dialog>`
  }

  #listening(): TemplateResult | typeof nothing {
    if (this.examination?.listening.value !== true) return nothing
    const percent = Math.round(this.examination.level.value * 100)
    return html`<div class="listening">
      <p role="alert">${doctor.speak}</p>
      <div class="track" role="meter" aria-label=${strings.preview.level} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${percent}><div class="fill"></div></div>
    </div>`
  }

  protected override updated(): void {
    const fill = this.renderRoot.querySelector<HTMLElement>('.fill')
    if (fill !== null) fill.style.transform = `scaleX(${Math.sqrt(this.examination?.level.peek() ?? 0)})`
  }

  #examine = async (): Promise<void> => {
    this.#controller.abort()
    const controller = this.#controller = new AbortController()
    this.examination = null
    const examination = await this.parley.examine({ signal: controller.signal })
    if (!controller.signal.aborted) this.examination = examination
  }

  #onClose = (): void => {
    this.#controller.abort()
    this.dispatchEvent(new Event('close'))
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog')
  }
}

function summary(lines: readonly CheckLine[], findings: readonly Finding[] | null): string {
  if (findings !== null) return doctor.done(count(findings, 'problem'), count(findings, 'note'))
  const left = lines.filter(({ verdict }) => verdict === 'running').length
  return left === 0 ? doctor.starting : doctor.running(left)
}

function count(findings: readonly Finding[], wanted: Finding['severity']): number {
  return findings.filter(({ severity }) => severity === wanted).length
}

function findingItem(finding: Finding): TemplateResult {
  const { what, advice } = findingSentences(finding, fullName)
  const side = sides[finding.side]
  return html`<li class="finding ${finding.severity}" data-testid="finding" data-code=${finding.code}>
    ${icon(finding.severity === 'fine' ? 'check' : 'alert')}
    <div class="text">
      ${side === '' ? nothing : html`<span class="side">${side}</span>`}
      <span class="what">${what}</span>
      ${advice === '' ? nothing : html`<span>${advice}</span>`}
    </div>
  </li>`
}

/** What is looked at, by its own name where it has one: a relay or a person, rather than something of theirs. */
function lineName(check: CheckName, subject: Subject | null): string {
  return subject !== null && check === subject.kind ? shortName(subject) : checks[check]
}

function lineItem({ check, subject, verdict, result, ms }: CheckLine): TemplateResult {
  return html`<li class="line ${verdict}" data-testid="check" data-check=${check} data-result=${result ?? ''}>
    ${verdict === 'running' ? html`<span class="dot"></span>` : icon(VERDICT_ICONS[verdict])}
    <span>${lineName(check, subject)}${subject === null || check === subject.kind ? nothing : html` <span class="of">${shortName(subject)}</span>`}</span>
    <span class="result"><span class="visually-hidden">${verdicts[verdict]}: </span>${result === null ? '…' : results[result]}
      ${ms === null ? nothing : html`<span class="of">${doctor.milliseconds(ms)}</span>`}</span>
  </li>`
}

customElements.define('parley-doctor-dialog', DoctorDialog)

declare global {
  interface HTMLElementTagNameMap {
    'parley-doctor-dialog': DoctorDialog
  }
}
