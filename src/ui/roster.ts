/**
 * Who came and who went between two looks at the list of participants. Somebody who rejoined meanwhile did neither.
 */
export function rosterChanges<T extends { peer: string }>(before: readonly T[], after: readonly T[]): { came: T[], went: T[] } {
  const only = (some: readonly T[], others: readonly T[]): T[] => some.filter(({ peer }) => !others.some((other) => other.peer === peer))
  return { came: only(after, before), went: only(before, after) }
}
