import type { ParticipantView, ViewSize } from '../../room/views.ts'
import type { SeenSizes } from '../stage/seen-elsewhere.ts'

const HIDDEN: ViewSize = { width: 0, height: 0 }

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

/** What of a person is seen at which size: cameras not at all where, to save data, there is to be sound alone. */
export function sizesSeen({ what }: Pick<Shown, 'what'>, size: ViewSize, audioOnly: boolean): SeenSizes {
  return what === 'screen' ? { camera: HIDDEN, screen: size } : { camera: audioOnly ? HIDDEN : size, screen: HIDDEN }
}
