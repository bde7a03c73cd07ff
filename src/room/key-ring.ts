import { deriveRoomKeys } from '../wire/index.ts'
import type { RoomKeys, Topic } from '../wire/index.ts'

/** Turns a topic into the key material of a public room; costly, so it runs where it blocks nobody. */
export type Stretch = (topic: Topic) => Promise<Uint8Array>

/** Derives rooms' keys and remembers the last, so that what was derived while the person typed is ready on joining. */
export class KeyRing {
  readonly #stretch: Stretch
  readonly #network: string
  #last: { topic: Topic, secret: string, keys: Promise<RoomKeys> } | undefined

  /** @param network the name of the network whose rooms these are */
  constructor(stretch: Stretch, network: string) {
    this.#stretch = stretch
    this.#network = network
  }

  /**
   * The keys of a room.
   *
   * @throws {Refusal} `secret-malformed`; and whatever stretching throws, which is tried anew the next time
   */
  derive(topic: Topic, secret: string): Promise<RoomKeys> {
    if (this.#last?.topic === topic && this.#last.secret === secret) return this.#last.keys
    const keys = deriveRoomKeys(topic, secret, this.#stretch, this.#network)
    const entry = { topic, secret, keys }
    this.#last = entry
    keys.catch(() => { if (this.#last === entry) this.#last = undefined })
    return keys
  }
}
