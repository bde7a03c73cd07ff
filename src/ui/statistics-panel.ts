import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, type TemplateResult } from 'lit'
import type { CallViews, LinkStatistics, PeerKey, PersonStatistics } from '../room/views.ts'
import type { ReadonlySignal } from '../util/signals.ts'
import { copyText } from './clipboard.ts'
import { Announcement } from './events.ts'
import { icon } from './call-icons.ts'
import { displayName } from './people.ts'
import { base, buttons } from './shared-styles.ts'
import { sparkline } from './sparkline.ts'
import { statisticsStrings as words } from './statistics-strings.ts'
import { flowFacts, flowName, linkFacts, rateText, statisticsText, type Fact } from './statistics-text.ts'
import { errors, strings } from './strings.ts'

/** Readings that a plot is wide: a minute. */
const MOST = 60

/**
 * Numbers about each connection, as they are, beside the call. Connections are read only while it is on the screen.
 *
 * @fires close - the person closed it
 */
export class StatisticsPanel extends SignalWatcher(LitElement) {
  static override properties = { views: { attribute: false }, people: { state: true } }

  static override styles = [base, buttons, css`
    :host { display: contents; }
    dialog { position: fixed; inset-block: 8.5rem auto; inset-inline: auto var(--space-4); margin: 0; z-index: 5; width: min(24rem, calc(100vw - 2rem)); max-height: calc(100dvh - 14rem); padding: var(--space-4); border: 0; border-radius: var(--radius-large); background: var(--surface); color: var(--text); box-shadow: var(--shadow), 0 0 0 1px var(--line); overflow-y: auto; overscroll-behavior: contain; }
    .head { display: flex; align-items: center; gap: var(--space-2); }
    h2 { flex: 1; font-size: 1.125rem; }
    h3 { margin: var(--space-4) 0 var(--space-2); font-size: 1rem; overflow-wrap: anywhere; }
    h4 { margin: var(--space-3) 0 var(--space-1); font-size: var(--text-small); font-weight: 600; color: var(--text-quiet); }
    .plots { display: grid; grid-template-columns: 1fr 1fr; gap: var(--space-3); }
    figure { margin: 0; }
    figcaption { font-size: var(--text-small); font-variant-numeric: tabular-nums; }
    .plot { display: block; width: 100%; height: 1.75rem; fill: none; stroke: var(--accent); border-bottom: 1px solid var(--line); }
    .plot path { stroke-width: 1.5; vector-effect: non-scaling-stroke; }
    dl { margin: 0; display: grid; grid-template-columns: auto 1fr; gap: 0 var(--space-3); font-size: var(--text-small); font-variant-numeric: tabular-nums; }
    dt { color: var(--text-quiet); }
    dd { margin: 0; text-align: end; overflow-wrap: anywhere; }
    .copy { margin-top: var(--space-4); }
  `]

  declare views: Pick<CallViews, 'room' | 'statistics'>
  /** Null until its code has loaded. */
  declare people: ReadonlySignal<readonly PersonStatistics<PeerKey>[]> | null
  #controller = new AbortController()

  constructor() {
    super()
    this.people = null
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#controller.abort()
  }

  protected override firstUpdated(): void {
    this.#dialog?.show()
    void this.#begin()
  }

  protected override render(): TemplateResult {
    const people = this.#latest
    return html`<dialog aria-labelledby="title" data-testid="statistics-panel" @close=${() => this.dispatchEvent(new Event('close'))} @keydown=${this.#onKey}>
      <div class="head">
        <h2 id="title" tabindex="-1" autofocus>${words.title}</h2>
        <button type="button" class="small plain round" data-testid="statistics-close" aria-label=${strings.close} title=${strings.close} @click=${() => this.#dialog?.close()}>${icon('close')}</button>
      </div>
      <p class="quiet">${words.lead}</p>
      ${people.length === 0 ? html`<p class="quiet" role="status">${this.people?.value.length === 0 ? words.alone : words.waiting}</p>` : people.map(person)}
      <button type="button" class="small copy" data-testid="statistics-copy" ?disabled=${people.length === 0} @click=${this.#onCopy}>${icon('copy')}${words.copy}</button>
    </dialog>`
  }

  get #latest(): { peer: PeerKey, name: string, latest: LinkStatistics, readings: readonly LinkStatistics[] }[] {
    return (this.people?.value ?? []).flatMap(({ peer, readings }) => {
      const latest = readings.at(-1)
      const named = this.views.room.participants.value.find((each) => each.peer === peer)
      return latest === undefined || named === undefined ? [] : [{ peer, readings, latest, name: displayName(named.state.value.name) }]
    })
  }

  async #begin(): Promise<void> {
    try {
      const people = await this.views.statistics({ signal: this.#controller.signal })
      if (!this.#controller.signal.aborted) this.people = people
    } catch {
      // Why is for the doctor to find out; here it matters that the server did not bring it.
      this.dispatchEvent(new Announcement(strings.trouble.notLoaded))
      this.#dialog?.close()
    }
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    this.#dialog?.close()
  }

  #onCopy = async (): Promise<void> => {
    const copied = await copyText(statisticsText(this.#latest))
    this.dispatchEvent(new Announcement(copied ? strings.copied : errors['copy-failed']))
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog')
  }
}

function person({ peer, name, latest, readings }: { peer: string, name: string, latest: LinkStatistics, readings: readonly LinkStatistics[] }): TemplateResult {
  return html`<section data-testid="statistics-person" data-peer=${peer}>
    <h3>${name}</h3>
    <div class="plots">
      ${plot(words.received, readings.map(({ receivedBps }) => receivedBps))}
      ${plot(words.sent, readings.map(({ sentBps }) => sentBps))}
    </div>
    ${facts(linkFacts(latest).slice(2))}
    ${latest.flows.map((flow) => html`<div data-testid="statistics-flow" data-flow="${flow.direction} ${flow.name}"><h4>${flowName(flow)}</h4>${facts(flowFacts(flow))}</div>`)}
  </section>`
}

function plot(what: string, values: readonly number[]): TemplateResult {
  const texts = [values.at(-1) ?? 0, Math.min(...values), Math.max(...values)].map(rateText)
  const [now = '', low = '', high = ''] = texts
  return html`<figure>${sparkline(values, MOST, words.plot(what, now, low, high))}<figcaption>${what} ${now}</figcaption></figure>`
}

function facts(all: readonly Fact[]): TemplateResult {
  return html`<dl>${all.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
}

customElements.define('parley-statistics-panel', StatisticsPanel)
