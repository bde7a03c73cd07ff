import { css } from 'lit'

/** A row of three for noise, and cards with a picture each for backgrounds. */
export const effectsChoiceStyles = css`
  :host { display: grid; gap: var(--space-5); }
  parley-video-tile { position: relative; aspect-ratio: 16 / 9; width: min(100%, 20rem); justify-self: center; }
  fieldset { min-width: 0; display: grid; gap: var(--space-2); }
  legend { padding: 0; font-weight: 600; font-size: 0.9375rem; margin-bottom: var(--space-2); }
  .segments { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: var(--space-1); padding: var(--space-1); border-radius: var(--radius-round); background: var(--raised); }
  .segments label { position: relative; display: grid; place-items: center; min-height: 2.75rem; padding: 0 var(--space-2); border-radius: var(--radius-round); font-weight: 600; font-size: 0.9375rem; text-align: center; cursor: pointer; }
  .segments input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
  .segments label:has(:checked) { background: var(--surface); color: var(--accent); box-shadow: 0 0 0 2px var(--accent) inset; }
  .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.5rem, 1fr)); gap: var(--space-3); }
  .card { position: relative; display: grid; gap: var(--space-1); cursor: pointer; text-align: center; font-size: var(--text-small); }
  .picture { display: grid; place-items: center; width: 100%; aspect-ratio: 16 / 9; border-radius: var(--radius-small); object-fit: cover; background: var(--raised); color: var(--text); }
  .picture .icon { width: 2.25rem; height: 2.25rem; }
  .blur-light, .blur { background: radial-gradient(circle at 25% 35%, var(--accent-quiet) 0 22%, transparent 45%), radial-gradient(circle at 80% 60%, var(--raised-hover) 0 26%, transparent 55%), var(--raised); }
  .blur { background: radial-gradient(circle at 20% 40%, var(--accent-quiet), transparent 70%), radial-gradient(circle at 85% 60%, var(--raised-hover), transparent 75%), var(--raised); }
  .card:has(:checked) .picture { box-shadow: 0 0 0 3px var(--surface), 0 0 0 6px var(--accent); }
  .card:has(:checked) .name { font-weight: 600; color: var(--accent); }
  .segments label:has(:focus-visible), .card:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 4px; border-radius: var(--radius-small); }
  .own { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-3); }
  [role='status']:empty, [role='alert']:empty { display: none; }
  @media (forced-colors: active) {
    .segments label:has(:checked), .card:has(:checked) .picture { outline: 3px solid Highlight; }
  }
`
