import { css } from 'lit'

/** How the lobby is laid out: picture and devices beside the form; on narrow screens the devices come last. */
export const lobbyStyles = css`
  :host { display: flex; flex-direction: column; gap: var(--space-5); min-height: 100%; max-width: 76rem; margin: 0 auto; padding: max(var(--space-4), env(safe-area-inset-top)) max(clamp(1rem, 4vw, 2.5rem), env(safe-area-inset-right)) max(var(--space-6), env(safe-area-inset-bottom)) max(clamp(1rem, 4vw, 2.5rem), env(safe-area-inset-left)); }
  header { display: flex; align-items: center; justify-content: space-between; gap: var(--space-4); min-height: 3rem; }
  .brand { display: flex; align-items: center; gap: var(--space-2); font-size: 1.25rem; font-weight: 700; letter-spacing: -0.02em; color: var(--accent); }
  .version { margin-bottom: var(--space-4); display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--space-2) var(--space-4); padding-block: var(--space-2); padding-inline: var(--space-4) var(--space-2); border-radius: var(--radius-large); background: var(--accent-quiet); color: var(--accent); font-weight: 600; }
  .version button { background: var(--surface); }
  /* Without a gap, and yet there for those who are read to. */
  div:empty { position: absolute; }
  main { flex: 1; display: grid; grid: 'preview desk' auto 'setup desk' 1fr / minmax(0, 1.35fr) minmax(20rem, 1fr); align-content: center; gap: var(--space-5) clamp(1.5rem, 4vw, 4rem); }
  parley-preview { grid-area: preview; }
  parley-device-setup { grid-area: setup; }
  /* Where it is when devices appear, too: nobody is to press what has just moved. */
  .desk { grid-area: desk; align-self: start; }
  h1 { font-size: var(--text-title); line-height: 1.12; font-weight: 700; letter-spacing: -0.025em; text-wrap: balance; overflow-wrap: anywhere; }
  .lead { margin: var(--space-3) 0 var(--space-5); color: var(--text-quiet); font-size: var(--text-large); text-wrap: pretty; }
  form { display: grid; gap: var(--space-4); }
  .row { display: flex; gap: var(--space-2); }
  .row button { flex: none; min-width: 6.5rem; }
  .hint { display: flex; gap: var(--space-2); margin-top: var(--space-2); min-height: 2.5rem; }
  .hint .icon { width: 1.2em; height: 1.2em; margin-top: 0.12em; }
  .or { display: flex; align-items: center; gap: var(--space-4); color: var(--text-quiet); font-size: var(--text-small); }
  .or::before, .or::after { content: ''; flex: 1; height: 1px; background: var(--line); }
  .others { display: contents; }
  .direct { border-top: 1px solid var(--line); padding-top: var(--space-4); }
  .direct summary { display: flex; align-items: center; gap: var(--space-2); cursor: pointer; font-weight: 600; width: max-content; padding: var(--space-2); margin-inline-start: calc(-1 * var(--space-2)); border-radius: var(--radius-small); }
  .direct summary::after { content: ''; width: 0.5em; height: 0.5em; margin-inline-start: 0.25em; border: solid; border-width: 0 2px 2px 0; rotate: 45deg; translate: 0 -25%; transition: rotate var(--quick); }
  .direct[open] summary::after { rotate: 225deg; translate: 0 25%; }
  .direct summary:hover { background: var(--raised); }
  .more { display: flex; flex-wrap: wrap; gap: var(--space-2) var(--space-4); margin-block-start: calc(-1 * var(--space-4)); margin-inline-start: calc(-1 * var(--space-2)); }
  .more button { padding: 0 var(--space-2); border-radius: var(--radius-small); font-size: 1rem; }
  .made { margin-bottom: var(--space-4); }
  .made:not(:defined) { display: block; overflow-wrap: anywhere; }
  .desk > parley-who-is-there { margin: calc(-1 * var(--space-2)) 0 var(--space-4); }
  form > button.small { justify-self: center; margin-top: calc(-1 * var(--space-2)); }
  parley-trouble-offer { margin-top: var(--space-4); }
  .direct parley-direct-call { margin-top: var(--space-4); }
  @media (max-width: 52rem) {
    main { grid: 'preview' auto 'desk' auto 'setup' auto / minmax(0, 1fr); align-content: start; }
    :host { padding-top: max(var(--space-2), env(safe-area-inset-top)); gap: var(--space-4); }
    h1 { font-size: 1.5rem; }
    .lead { margin: var(--space-2) 0 var(--space-4); font-size: 1rem; }
    .hint { min-height: 0; }
  }
  /* A phone held sideways: the picture stays while the form beside it is scrolled. */
  @media (max-height: 30rem) and (min-width: 36rem) {
    :host { padding-top: max(var(--space-1), env(safe-area-inset-top)); gap: var(--space-2); }
    header { min-height: 2.25rem; }
    main { grid: 'preview desk' auto 'preview setup' auto / minmax(0, 1fr) minmax(0, 1.1fr); align-content: start; gap: var(--space-5); }
    h1 { font-size: 1.375rem; }
    .lead { margin: var(--space-1) 0 var(--space-3); font-size: 0.9375rem; }
    form { gap: var(--space-3); }
    .hint { min-height: 0; }
    parley-preview { position: sticky; inset-block-start: var(--space-2); align-self: start; }
  }
`
