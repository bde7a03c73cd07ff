/** A markdown table; the first column is left-aligned, numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, index) => index === 0 ? '---' : '---:')), ...rows.map(line)].join('\n')
}

/** Whole numbers, and a dash for what was not measured. */
export function whole(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '-' : String(Math.round(value))
}

/** Round trips with one decimal. */
export function tenth(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '-' : value.toFixed(1)
}

/** Says what is going on, on stderr: stdout holds nothing but results. */
export function progress(message: string): void {
  process.stderr.write(`${message}\n`)
}
