import { onAbort, type Lifetime } from '../util/abort.ts'
import { createLog } from '../util/log.ts'
import { computed, signal as makeSignal, type ReadonlySignal } from '../util/signals.ts'
import { TokenBucket, type Rate } from '../util/token-bucket.ts'
import type { PeerKey, RoomKeys } from '../wire/index.ts'
import type { Network, Overheard, Received } from './ports.ts'
import { Doorman } from './rate-limit.ts'
import { Sightings } from './sightings.ts'
import type { Reach, Sighting } from './views.ts'

const log = createLog('room:look')

/** A question is asked again after these times, milliseconds, while nobody is seen: relays need a while to find each other. */
const ASK_AGAIN_MS = [1_500, 3_500, 10_000]
/** Each relay that comes up is asked, up to so often. */
const ASK_RATE: Rate = { perSecond: 0.5, burst: 4 }
/** After this long without an answer nobody is there, as far as we can see, milliseconds. Answers take up to two seconds. */
const PATIENCE_MS = 2_500

export interface OnlookerOptions extends Lifetime {
  network: Pick<Network, 'self' | 'overhear'>
  keys: RoomKeys
  reach: ReadonlySignal<Reach>
  now: () => number
}

/** Looks into a room from outside until the signal aborts: who is there, without being there. */
export function lookInto({ network, keys, reach, now, signal }: OnlookerOptions): ReadonlySignal<Sighting> {
  const seen = makeSignal<Sighting>(null)
  const sightings = new Sightings(network.self)
  const doorman = new Doorman<PeerKey>()
  const rate = new TokenBucket(ASK_RATE, now())
  const asked = new Set<string>()
  const timers = new Set<ReturnType<typeof setTimeout>>()
  /** When the first question that somebody took was asked. */
  let askedAt: number | undefined
  let ending: ReturnType<typeof setTimeout> | undefined

  const after = (ms: number, act: () => void): void => {
    const timer = setTimeout(() => { timers.delete(timer); act() }, ms)
    timers.add(timer)
  }
  const show = (): void => {
    const names = sightings.names(now())
    const isKnown = names.length > 0 || (askedAt !== undefined && now() - askedAt >= PATIENCE_MS)
    if (isKnown && JSON.stringify(names) !== JSON.stringify(seen.peek())) seen.value = names
    clearTimeout(ending)
    const end = sightings.nextEnd(now())
    if (end !== undefined) ending = setTimeout(show, end - now())
  }
  const ask = async (): Promise<void> => {
    if (signal.aborted || !rate.take(1, now())) return
    const id = crypto.randomUUID()
    asked.add(id)
    const taken = await channel.ask({ kind: 'look', id, at: now() })
    if (!taken || signal.aborted || askedAt !== undefined) return
    askedAt = now()
    after(PATIENCE_MS, show)
  }
  const hear = (received: Received): void => {
    if (signal.aborted || doorman.admit(received.from, now()) !== 'admitted') return
    sightings.note(received, asked, now())
    show()
  }
  const askSafely = (): void => { ask().catch((error: unknown) => log.debug('the question was not asked', error)) }

  const channel: Overheard = network.overhear({ keys, onMessage: hear, onAudience: askSafely, signal })
  askSafely()
  for (const ms of ASK_AGAIN_MS) after(ms, () => { if (sightings.names(now()).length === 0) askSafely() })
  onAbort(signal, () => {
    clearTimeout(ending)
    timers.forEach(clearTimeout)
  })
  // What was seen before the relay went away says nothing of now.
  return computed(() => reach.value === 'relay' ? seen.value : null)
}
