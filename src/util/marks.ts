const done = new Set<string>()

/** Sets the performance mark `name` the first time it is called since `resetMarks`: moments of one join, read by benchmarks. */
export function markOnce(name: string): void {
  if (done.has(name)) return
  done.add(name)
  performance.mark(name)
}

/** Lets every mark be set anew, for the next join. Marks already set stay in the performance timeline. */
export function resetMarks(): void {
  done.clear()
}
