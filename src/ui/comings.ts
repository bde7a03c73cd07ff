import type { ParticipantView } from '../room/views.ts'
import { few } from './few.ts'
import { displayName } from './people.ts'
import { rosterChanges } from './roster.ts'
import { callStrings } from './call-strings.ts'

/** Who comes within this time of another, milliseconds, is told of together; who comes and goes within it is not told of. */
const PAUSE_MS = 600

/** Tells who came and who went: once for all who do so together. */
export class Comings {
  readonly #say: (sentence: string) => void
  #told: readonly ParticipantView[] = []
  #now: readonly ParticipantView[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(say: (sentence: string) => void) {
    this.#say = say
  }

  /** Takes in who is there now. */
  look(people: readonly ParticipantView[]): void {
    if (people === this.#now) return
    this.#now = people
    this.#timer ??= setTimeout(() => this.#tell(), PAUSE_MS)
  }

  /** Nobody listens any more. */
  stop(): void {
    clearTimeout(this.#timer)
  }

  #tell(): void {
    this.#timer = undefined
    const { came, went } = rosterChanges(this.#told, this.#now)
    this.#told = this.#now
    const isAway = ({ state }: ParticipantView): boolean => state.peek().connection === 'away'
    const { here, lost, left } = callStrings.call
    const news = [[here, came], [lost, went.filter(isAway)], [left, went.filter((person) => !isAway(person))]] as const
    for (const [sentence, people] of news) if (people.length > 0) this.#say(sentence(namesOf(people)))
  }
}

function namesOf(people: readonly ParticipantView[]): string[] {
  return few(people.map(({ state }) => displayName(state.peek().name)))
}
