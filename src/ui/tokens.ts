import { css } from 'lit'

/** Design tokens: the only place where a colour, a radius or a type size is chosen. They inherit into every shadow root. */
export const tokens = css`
  :host {
    color-scheme: light dark;
    --font: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
    --text-small: 0.8125rem;
    --text-body: 1rem;
    --text-large: 1.125rem;
    --text-title: clamp(1.75rem, 1.3rem + 1.8vw, 2.5rem);

    --space-1: 0.25rem;
    --space-2: 0.5rem;
    --space-3: 0.75rem;
    --space-4: 1rem;
    --space-5: 1.5rem;
    --space-6: 2.5rem;

    --radius-small: 0.625rem;
    --radius-large: 1.25rem;
    --radius-round: 999px;
    --quick: 140ms ease-out;

    --background: #f5f6f3;
    --surface: #ffffff;
    --raised: #e7eae4;
    --raised-hover: #dadfd7;
    --line: #d9ddd6;
    --field-line: #858c86;
    --text: #191d1b;
    --text-quiet: #59605c;
    --accent: #0b6b5c;
    --accent-hover: #08574b;
    --accent-quiet: #dcefe9;
    --on-accent: #ffffff;
    --danger: #c2332a;
    --danger-hover: #a62a22;
    --danger-quiet: #fbe6e3;
    --danger-text: #a62a22;
    --on-danger: #ffffff;
    --warn: #a86400;
    /* A raised hand is to be found at a glance, on pictures too. */
    --hand: #f6c453;
    --on-hand: #2b2006;
    --shadow: 0 1px 2px rgb(20 30 26 / 6%), 0 12px 36px rgb(20 30 26 / 9%);

    /* Tiles are pictures, not paper: dark in both schemes. */
    --tile: #222926;
    --tile-text: #f3f6f4;
    --tile-shade: rgb(12 16 14 / 66%);
    /* Around who speaks: bright on pictures of any kind. */
    --voice: #58ceb5;
  }

  @media (prefers-color-scheme: dark) {
    :host {
      --background: #111413;
      --surface: #1a1f1d;
      --raised: #272e2b;
      --raised-hover: #333b38;
      --line: #303835;
      --field-line: #6f7a75;
      --text: #edf1ee;
      --text-quiet: #a5afaa;
      --accent: #58ceb5;
      --accent-hover: #77dcc6;
      --accent-quiet: #173c34;
      --on-accent: #06241d;
      --danger: #e5584c;
      --danger-hover: #ee7267;
      --danger-quiet: #43211e;
      --danger-text: #ff9d94;
      --on-danger: #230604;
      --warn: #f0b04d;
      --shadow: 0 1px 2px rgb(0 0 0 / 30%), 0 16px 40px rgb(0 0 0 / 35%);
      --tile: #222927;
    }
  }

  /* Whoever asks for more contrast gets seven to one for words, and edges that can be seen. */
  @media (prefers-contrast: more) {
    :host { --line: #5b625d; --field-line: #3f4642; --text: #000000; --text-quiet: #2d332f; --accent: #084d42; --accent-hover: #05362e; --danger: #8f1d16; --danger-hover: #73140f; --danger-text: #8f1d16; --warn: #6b3f00; --tile-shade: rgb(0 0 0 / 88%); }
  }
  @media (prefers-contrast: more) and (prefers-color-scheme: dark) {
    :host { --line: #9ba6a1; --field-line: #c3ccc8; --text: #ffffff; --text-quiet: #d7dedb; --accent: #8fe8d5; --accent-hover: #b4f3e5; --danger: #ff9d94; --danger-hover: #ffbab3; --danger-text: #ffbab3; --warn: #ffd08a; }
  }
`
