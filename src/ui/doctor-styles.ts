import { css } from 'lit'

/** How the examination is laid out: what was found first, then what was checked. */
export const doctorStyles = css`
  :host { display: contents; }
  dialog { width: min(40rem, calc(100vw - 1.5rem)); max-height: calc(100dvh - 1.5rem); padding: 0; border: 0; border-radius: var(--radius-large); background: var(--surface); color: var(--text); box-shadow: var(--shadow); overflow: auto; overscroll-behavior: contain; }
  dialog::backdrop { background: rgb(10 14 12 / 55%); }
  .page { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-4); padding: var(--space-5); }
  header { display: flex; align-items: center; justify-content: space-between; gap: var(--space-3); }
  h2 { font-size: 1.25rem; }
  .summary { font-weight: 600; font-size: var(--text-large); }
  .summary.running::before { content: ''; display: inline-block; width: 0.8em; height: 0.8em; margin-inline-end: var(--space-2); border-radius: 50%; border: 2px solid var(--accent); border-inline-end-color: transparent; animation: turn 1s linear infinite; }
  @keyframes turn { to { transform: rotate(1turn); } }
  .listening { display: grid; gap: var(--space-2); padding: var(--space-3) var(--space-4); border-radius: var(--radius-small); background: var(--accent-quiet); font-weight: 600; }
  .track { height: 0.5rem; border-radius: var(--radius-round); background: var(--surface); overflow: hidden; }
  :host(:dir(rtl)) .fill { transform-origin: 100% 0; }
  .fill { height: 100%; border-radius: inherit; background: var(--accent); transform-origin: 0 0; transform: scaleX(0); transition: transform 80ms linear; }
  .findings { display: grid; gap: var(--space-3); }
  .finding { font-size: 0.9375rem; display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--space-1) var(--space-3); padding: var(--space-3) var(--space-4); border-radius: var(--radius-small); background: var(--raised); overflow-wrap: anywhere; }
  .finding.problem { background: var(--danger-quiet); }
  .finding.problem > .icon { color: var(--danger-text); }
  .finding.note > .icon { color: var(--warn); }
  .finding.fine { background: var(--accent-quiet); }
  .finding.fine > .icon { color: var(--accent); }
  .finding .side { font-size: var(--text-small); font-weight: 600; color: var(--text-quiet); }
  .finding .what { font-weight: 600; }
  .finding .text { display: grid; gap: var(--space-1); }
  summary { cursor: pointer; font-weight: 600; padding: var(--space-1) 0; border-radius: var(--radius-small); }
  .lines { display: grid; gap: 1px; margin-top: var(--space-2); }
  .line { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 0 var(--space-3); align-items: center; min-height: 2.25rem; font-size: 0.9375rem; border-bottom: 1px solid var(--line); padding: var(--space-1) 0; overflow-wrap: anywhere; }
  .line:last-child { border-bottom: 0; }
  .line > .icon { width: 1.15em; height: 1.15em; color: var(--text-quiet); }
  .line.good > .icon { color: var(--accent); }
  .line.bad > .icon { color: var(--danger-text); }
  .line.note > .icon { color: var(--warn); }
  .line .of { color: var(--text-quiet); font-size: var(--text-small); }
  .line .result { text-align: end; color: var(--text-quiet); max-width: 11rem; }
  .line.bad .result { color: var(--danger-text); font-weight: 600; }
  .dot { width: 1.15em; height: 1.15em; border-radius: 50%; border: 2px solid var(--field-line); border-inline-end-color: transparent; animation: turn 1s linear infinite; }
  .report { display: grid; gap: var(--space-3); margin-top: var(--space-2); }
  .report label { display: flex; align-items: center; gap: var(--space-2); }
  .report input { width: 1.125rem; height: 1.125rem; margin: 0; accent-color: var(--accent); }
  pre { margin: 0; max-height: 14rem; overflow: auto; padding: var(--space-3); border-radius: var(--radius-small); background: var(--raised); font-size: 0.75rem; line-height: 1.45; white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; }
  .actions { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: var(--space-3); }
  @media (max-width: 30rem) {
    .page { padding: var(--space-4); }
    .actions button { flex: 1 1 auto; }
    .line .result { max-width: 8.5rem; }
  }
`
