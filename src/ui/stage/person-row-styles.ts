import { css } from 'lit'

/** How a person stands in the list. */
export const rowStyles = css`
  :host { display: block; }
  .row { display: flex; align-items: center; gap: var(--space-3); min-height: 3.25rem; }
  .avatar { flex: none; display: grid; place-items: center; width: 2.5rem; height: 2.5rem; border-radius: 50%; color: #fff; font-size: 0.9375rem; font-weight: 600; }
  .who { flex: 1; min-width: 0; display: grid; }
  .name { font-weight: 500; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .marks { display: flex; gap: var(--space-2); color: var(--text-quiet); }
  .marks span { display: flex; }
  .marks .icon { width: 1.25rem; height: 1.25rem; }
  .marks .hand, .marks .voice { color: var(--accent); }
  .marks .muted { color: var(--danger-text); }
  button.small.round { width: 2.75rem; min-height: 2.75rem; }
`
