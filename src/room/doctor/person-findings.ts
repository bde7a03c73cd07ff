/** Why somebody is out of reach, or reached by a detour. Pure. */
import { turnReach, udpReach } from './reach.ts'
import type { FindingCode, Observations, PersonObservation, Subject } from './types.ts'

/** Above this people talk into each other's words, milliseconds: 400 ms and more both ways. https://www.itu.int/rec/T-REC-G.114 */
const SLOW_PERSON_MS = 400

/** What is to be said of each person in the call. */
export function personFindings(observed: Observations): { code: FindingCode, subject: Subject }[] {
  return observed.people.flatMap((person) => {
    const code = person.connected ? detour(person, observed) : obstacle(person, observed)
    return code === null ? [] : [{ code, subject: person.subject }]
  })
}

/** Why there is no connection. What we are sure of comes first: what this person or this network forbids. */
function obstacle({ pairs }: PersonObservation, observed: Observations): FindingCode {
  const udp = udpReach(observed)
  const turn = turnReach(observed)
  if (observed.policy === 'relay' && turn !== 'carries') return 'person-your-side'
  if (udp === 'blocked' && turn !== 'carries') return 'person-your-side'
  if (pairs.length === 0) return 'person-unheard'
  if (observed.policy === 'direct') return 'person-policy'
  if (turn === 'carries') return 'person-their-side'
  return 'person-no-way'
}

/** What is worth knowing of a connection that stands. */
function detour({ pairs }: PersonObservation, { policy }: Observations): FindingCode | null {
  const used = pairs.find(({ selected }) => selected)
  if (used === undefined) return null
  if (used.relayProtocol === 'tcp' || used.relayProtocol === 'tls') return 'person-relayed-tcp'
  if ((used.rttMs ?? 0) >= SLOW_PERSON_MS) return 'person-slow'
  const isRelayed = used.local === 'relay' || used.remote === 'relay'
  return isRelayed && policy !== 'relay' ? 'person-relayed' : null
}
