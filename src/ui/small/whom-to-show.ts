import type { ParticipantView } from '../../room/views.ts'

/** What a small window has place for: one picture, of this person. */
export interface Shown {
  person: ParticipantView
  what: 'camera' | 'screen'
}

/** A shared screen, else whoever speaks or spoke last, else whoever came first; null in an empty room. Reads their states. */
export function whomToShow(people: readonly ParticipantView[], speaker: string | null): Shown | null {
  const sharing = people.filter(({ state }) => state.value.screen !== null && state.value.media.screen)
  const shared = sharing.find(({ peer }) => peer === speaker) ?? sharing[0]
  if (shared !== undefined) return { person: shared, what: 'screen' }
  const person = people.find(({ peer }) => peer === speaker) ?? people[0]
  return person === undefined ? null : { person, what: 'camera' }
}
