import { onAbort, type Lifetime } from '../util/abort.ts'
import { computed, effect, signal, type ReadonlySignal } from '../util/signals.ts'
import { applyEncodings } from './uplink/apply-encodings.ts'
import { limitEncodings, planEncodings } from './uplink/encodings.ts'
import { PeerLink } from './link/peer-connection.ts'
import { sizeOf } from './track-size.ts'
import type { CapturedMedia, MakeLink, ScreenPurpose, TransportPolicy, Uplink } from './types.ts'
import { UplinkMonitor } from './uplink/uplink-monitor.ts'

export interface LinkFactoryOptions extends Lifetime {
  /** How media may travel, followed by running links too; any way when left out. */
  policy?: ReadonlySignal<TransportPolicy>
  /** What matters about the shared screen; its text when left out. */
  screenPurpose?: ReadonlySignal<ScreenPurpose>
  /** Called when a link that was up seems to be no more, a moment before it is certain: our network may have changed. */
  onDoubt?: () => void
}

/** Makes links, and knows how they fare together. */
export interface LinkFactory {
  makeLink: MakeLink
  uplink: ReadonlySignal<Uplink>
}

/**
 * Makes the function that makes links. It knows all of them, and divides the uplink anew whenever a link comes or goes, a
 * receiver shows us at another size, a path carries less or more, or we send something else. Ends its work, not the links,
 * when its signal aborts.
 */
export function createLinkFactory(
  { tracks }: Pick<CapturedMedia, 'tracks'>,
  { policy = signal('all'), screenPurpose = signal('text'), onDoubt = () => undefined, signal: lifetime }: LinkFactoryOptions
): LinkFactory {
  const links = signal<readonly PeerLink[]>([])
  const sources = computed(() => ({ camera: sizeOf(tracks.camera.value), screen: sizeOf(tracks.screen.value), screenPurpose: screenPurpose.value }))
  const plans = computed(() => planEncodings(links.value.map((link) => link.view.value), sources.value))
  const { limits, uplink } = new UplinkMonitor({ links, plans, sources, signal: lifetime })

  onAbort(lifetime, effect(() => {
    links.value.forEach((link, index) => {
      const sections = link.sections.value
      const plan = plans.value[index]
      const limit = limits.value.get(link)
      // A sender refuses parameters while it is negotiated; the change of phase after that brings us here again.
      const isOpen = link.phase.value !== 'closed'
      if (!isOpen || sections === null || plan === undefined) return
      void applyEncodings(sections, limit ? limitEncodings(plan, limit, sources.value.camera) : plan)
    })
  }))

  const makeLink: MakeLink = (options) => {
    const link = new PeerLink({ ...options, policy, onDoubt }, tracks)
    links.value = [...links.peek(), link]
    const stop = effect(() => {
      if (link.phase.value !== 'closed') return
      // Deferred: an effect must not be disposed before the call that made it has returned.
      queueMicrotask(() => {
        stop()
        links.value = links.peek().filter((other) => other !== link)
      })
    })
    return link
  }
  return { makeLink, uplink }
}
