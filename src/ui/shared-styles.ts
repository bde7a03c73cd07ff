import { css } from 'lit'

/** What every element starts from: box model, focus ring, text for screen readers only, reduced motion. */
export const base = css`
  *, *::before, *::after { box-sizing: border-box; }
  :host { font-family: var(--font); font-size: var(--text-body); line-height: 1.5; color: var(--text); }
  h1, h2, p, form, fieldset, ul { margin: 0; padding: 0; border: 0; }
  ul { list-style: none; }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  [tabindex='-1']:focus { outline: none; }
  [hidden] { display: none !important; }
  .icon { width: 1.375em; height: 1.375em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
  :host(:dir(rtl)) .icon.directed { transform: scaleX(-1); }
  .quiet { color: var(--text-quiet); font-size: var(--text-small); }
  .visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .error { display: flex; gap: var(--space-2); align-items: flex-start; color: var(--danger-text); font-size: 0.9375rem; overflow-wrap: anywhere; }
  .error .icon { margin-top: 0.05em; }
  @media (forced-colors: active) {
    /* The person's own colours: what was told by a background or a shadow alone gets an edge. */
    :focus-visible { outline-color: Highlight; }
    dialog, [role='menu'], .error { border: 1px solid CanvasText; }
    .fill { background: Highlight; forced-color-adjust: none; }
  }
  @media (prefers-reduced-motion: reduce) {
    :host, *, *::before, *::after { animation-duration: 1ms !important; transition: none !important; animation-iteration-count: 1 !important; }
  }
`

/** Push buttons. `primary` is the one thing to do; `round` holds an icon alone. */
export const buttons = css`
  button {
    font: inherit; font-weight: 600; color: var(--text); background: var(--raised); cursor: pointer;
    display: inline-flex; align-items: center; justify-content: center; gap: var(--space-2);
    min-height: 3rem; padding: var(--space-1) var(--space-5); line-height: 1.25; border: 0; border-radius: var(--radius-round);
    transition: background var(--quick), color var(--quick), transform var(--quick); -webkit-tap-highlight-color: transparent;
  }
  button:hover:not(:disabled) { background: var(--raised-hover); }
  button:active:not(:disabled) { transform: scale(0.97); }
  button:disabled { cursor: default; opacity: 0.55; }
  button[aria-busy='true'] { cursor: progress; }
  button.primary { background: var(--accent); color: var(--on-accent); }
  button.primary:hover:not(:disabled) { background: var(--accent-hover); }
  button.danger { background: var(--danger); color: var(--on-danger); }
  button.danger:hover:not(:disabled) { background: var(--danger-hover); }
  button.small { min-height: 2.25rem; padding: 0 var(--space-4); font-size: 0.9375rem; }
  button.round { width: 3rem; padding: 0; flex: none; }
  button.small.round { width: 2.25rem; }
  button.plain { background: transparent; }
  @media (forced-colors: active) {
    button { border: 1px solid ButtonText; }
    button[aria-pressed='true'], button[aria-checked='true'] { background: Highlight; color: HighlightText; forced-color-adjust: none; }
    button:disabled { color: GrayText; border-color: GrayText; opacity: 1; }
  }
  @media (prefers-contrast: more) { button:not(.plain) { box-shadow: inset 0 0 0 1px var(--field-line); } button:disabled { opacity: 0.75; } }
`

/** Labelled text fields and selects. */
export const fields = css`
  label { display: block; font-weight: 600; font-size: 0.9375rem; margin-bottom: var(--space-1); }
  input, select, textarea {
    font: inherit; color: var(--text); background: var(--surface); width: 100%; min-width: 0; min-height: 3rem;
    padding: 0 var(--space-4); border: 1px solid var(--field-line); border-radius: var(--radius-small); text-overflow: ellipsis;
  }
  input::placeholder, textarea::placeholder { color: var(--text-quiet); opacity: 1; }
  input:focus-visible, select:focus-visible, textarea:focus-visible { outline-offset: -1px; }
  [aria-invalid='true'] { border-color: var(--danger); }
`
