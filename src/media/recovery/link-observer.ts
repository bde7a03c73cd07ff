import { signal, type ReadonlySignal, type Signal } from '../../util/signals.ts'
import type { MediaState } from '../../wire/message.ts'
import { DecoderWatch, videoSample } from './decoder-watch.ts'
import { DetourWatch } from './detour-watch.ts'
import { isSamePath, linkPath } from '../link/link-path.ts'
import { readStats } from '../link/stats.ts'
import type { Sections } from '../link/transceivers.ts'
import type { LinkPath } from '../types.ts'

/** Between two looks at a link that works, milliseconds. */
const LOOK_MS = 2_000

export interface ObserverOptions {
  /** Asks the peer for a picture that can be decoded by itself. */
  askKeyFrame: (video: 'camera' | 'screen') => void
  /** Nothing helped: the connection has to be made anew. */
  onStuck: () => void
  /** Media goes a long way round; there may be a better one by now. */
  onDetour: () => void
}

/** What is being looked at. */
export interface Observed {
  pc: RTCPeerConnection
  sections: Sections | null
  /** What the peer says that it sends; null before it has said so. */
  told: MediaState | null
}

/** Looks at a working link's statistics every few seconds: which path media takes, and whether pictures come of it. */
export class LinkObserver {
  readonly #options: ObserverOptions
  readonly #path: Signal<LinkPath | null> = signal(null)
  #pc: RTCPeerConnection | null = null
  readonly #camera = new DecoderWatch()
  readonly #screen = new DecoderWatch()
  readonly #detour = new DetourWatch()
  #lookedAt = -Infinity
  #looking = false

  constructor(options: ObserverOptions) {
    this.#options = options
  }

  /** The path that media takes; null while none does. */
  get path(): ReadonlySignal<LinkPath | null> { return this.#path }

  /** Makes the next look due at once: the path may have changed. */
  refresh(): void {
    this.#lookedAt = -Infinity
  }

  /** Nothing flows any more. */
  forget(): void {
    this.refresh()
    this.#path.value = null
    this.#detour.look(null, performance.now())
    // That no picture came meanwhile is nobody's fault.
    this.#camera.restart()
    this.#screen.restart()
  }

  /** To be called often while the link works; looks when it is time to. */
  async look({ pc, sections, told }: Observed, nowMs: number): Promise<void> {
    if (this.#looking || nowMs - this.#lookedAt < LOOK_MS) return
    this.#looking = true
    this.#lookedAt = nowMs
    try {
      const entries = await readStats(pc)
      const path = linkPath(entries)
      if (!isSamePath(path, this.#path.peek())) this.#path.value = path
      this.#startOver(pc)
      if (this.#detour.look(path, nowMs)) this.#options.onDetour()
      const camera = this.#camera.look(videoSample(entries, sections?.camera.mid ?? null), told?.camera === true, nowMs)
      const screen = this.#screen.look(videoSample(entries, sections?.screen.mid ?? null), told?.screen === true, nowMs)
      if (camera === 'rebuild' || screen === 'rebuild') return this.#options.onStuck()
      if (camera !== 'none') this.#options.askKeyFrame('camera')
      if (screen !== 'none') this.#options.askKeyFrame('screen')
    } finally {
      this.#looking = false
    }
  }

  /** Another connection counts from nothing. */
  #startOver(pc: RTCPeerConnection): void {
    if (pc === this.#pc) return
    this.#pc = pc
    this.#camera.restart()
    this.#screen.restart()
  }
}
