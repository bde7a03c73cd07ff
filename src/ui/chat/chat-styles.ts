import { css } from 'lit'

export const chatStyles = css`
  :host { display: flex; flex-direction: column; min-height: 0; background: var(--surface); border-radius: var(--radius-large); overflow: hidden; }
  header { display: flex; align-items: center; gap: var(--space-1); padding-block: var(--space-3) var(--space-2); padding-inline: var(--space-4) var(--space-3); }
  h2 { flex: 1; font-size: 1.0625rem; }
  .lines { flex: 1; min-height: 0; overflow-y: auto; padding: 0 var(--space-4) var(--space-3); overscroll-behavior: contain; }
  .empty { padding-top: var(--space-2); }
  .lines > ul > li { margin-top: var(--space-3); }
  .who { display: flex; gap: var(--space-2); align-items: baseline; font-size: 0.875rem; font-weight: 600; }
  .who.again { display: none; }
  .lines > ul > li.again { margin-top: var(--space-1); }
  .day { padding-block: var(--space-2); text-align: center; color: var(--text-quiet); font-size: 0.75rem; }
  .who bdi { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  time { flex: none; font-weight: 400; color: var(--text-quiet); font-size: 0.75rem; }
  .own .who bdi { color: var(--accent); }
  form { display: flex; align-items: end; gap: var(--space-2); padding: var(--space-3); border-top: 1px solid var(--line); }
  textarea { flex: 1; resize: none; field-sizing: content; max-height: 8rem; padding: 0.7rem var(--space-4); line-height: 1.4; border-radius: var(--radius-large); }
  .error { padding: 0 var(--space-4) var(--space-3); }
  input[type='file'] { display: none; }
  parley-file-line { display: block; margin-top: var(--space-1); }
`
