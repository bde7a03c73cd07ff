/** One measured point: round trips injected between client and server and between clients, and what came out. Milliseconds. */
export interface Point {
  cs: number
  cc: number
  ms: number
}

/** `ms = base + cs * cs + cc * cc`: the slopes count round trips, the base is local cost in milliseconds. */
export interface Plane {
  base: number
  cs: number
  cc: number
  /** Largest distance of a point from the plane, milliseconds. */
  residual: number
}

/** The middle value, or the mean of the two middle ones; NaN of none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value below which the share `q` of the values lies, interpolated; NaN of none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * q
  const [below, above] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN]
  return below + (above - below) * (place - Math.floor(place))
}

/** The plane with the least sum of squared distances. Undefined when the points do not tell base, cs and cc apart. */
export function fitPlane(points: readonly Point[]): Plane | undefined {
  const rows = points.map(({ cs, cc }) => [1, cs, cc])
  const sum = (a: (row: number[], index: number) => number): number => rows.reduce((total, row, index) => total + a(row, index), 0)
  const normal = [0, 1, 2].map((i) => [0, 1, 2].map((j) => sum((row) => row[i]! * row[j]!)))
  const right = [0, 1, 2].map((i) => sum((row, index) => row[i]! * points[index]!.ms))
  const whole = determinant(normal)
  // Round trips are whole milliseconds: a smaller determinant than this is rounding.
  if (Math.abs(whole) < 1e-6) return undefined
  const [base, cs, cc] = [0, 1, 2].map((column) => determinant(normal.map((row, i) => row.with(column, right[i]!))) / whole) as [number, number, number]
  const residual = Math.max(...points.map((point) => Math.abs(point.ms - base - cs * point.cs - cc * point.cc)))
  return { base, cs, cc, residual }
}

function determinant(rows: number[][]): number {
  const [[a, b, c], [d, e, f], [g, h, i]] = rows as [[number, number, number], [number, number, number], [number, number, number]]
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
}
