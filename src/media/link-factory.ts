import { onAbort, type Lifetime } from '../util/abort.ts'
import { effect, signal } from '../util/signals.ts'
import type { ViewSize } from '../wire/message.ts'
import { applyEncodings } from './apply-encodings.ts'
import { planEncodings } from './encodings.ts'
import { PeerLink } from './peer-connection.ts'
import type { CapturedMedia, MakeLink } from './types.ts'

export interface LinkFactoryOptions extends Lifetime {
  /** `relay` lets media go through TURN servers only, which keeps our addresses from the others. */
  iceTransportPolicy?: RTCIceTransportPolicy
}

/**
 * Makes the function that makes links. It knows all of them, and divides the uplink anew whenever a link comes or goes, a
 * receiver shows us at another size, or we send something else. Ends its work, not the links, when its signal aborts.
 */
export function createLinkFactory(
  { tracks }: Pick<CapturedMedia, 'tracks'>,
  { iceTransportPolicy = 'all', signal: lifetime }: LinkFactoryOptions
): MakeLink {
  const links = signal<readonly PeerLink[]>([])

  onAbort(lifetime, effect(() => {
    const live = links.value
    const sources = { camera: sizeOf(tracks.camera.value), screen: sizeOf(tracks.screen.value) }
    const plans = planEncodings(live.map((link) => link.view.value), sources)
    live.forEach((link, index) => {
      const sections = link.sections.value
      const plan = plans[index]
      // A sender refuses parameters while it is negotiated; the change of phase after that brings us here again.
      const isOpen = link.phase.value !== 'closed'
      if (isOpen && sections !== null && plan !== undefined) void applyEncodings(sections, plan)
    })
  }))

  return (options) => {
    const link = new PeerLink({ ...options, iceTransportPolicy }, tracks)
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
}

function sizeOf(track: MediaStreamTrack | null): ViewSize | null {
  if (track === null) return null
  const { width = 1280, height = 720 } = track.getSettings()
  return { width, height }
}
