import { css } from 'lit'

/** The stage is a ground on which tiles have their places; what is not a tile lies on top of them. */
export const stageStyles = css`
  :host { display: block; position: relative; min-width: 0; min-height: 0; overflow: hidden; touch-action: pan-y; }
  parley-pager { position: absolute; }
  parley-pager[hidden] { display: none; }
  parley-menu { position: fixed; z-index: 3; width: max-content; max-width: min(20rem, calc(100vw - 1rem)); }
  .audio-only { position: absolute; z-index: 1; inset: var(--space-3) var(--space-3) auto; width: fit-content; max-width: calc(100% - 2 * var(--space-3)); margin-inline: auto; display: flex; align-items: center; gap: var(--space-3); padding-block: var(--space-1); padding-inline: var(--space-4) var(--space-1); border-radius: var(--radius-round); background: var(--surface); color: var(--text); box-shadow: var(--shadow), 0 0 0 1px var(--line); font-size: 0.9375rem; }
  .audio-only button { flex: none; min-height: 2.75rem; }
  @media (max-width: 40rem) { .audio-only > .icon { display: none; } .audio-only { font-size: 0.8125rem; } }
`
