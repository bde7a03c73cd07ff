import { css } from 'lit'

/** What both sides of an exchange of codes share: numbered steps, beside each other where there is room. */
export const codeStyles = css`
  :host { display: block; }
  .steps { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: var(--space-5) var(--space-6); align-items: start; }
  section { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-3); }
  h3 { margin: 0; font-size: 1.0625rem; line-height: 1.3; }
  .step { display: block; font-size: var(--text-small); font-weight: 600; color: var(--accent); }
  .making { min-height: 6rem; display: grid; place-items: center; color: var(--text-quiet); }
  .who { overflow-wrap: anywhere; }
  .actions { display: flex; flex-wrap: wrap; gap: var(--space-2); }
  .actions .primary { flex: 1; }
`
