import { createLog } from '../../util/log.ts'
import type { CandidateInit } from '../../wire/message.ts'
import type { RtcPort } from './rtc-port.ts'

const log = createLog('candidates')

/** Most candidates held; a description has a dozen, and nobody is two descriptions ahead for long. */
const MAX_HELD = 64

/** The peer's candidates. They wait here for the description that they belong to, because messages overtake each other. */
export class RemoteCandidates {
  readonly #port: RtcPort
  #held: CandidateInit[] = []

  constructor(port: RtcPort) {
    this.#port = port
  }

  /**
   * Applies those, of these and of the held ones, that belong to the remote description with the user fragment `ufrag`
   * or name none; holds the rest. `ufrag` is null when there is no remote description. Never rejects.
   */
  async add(candidates: CandidateInit[], ufrag: string | null): Promise<void> {
    const all = [...this.#held, ...candidates]
    const fits = ({ usernameFragment }: CandidateInit): boolean =>
      ufrag !== null && (usernameFragment === null || usernameFragment === ufrag)
    this.#held = all.filter((candidate) => !fits(candidate)).slice(-MAX_HELD)
    await Promise.all(all.filter(fits).map(async (candidate) => {
      // One candidate that this browser cannot use must not cost the others.
      await this.#port.addIceCandidate(candidate).catch((error: unknown) => log.debug('candidate refused', error))
    }))
  }
}
