import { css } from 'lit'

/** A dialog in the middle of the page, its heading, and the row of buttons at its end. */
export const dialogStyles = css`
  :host { display: contents; }
  dialog { width: min(34rem, calc(100vw - 2rem)); max-height: calc(100vh - 2rem); padding: var(--space-5); border: 0; border-radius: var(--radius-large); background: var(--surface); color: var(--text); box-shadow: var(--shadow); overflow-y: auto; }
  dialog::backdrop { background: rgb(10 14 12 / 55%); }
  h2 { font-size: 1.25rem; margin-bottom: var(--space-3); }
  .actions { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: var(--space-3); margin-top: var(--space-5); }
  @media (max-width: 30rem) { .actions button { flex: 1 1 auto; } }
`
