import type { ParticipantView } from '../views.ts'
import type { Lines } from './lines.ts'
import type { PersonObservation, Result } from './types.ts'

/** Looks at the connection with each person in the call. Contacts nobody. */
export async function observePeople(people: readonly ParticipantView[], lines: Lines): Promise<PersonObservation[]> {
  // Who has left without a word is no failure of the network's.
  const here = people.filter(({ state }) => state.peek().connection !== 'away')
  return await Promise.all(here.map(async (person, index) => {
    const { name, connection } = person.state.peek()
    const subject = { kind: 'person' as const, number: index + 1, label: name }
    const line = lines.add('person', subject)
    const pairs = await person.candidatePairs()
    const observed: PersonObservation = { subject, connected: connection === 'connected', pairs }
    const used = pairs.find(({ selected }) => selected)
    line.settle(resultOf(observed), observed.connected ? used?.rttMs : null)
    return observed
  }))
}

function resultOf({ connected, pairs }: PersonObservation): Result {
  if (!connected) return 'unreachable'
  const used = pairs.find(({ selected }) => selected)
  return used !== undefined && (used.local === 'relay' || used.remote === 'relay') ? 'relayed' : 'direct'
}
