/** What goes wrong in a call, one after the other. */
import process from 'node:process'
import { reads, say, until } from '../browser/harness.ts'
import type { SiteKind } from './kinds.ts'
import type { BrowserSite, Lab } from './lab.ts'
import type { LabRelay } from './relay-process.ts'
import type { Meeting } from './meeting.ts'
import { processesIn } from './namespaces.ts'
import { firstPictures, mediaPath } from './person.ts'
import { reservationsReach } from './reservations.ts'

/** A call to which a fault happens. */
export interface FaultyCall {
  lab: Lab
  sites: readonly [BrowserSite, BrowserSite]
  meeting: Meeting
  /** How long a laptop sleeps, milliseconds. */
  sleepMs: number
}

export interface Fault {
  title: string
  pair: readonly [SiteKind, SiteKind]
  /** Relays there are; two when left out. */
  relays?: number
  /** Makes it happen. Resolves with the time from which recovery counts, milliseconds since 1970; everything is put right again afterwards. */
  strike: (call: FaultyCall) => Promise<number>
  /** An outage may begin this long after it, milliseconds; as usual when left out. */
  watchMs?: number
  /** In place of the pictures: waits for something else, and resolves with its time. */
  recovered?: (call: FaultyCall, struckMs: number) => Promise<number>
}

/** Both behind the NAT that most homes have. */
const HOMES = ['port-restricted', 'port-restricted'] as const
/** No way but through a relay. */
const RELAYED = ['symmetric', 'symmetric'] as const
const CABLE_OUT_MS = 20_000
/** Peers that are told nothing notice a dead relay by its silence. */
const RELAY_WATCH_MS = 25_000
const CHAT_LINE = 'still here'

export const FAULTS: Record<string, Fault> = {
  none: { title: 'Nothing (the control)', pair: HOMES, strike: async () => Date.now() },
  'own-address': {
    title: 'The laptop gets another address', pair: HOMES,
    strike: ({ sites: [site] }) => after(site.changeOwnAddress())
  },
  'public-address': {
    title: 'The router gets another public address', pair: HOMES,
    strike: ({ sites: [site] }) => after(site.changePublicAddress())
  },
  'moved': {
    title: 'Both addresses change', pair: HOMES,
    strike: ({ sites: [site] }) => after(Promise.all([site.changePublicAddress(), site.changeOwnAddress()]))
  },
  cable: {
    title: 'Cable out for 20 s, from its return', pair: HOMES,
    strike: async ({ sites: [site] }) => {
      await site.unplug()
      await pause(CABLE_OUT_MS)
      return after(site.plug())
    }
  },
  line: {
    title: 'Line silent for 20 s, from its return', pair: HOMES,
    strike: async ({ sites: [site] }) => {
      await site.drop('', ['in', 'out'])
      await pause(CABLE_OUT_MS)
      return after(site.dropNothing())
    }
  },
  'udp-in': {
    title: 'UDP no longer comes in at one side', pair: HOMES,
    strike: ({ sites: [site] }) => after(site.drop('meta l4proto udp', ['in']))
  },
  'udp-out': {
    title: 'UDP no longer goes out at one side', pair: HOMES,
    strike: ({ sites: [site] }) => after(site.drop('meta l4proto udp', ['out']))
  },
  sleep: {
    title: 'Laptop asleep, from its waking', pair: HOMES,
    strike: async ({ sites: [site], sleepMs }) => {
      await signalAll(site, 'SIGSTOP')
      await pause(sleepMs)
      return after(signalAll(site, 'SIGCONT'))
    }
  },
  'relay-killed': {
    title: 'The relay dies in a direct call', pair: HOMES, watchMs: RELAY_WATCH_MS,
    strike: ({ lab }) => after(lab.relays[0]!.kill())
  },
  'turn-killed': {
    title: 'The relay dies that carries the call', pair: RELAYED, watchMs: RELAY_WATCH_MS,
    strike: async (call) => after((await carrier(call)).kill())
  },
  'relay-restarted': {
    title: 'The only relay starts anew, until both have a reservation', pair: HOMES, relays: 1,
    strike: async ({ lab: { relays } }) => {
      await relays[0]!.kill()
      return after(relays[0]!.start())
    },
    recovered: ({ lab: { relays } }) => reservationsReach(relays[0]!, 2)
  },
  'without-relays': {
    title: 'All relays dead: a screen share begins, and a chat line arrives', pair: HOMES,
    strike: async ({ lab: { relays }, meeting: { first } }) => {
      await Promise.all(relays.map((relay) => relay.kill()))
      await until('the app to notice', async () => await first.page.locator('[data-testid="network-status"][data-relays="0"]').count() === 1, 90_000)
      return Date.now()
    },
    recovered: async ({ meeting: { first, second } }, struckMs) => {
      await first.page.getByTestId('screen').click()
      await second.page.getByTestId('screen-tile').first().waitFor()
      let shared: number | undefined
      await until('the screen to be seen', async () => {
        shared = (await firstPictures(second)).find((at) => at >= struckMs)
        return shared !== undefined
      })
      await say(second, CHAT_LINE)
      await reads(first, CHAT_LINE)
      return shared!
    }
  }
}

/** @throws {RangeError} when there is no such fault */
export function faultNamed(name: string): Fault {
  const fault = FAULTS[name]
  if (fault === undefined) throw new RangeError(`There is no fault "${name}", but ${Object.keys(FAULTS).join(', ')}`)
  return fault
}

/** Puts right what faults may have done. */
export async function putRight({ relays }: Lab, [site]: readonly [BrowserSite, BrowserSite]): Promise<void> {
  await signalAll(site, 'SIGCONT')
  await site.plug()
  await site.dropNothing()
  for (const relay of relays) await relay.start()
}

/** When the action is complete. */
async function after(action: Promise<unknown>): Promise<number> {
  await action
  return Date.now()
}

/** How long something is as it is, which is part of the fault. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

async function signalAll({ namespace }: BrowserSite, signal: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
  for (const id of await processesIn(namespace)) {
    try {
      process.kill(id, signal)
    } catch {
      // It has ended since it was listed.
    }
  }
}

/** The relay through which the call's media goes. */
async function carrier({ lab: { relays }, meeting: { first } }: FaultyCall): Promise<LabRelay> {
  const path = await mediaPath(first)
  const found = relays.find(({ url }) => new URL(url).hostname === path?.relay)
  if (found === undefined) throw new Error('no relay carries the call')
  return found
}
