/** The value below which `part` (0 to 1) of the values lie, the next one up between two; undefined when there are none. Pure. */
export function quantile(values: readonly number[], part: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)]
}
