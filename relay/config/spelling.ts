/** Most letters by which a misspelt word may differ from what was meant. */
const MAX_DISTANCE = 2

/** The word that was probably meant: the nearest of `known`, if any is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((each) => ({ each, distance: distance(word, each) }))
    // Of a short word two letters are most of it.
    .filter((found) => found.distance <= Math.min(MAX_DISTANCE, found.each.length / 3))
    .toSorted((a, b) => a.distance - b.distance)
  return best?.each
}

/** Letters to add, drop, replace or swap with their neighbour to make one word of the other (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0
  for (let row = 1; row <= a.length; row++) {
    const cells = [row]
    rows.push(cells)
    for (let column = 1; column <= b.length; column++) {
      const replaced = at(row - 1, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1)
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1] ? at(row - 2, column - 2) + 1 : Infinity
      cells.push(Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, replaced, swapped))
    }
  }
  return at(a.length, b.length)
}
