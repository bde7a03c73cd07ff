/** In which order the list of people shows them: pure. */
export interface Listed {
  peer: string
  name: string
}

/** Those with a hand up first, who raised it first before the others; the rest by name. */
export function peopleOrder<T extends Listed>(people: readonly T[], hands: readonly string[], language: string): T[] {
  const { compare } = new Intl.Collator(language, { sensitivity: 'base', numeric: true })
  const rank = ({ peer }: Listed): number => {
    const at = hands.indexOf(peer)
    return at < 0 ? hands.length : at
  }
  return people.toSorted((a, b) => rank(a) - rank(b) || compare(a.name, b.name) || compare(a.peer, b.peer))
}
