import { onAbort, type Lifetime } from '../../util/abort.ts'
import { createLog } from '../../util/log.ts'
import { computed, effect, signal, type ReadonlySignal } from '../../util/signals.ts'
import type { EncodingPlan, SendSources } from './encodings.ts'
import { samplePath, viewPath, type PathSample, type PathView } from './path-sample.ts'
import type { PeerLink } from '../link/peer-connection.ts'
import { FRESH_QUALITY, nextQuality, RECOVERED_QUALITY, type QualityState } from './link-quality.ts'
import { nextPlayout, NO_PLAYOUT, type Playout } from './playout.ts'
import { setPlayout } from './set-playout.ts'
import type { Uplink } from '../types.ts'
import { cameraOf, FRESH_LINK, limitsOf, nextLinkState, type LinkLimits, type LinkState } from './uplink.ts'
import { isOurs, shareUplink, type LinkDemand, type LinkOffer } from './uplink-share.ts'

const log = createLog('uplink')

/** Time between two looks, milliseconds: as often as receivers report. */
const LOOK_MS = 1_000
/** A longer time between two looks, milliseconds, was spent asleep, and says nothing about the path. */
const LONGEST_LOOK_MS = 3_000

export interface UplinkMonitorOptions extends Lifetime {
  links: ReadonlySignal<readonly PeerLink[]>
  /** What each link would send if its path carried it, in the order of `links`. */
  plans: ReadonlySignal<readonly EncodingPlan[]>
  /** What there is to be sent. */
  sources: ReadonlySignal<SendSources>
}

/** What has happened on a path, in how long. */
interface Seen {
  path: PathView
  elapsedMs: number
}

/** What is known of one link. */
interface Gauge {
  state: LinkState
  playout: Playout
  quality: QualityState
  last: { sample: PathSample, atMs: number, path: PathView | null } | null
  /** Whether the peer was last told that our camera is held; null when that may not have arrived. */
  told: boolean | null
}

/**
 * Looks at every link's path once a second, decides what each may send, tells the peers whose view of our camera is paused,
 * says of each link how good it is, and has what arrives wait for repeats where they are needed. Ends when its signal aborts.
 */
export class UplinkMonitor {
  readonly limits: ReadonlySignal<ReadonlyMap<PeerLink, LinkLimits>>
  readonly uplink: ReadonlySignal<Uplink>
  readonly #options: UplinkMonitorOptions
  readonly #limits = signal<ReadonlyMap<PeerLink, LinkLimits>>(new Map())
  readonly #uplink = signal<Uplink>('ample')
  readonly #gauges = new Map<PeerLink, Gauge>()
  #isLooking = false

