import { css } from 'lit'

/** The stage is a ground on which tiles have their places; what is not a tile lies on top of them. */
export const stageStyles = css`
  :host { display: flex; flex-direction: column; gap: var(--space-3); min-width: 0; min-height: 0; overflow: hidden; touch-action: pan-y; }
  .ground { flex: 1; min-height: 0; position: relative; }
  parley-pager { position: absolute; }
  parley-pager[hidden] { display: none; }
  parley-menu { position: fixed; z-index: 3; width: max-content; max-width: min(20rem, calc(100vw - 1rem)); }
  .audio-only { align-self: center; max-width: 100%; display: flex; align-items: center; gap: var(--space-3); padding-inline-start: var(--space-4); border-radius: var(--radius-large); background: var(--accent-quiet); color: var(--accent); font-size: 0.9375rem; line-height: 1.3; }
  .audio-only button { flex: none; min-height: 2.75rem; background: transparent; color: inherit; text-decoration: underline; text-underline-offset: 0.2em; }
  @media (max-width: 40rem) { .audio-only { font-size: 0.875rem; } }
`
