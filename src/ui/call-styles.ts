import { css } from 'lit'

/** How a call is laid out: head, stage, controls; chat beside the stage, or above it on a phone. */
export const callStyles = css`
  :host { display: flex; flex-direction: column; gap: var(--space-3); height: 100%; padding: var(--space-3) clamp(0.75rem, 2vw, 1.5rem) max(var(--space-4), env(safe-area-inset-bottom)); }
  header { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-3); min-height: 2.25rem; }
  header > .icon { color: var(--text-quiet); }
  .what { flex: 1; min-width: 0; display: flex; align-items: baseline; gap: var(--space-3); }
  .count { flex: none; margin: -0.5rem; padding: 0 0.5rem; min-height: 2.75rem; font-size: var(--text-small); font-weight: 400; color: var(--text-quiet); }
  h1 { font-size: 1.0625rem; font-weight: 650; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  main { flex: 1; min-height: 0; position: relative; display: flex; gap: var(--space-4); }
  .scene { flex: 1; min-width: 0; min-height: 0; position: relative; display: flex; }
  parley-stage { flex: 1; }
  .panel { flex: none; width: 22rem; }
  parley-toasts { position: absolute; inset: var(--space-4) var(--space-4) auto; }
  parley-outage-banner { position: absolute; inset: auto var(--space-4) var(--space-4); z-index: 1; }
  .hear { position: absolute; inset-inline: 0; margin-inline: auto; width: max-content; bottom: var(--space-6); min-height: 3.25rem; box-shadow: var(--shadow); white-space: nowrap; }
  .invitation { flex: none; align-self: center; width: min(24rem, 38%); padding: var(--space-5); border-radius: var(--radius-large); background: var(--surface); box-shadow: var(--shadow); }
  .invitation h2 { font-size: 1.375rem; line-height: 1.25; letter-spacing: -0.01em; }
  .invitation > button { margin-top: var(--space-3); }
  .invitation p { margin: var(--space-2) 0 var(--space-4); color: var(--text-quiet); }
  footer { display: block; position: relative; }
  @media (max-width: 52rem) {
    .what { min-width: 7rem; }
    parley-network-status { max-width: 60%; }
    main.beside .scene { visibility: hidden; }
    main.alone { flex-direction: column; }
    .invitation { align-self: stretch; width: auto; padding: var(--space-4); }
    .panel { position: absolute; inset: 0; width: auto; z-index: 1; box-shadow: var(--shadow); }
  }
`
