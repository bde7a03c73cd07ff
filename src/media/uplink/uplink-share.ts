import { FULL_SOUND_BPS, LEAST_SOUND_BPS } from './uplink-steps.ts'

/** What a link would send if the path carried everything, bits per second; 0 for what is not sent. */
export interface LinkDemand {
  cameraBps: number
  screenBps: number
}

/** A link's estimate, bits per second, null before there is one; and what it would send. */
export interface LinkOffer {
  availableBps: number | null
  demand: LinkDemand
}

/** Below this part of what would be sent a path is thin. */
const THIN = 0.8

/** Whether it is our uplink that is thin, and not the far end of one path: then several are at once. */
export function isOurs(links: readonly LinkOffer[]): boolean {
  const thin = links.filter(isThin).length
  return thin >= 2 && 2 * thin >= links.length
}

/**
 * What each link may count on, bits per second, in their order; null for no limit. Where the uplink is what is thin it is
 * divided anew, sound first, and none may take what another was refused.
 */
export function shareUplink(links: readonly LinkOffer[]): (number | null)[] {
  if (!isOurs(links)) return links.map(({ availableBps }) => availableBps)
  const wants = links.map(({ demand }) => demand.cameraBps + demand.screenBps)
  const wantedBps = sum(wants)
  const totalBps = sum(links.map(({ availableBps, demand }) => Math.min(availableBps ?? Infinity, totalOf(demand))))
  const videoBps = Math.max(0, totalBps - links.length * LEAST_SOUND_BPS)
  return links.map(({ availableBps }, index) => {
    const shareBps = LEAST_SOUND_BPS + (wantedBps === 0 ? 0 : videoBps * (wants[index] ?? 0) / wantedBps)
    return Math.min(availableBps ?? Infinity, shareBps)
  })
}

function isThin({ availableBps, demand }: LinkOffer): boolean {
  return availableBps !== null && availableBps < THIN * totalOf(demand)
}

function totalOf({ cameraBps, screenBps }: LinkDemand): number {
  return FULL_SOUND_BPS + cameraBps + screenBps
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
