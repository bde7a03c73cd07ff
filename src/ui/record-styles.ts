import { css } from 'lit'

/** How the dialog for recordings looks. */
export const recordStyles = css`
  h3 { margin: var(--space-5) 0 var(--space-2); font-size: 1rem; }
  fieldset { margin: var(--space-4) 0 var(--space-2); }
  legend { padding: 0; font-weight: 600; font-size: 0.9375rem; margin-bottom: var(--space-2); }
  label { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 var(--space-3); align-items: baseline; padding: var(--space-2) var(--space-3); border-radius: var(--radius-small); cursor: pointer; }
  label:hover { background: var(--raised); }
  label .quiet { grid-column: 2; }
  input { width: 1.125rem; height: 1.125rem; margin: 0; translate: 0 0.15rem; accent-color: var(--accent); cursor: pointer; }
  .running { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--space-3); }
  li { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2); padding: var(--space-2) 0; border-top: 1px solid var(--line); }
  .text { flex: 1 1 8rem; min-width: 0; display: grid; }
  .name { font-weight: 600; overflow-wrap: anywhere; }
  .sure { font-size: 0.9375rem; }
  ul { margin-bottom: var(--space-3); }
`
