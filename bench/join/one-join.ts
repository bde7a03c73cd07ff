import type { Lab, Place } from './lab.ts'
import { Visitor } from './visitor.ts'
import type { Timeline, Traffic } from './visitor.ts'

/** `warm`: from "Join" in a lobby where everything is ready. `cold`: from a link that joins at once, with an empty profile. */
export type Start = 'warm' | 'cold'

/** One join of B, who arrives, into the room where A is. */
export interface Join {
  /** Milestones in milliseconds since "Join" (warm) or the navigation (cold). */
  timeline: Timeline
  /** Between the relay and B, from that moment until B's first remote frame. */
  traffic: Traffic
  /** Between A and B in both directions, until then. */
  direct: { datagrams: number, bytes: number }
}

/** A stays in the room while others come and go; ended by `close`. */
export async function openHost(lab: Lab, place: Place, topic: string): Promise<Visitor> {
  const host = await Visitor.open(lab.browser, place)
  await host.settleInLobby(`#/${topic}?name=A`)
  await host.page.getByTestId('join').click()
  await host.page.locator('[data-testid="tile"][data-self]').waitFor()
  await host.quiet()
  return host
}

/**
 * A new visitor joins A, and A is alone again when this resolves.
 *
 * @throws {Error} when no frame of A arrives
 */
export async function joinOnce(lab: Lab, place: Place, host: Visitor, topic: string, start: Start): Promise<Join> {
  const visitor = await Visitor.open(lab.browser, place)
  try {
    if (start === 'warm') await visitor.settleInLobby(`#/${topic}?name=B`)
    return await measure(visitor, place, start, () => start === 'warm'
      ? visitor.page.getByTestId('join').click()
      : visitor.visit(`#/${topic}?join=now&name=B`))
  } finally {
    await visitor.close()
    await host.alone()
    await host.quiet()
  }
}

/** Measures what `begin` sets off, until the first frame. */
export async function measure(visitor: Visitor, { udp }: Place, start: Start, begin: () => Promise<void>): Promise<Join> {
  const [before, directBefore] = [visitor.traffic(), { ...udp.delivered }]
  const firstFrame = visitor.reached('first-frame')
  await Promise.all([firstFrame, begin()])
  const [after, direct] = [visitor.traffic(), { ...udp.delivered }]
  const timeline = await visitor.timeline()
  const zero = start === 'warm' ? timeline.get('join') ?? NaN : 0
  return {
    timeline: new Map([...timeline].map(([name, ms]) => [name, ms - zero])),
    traffic: {
      up: after.up - before.up,
      down: after.down - before.down,
      sent: after.sent - before.sent,
      received: after.received - before.received
    },
    direct: { datagrams: direct.datagrams - directBefore.datagrams, bytes: direct.bytes - directBefore.bytes }
  }
}
