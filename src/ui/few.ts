import { callStrings } from './call-strings.ts'

/** So many are named; of more only the first two are. */
const MOST_NAMED = 3

/** Names for a sentence: of very many the first, and how many more there are. */
export function few(names: string[]): string[] {
  return names.length <= MOST_NAMED ? names : [...names.slice(0, 2), callStrings.call.others(names.length - 2)]
}
