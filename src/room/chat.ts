import type { Lifetime } from '../util/abort.ts'
import type { Signal } from '../util/signals.ts'
import type { Rate } from '../util/token-bucket.ts'
import { historyThatFits, MAX_HISTORY_ENTRIES, parseChatText } from '../wire/index.ts'
import type { ChatLine, FileInfo, PeerKey } from '../wire/index.ts'
import { evictOldest, Paces } from './rate-limit.ts'
import { Teller } from './teller.ts'

/** Lines kept; a call's chat rarely has a hundred. */
const MAX_LINES = 1000

/** Ids remembered beyond the lines kept, so that an old line told again does not come back as new. */
const MAX_IDS = 4 * MAX_LINES

/** Faster than anybody types; pasted lines come in bursts. */
const CHAT_RATE: Rate = { perSecond: 2, burst: 20 }

/** Ours are told a little more slowly than that, since what was told apart may arrive together. */
const TELL_RATE: Rate = { perSecond: 1.5, burst: 15 }

export interface ChatOptions extends Lifetime {
  self: PeerKey
  /** Tells the others a line of ours: many at once, such as files dropped together, one after the other. */
  tell: (line: ChatLine) => void
  /** Where the lines are shown. */
  lines: Signal<readonly ChatLine[]>
  now: () => number
}

/** One room's chat. Nobody can speak in another's name, except a member telling a newcomer what was said before. */
export class Chat {
  readonly #options: ChatOptions
  readonly #ids = new Set<string>()
  readonly #paces = new Paces<PeerKey>()
  readonly #teller: Teller<ChatLine>

  constructor(options: ChatOptions) {
    this.#options = options
    this.#teller = new Teller({ ...options, rate: TELL_RATE })
  }

  /** Adds and tells a line of ours, which may offer a file; null when it is empty or over-long. */
  say(text: string, name: string, file: FileInfo | null = null): ChatLine | null {
    const { self, now } = this.#options
    const cleaned = parseChatText(text)
    if (cleaned === null) return null
    const line: ChatLine = { id: crypto.randomUUID(), author: self, name, at: now(), text: cleaned, file }
    this.#append(line)
    this.#teller.say(line)
    return line
  }

  /** Takes a line that `from` has just said, at most at a human pace. */
  hear(from: PeerKey, line: ChatLine): void {
    if (line.author !== from || this.#ids.has(line.id) || !this.#paces.admits(from, CHAT_RATE, this.#options.now())) return
    this.#append(line)
  }

  /**
   * Takes what was said before, sorted in by time. `from` may quote others only where `mayQuote`: with its first
   * history, as the member that we found in the room. Later ones make up for lines lost while a link was broken.
   */
  recall(from: PeerKey, history: ChatLine[], mayQuote: boolean): void {
    const fresh = history.slice(0, MAX_HISTORY_ENTRIES).filter(({ id, author }) => {
      if (this.#ids.has(id) || (author !== from && !mayQuote)) return false
      this.#ids.add(id)
      return true
    })
    if (fresh.length === 0) return
    const lines = [...this.#options.lines.peek()]
    for (const line of fresh) {
      const later = lines.findIndex(({ at }) => at > line.at)
      lines.splice(later < 0 ? lines.length : later, 0, line)
    }
    this.#show(lines)
  }

  /** What a newcomer is told: the latest lines that fit into one control message. */
  history(): ChatLine[] {
    return historyThatFits(this.#options.lines.peek())
  }

  #append(line: ChatLine): void {
    this.#ids.add(line.id)
    this.#show([...this.#options.lines.peek(), line])
  }

  #show(lines: ChatLine[]): void {
    evictOldest(this.#ids, MAX_IDS)
    this.#options.lines.value = lines.slice(-MAX_LINES)
  }
}
