import { svg, type SVGTemplateResult } from 'lit'

/** Size of a plot's grid; it is stretched to where it stands. */
const WIDTH = 120
const HEIGHT = 28
/** Free above and below, so that a line is not cut. */
const EDGE = 2

/** The line through values, the newest at the right end, as an SVG path; empty for fewer than two. `most` are as wide as the plot. */
export function linePath(values: readonly number[], most: number): string {
  if (values.length < 2) return ''
  const shown = values.slice(-most)
  const top = Math.max(...shown, Number.EPSILON)
  const step = WIDTH / (most - 1)
  const left = WIDTH - step * (shown.length - 1)
  const points = shown.map((value, index) => `${round(left + index * step)} ${round(HEIGHT - EDGE - (value / top) * (HEIGHT - 2 * EDGE))}`)
  return `M${points.join('L')}`
}

/** A small plot from zero to the highest value; `label` says in words what it shows. */
export function sparkline(values: readonly number[], most: number, label: string): SVGTemplateResult {
  return svg`<svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${label}>
    <path d=${linePath(values, most)}></path>
  </svg>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
