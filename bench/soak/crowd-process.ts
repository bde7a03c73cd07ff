import { fileURLToPath } from 'node:url'
import { childController } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { startNode, stopNode } from './child.ts'
import type { CrowdOrders } from './crowd.ts'
import { sumStats } from './crowd-stats.ts'
import type { CrowdStats } from './crowd-stats.ts'
import { questionsFor } from './questions.ts'

const ENTRY = fileURLToPath(new URL('./crowd.ts', import.meta.url))

/** What a crowd is. */
export interface CrowdInit extends Pick<CrowdOrders, 'speaks' | 'server'> {
  /** Processes that it is spread over. */
  processes: number
  /** Rooms in all; 0 for a crowd that only stays connected. */
  rooms: number
  /** Clients that connect from one address. */
  perAddress: number
}

/** Many clients in a few processes. */
export interface Crowd {
  /** Resolves when there are this many, or at least all have tried. */
  grow(clients: number): Promise<void>
  stats(): Promise<CrowdStats>
  /** Makes all of them leave, and resolves with what became of them when all processes have ended. */
  leave(): Promise<CrowdStats>
}

/** Starts the processes of a crowd, still without clients. They are killed when the signal aborts. */
export function startCrowd({ speaks, server, processes, rooms, perAddress }: CrowdInit, { signal }: Lifetime): Crowd {
  const running = childController(signal)
  const children = Array.from({ length: processes }, () => startNode([ENTRY], running))
  const asks = children.map(questionsFor)
  const stats = async (): Promise<CrowdStats> => sumStats(await Promise.all(asks.map((ask) => ask<CrowdStats>('stats'))))
  return {
    stats,
    grow: async (clients) => {
      await Promise.all(asks.map((ask, part) => ask('grow', {
        speaks, server, part, perAddress: Math.ceil(perAddress / processes), clients: share(clients, processes, part), rooms: share(rooms, processes, part)
      } satisfies CrowdOrders)))
    },
    leave: async () => {
      const last = await stats()
      await Promise.all(asks.map((ask) => ask('leave')))
      await Promise.all(children.map(stopNode))
      return last
    }
  }
}

/** The part of a whole number that falls to one of several, so that the parts add up. */
function share(whole: number, parts: number, part: number): number {
  return Math.floor(whole * (part + 1) / parts) - Math.floor(whole * part / parts)
}