  constructor(options: UplinkMonitorOptions) {
    this.#options = options
    this.limits = this.#limits
    this.uplink = this.#uplink
    const isNeeded = computed(() => options.links.value.length > 0)
    onAbort(options.signal, effect(() => {
      if (!isNeeded.value || options.signal.aborted) return
      const timer = setInterval(() => void this.#look(), LOOK_MS)
      return () => {
        clearInterval(timer)
        this.#uplink.value = 'ample'
      }
    }))
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    try {
      const links = this.#options.links.peek()
      for (const known of this.#gauges.keys()) if (!links.includes(known)) this.#gauges.delete(known)
      const paths = await Promise.all(links.map((link) => this.#measure(link)))
      // Plans are in the order of the links: where these have changed meanwhile the next look decides.
      if (!this.#options.signal.aborted && links === this.#options.links.peek()) this.#decide(links, paths)
    } catch (error) {
      log.debug('statistics were refused', error)
    } finally {
      this.#isLooking = false
    }
  }

  /** What has happened on the link's path since the last look; null when that cannot be said. */
  async #measure(link: PeerLink): Promise<Seen | null> {
    const gauge = this.#gaugeOf(link)
    if (link.phase.peek() !== 'connected') {
      gauge.told = null
      if (gauge.last !== null) gauge.quality = RECOVERED_QUALITY
      link.quality.value = gauge.quality.quality
      gauge.last = null
      return null
    }
    const report = await link.stats()
    // Of a connection that has just been closed: totals that start from nothing would look like a burst next time.
    if (report.size === 0) {
      gauge.last = null
      return null
    }
    const sample = samplePath(report.values() as Iterable<unknown>)
    const { last } = gauge
    const atMs = performance.now()
    const elapsedMs = last === null ? 0 : atMs - last.atMs
    const path = last === null || elapsedMs > LONGEST_LOOK_MS ? null : viewPath(last.sample, sample, elapsedMs, last.path)
    gauge.last = { sample, atMs, path }
    return path && { path, elapsedMs }
  }

  #decide(links: readonly PeerLink[], paths: readonly (Seen | null)[]): void {
    const plans = this.#options.plans.peek()
    const offers = links.map((_, index): LinkOffer => ({
      availableBps: paths[index]?.path.availableBps ?? null, demand: this.#demand(plans[index]),
    }))
    const shares = shareUplink(offers)
    const limits = new Map<PeerLink, LinkLimits>()
    links.forEach((link, index) => {
      const gauge = this.#gaugeOf(link)
      const seen = paths[index]
      const offer = offers[index]
      if (seen && offer) {
        gauge.state = nextLinkState(gauge.state, seen.path, offer.demand, shares[index] ?? null, seen.elapsedMs)
        gauge.quality = nextQuality(gauge.quality, seen.path, seen.elapsedMs)
        link.quality.value = gauge.quality.quality
        gauge.playout = nextPlayout(gauge.playout, seen.path, seen.elapsedMs)
        setPlayout(link.sections.peek(), gauge.playout.targetMs)
      }
      const allowed = limitsOf(gauge.state)
      limits.set(link, allowed)
      this.#tell(link, gauge, allowed.camera === null && (offer?.demand.cameraBps ?? 0) > 0)
    })
    if (!same(limits, this.#limits.peek())) this.#limits.value = limits
    this.#uplink.value = this.#summary(links, offers)
  }

  #demand(plan: EncodingPlan | undefined): LinkDemand {
    const { camera, screen } = this.#options.sources.peek()
    return {
      cameraBps: camera !== null && plan?.camera.active === true ? plan.camera.maxBitrateBps : 0,
      screenBps: screen !== null && plan?.screen.active === true ? plan.screen.maxBitrateBps : 0,
    }
  }

  #tell(link: PeerLink, gauge: Gauge, camera: boolean): void {
    if (gauge.told !== camera && link.send({ kind: 'held', camera })) gauge.told = camera
  }

  /** A single thin path may be ours as well as theirs; one among several is theirs. */
  #summary(links: readonly PeerLink[], offers: readonly LinkOffer[]): Uplink {
    if (!isOurs(offers) && links.length !== 1) return 'ample'
    const cameras = links.filter((_, index) => (offers[index]?.demand.cameraBps ?? 0) > 0).map((link) => cameraOf(this.#gaugeOf(link).state))
    if (cameras.includes('paused')) return 'paused'
    return cameras.includes('poor') ? 'thin' : 'ample'
  }

  #gaugeOf(link: PeerLink): Gauge {
    const known = this.#gauges.get(link)
    if (known) return known
    const gauge: Gauge = { state: FRESH_LINK, playout: NO_PLAYOUT, quality: FRESH_QUALITY, last: null, told: null }
    this.#gauges.set(link, gauge)
    return gauge
  }
}

function same(a: ReadonlyMap<PeerLink, LinkLimits>, b: ReadonlyMap<PeerLink, LinkLimits>): boolean {
  return a.size === b.size && [...a].every(([link, limits]) => JSON.stringify(limits) === JSON.stringify(b.get(link)))
}
