import { css } from 'lit'

/** How the bar of a call looks; sizes come from `bar-fit.ts`. */
export const barStyles = css`
  :host { display: flex; justify-content: center; gap: var(--gap, 0.5rem); position: relative; }
  button.round { position: relative; flex: none; width: var(--button, 3rem); min-height: var(--button, 3rem); }
  button > .icon { width: 1.5rem; height: 1.5rem; }
  button.off, .split.off { background: var(--danger-quiet); color: var(--danger-text); }
  button.on { background: var(--accent-quiet); color: var(--accent); }
  button.raised { background: var(--hand); color: var(--on-hand); }
  button.raised:hover:not(:disabled) { background: var(--hand); filter: brightness(0.94); }
  button.round.danger { width: var(--leave, 3rem); }
  .split { display: inline-flex; border-radius: var(--radius-round); background: var(--raised); }
  .split .round { background: transparent; margin-inline-end: -0.375rem; }
  .split button.off { color: var(--danger-text); }
  .split .round:hover { background: var(--raised-hover); }
  .arrow { width: calc(var(--arrow) + 0.375rem); min-height: var(--button); padding: 0; background: transparent; color: inherit; }
  .arrow .icon { width: 1rem; height: 1rem; }
  .arrow[aria-expanded='true'] .icon { rotate: 180deg; }
  .badge { position: absolute; top: -0.2rem; inset-inline-end: -0.2rem; min-width: 1.25rem; padding: 0 0.3rem; border-radius: var(--radius-round); background: var(--accent); color: var(--on-accent); font-size: 0.75rem; line-height: 1.25rem; }
  parley-menu { position: absolute; z-index: 5; bottom: calc(100% + var(--space-2)); width: max-content; min-width: 14rem; max-width: min(22rem, 100%); }
  @media (max-width: 30rem) {
    parley-menu { position: fixed; inset: auto 0 0 !important; width: auto; max-width: none; border-end-start-radius: 0; border-end-end-radius: 0; padding-bottom: max(var(--space-3), env(safe-area-inset-bottom)); }
  }
`
