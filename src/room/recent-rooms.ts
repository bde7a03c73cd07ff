import { computed, signal } from '../util/signals.ts'
import { parseSecret } from '../wire/secret.ts'
import { parseTopic } from '../wire/topic.ts'
import type { SettingsStorage } from './settings.ts'
import type { RecentRoom, RecentView } from './views.ts'

/** What a person can take in at a glance; older ones are forgotten. */
export const MAX_RECENT = 8

const ROOMS_KEY = 'parley:recent'
/** `no` when calls are not to be remembered. */
const REMEMBERS_KEY = 'parley:remember-calls'

/** The recent calls, and what their owner does with them. */
export interface RecentRooms extends RecentView {
  /** Puts a call at the top. */
  add(room: Pick<RecentRoom, 'topic' | 'secret'>): void
  /** Reads the storage again, which another tab has changed. */
  reload(): void
}

/**
 * The calls that were entered lately. Names and secrets of private calls let in whoever has them, so they are kept in this
 * browser's storage and nowhere else, only if the person lets us, and gone when forgotten.
 */
export function createRecentRooms(storage: SettingsStorage, now: () => number = Date.now): RecentRooms {
  const remembers = signal(readRemembers(storage))
  const rooms = signal<readonly RecentRoom[]>(readRooms(storage))
  const keep = (list: readonly RecentRoom[]): void => {
    rooms.value = list
    storage.set(ROOMS_KEY, JSON.stringify(list))
  }
  return {
    rooms: computed(() => remembers.value ? rooms.value : []),
    remembers,
    add({ topic, secret }) {
      if (!remembers.peek()) return
      // Read anew: another tab may have added some.
      const others = readRooms(storage).filter((room) => !isSame(room, { topic, secret }))
      keep([{ topic, secret, at: now() }, ...others].slice(0, MAX_RECENT))
    },
    reload() {
      remembers.value = readRemembers(storage)
      rooms.value = readRooms(storage)
    },
    setRemembers(value) {
      remembers.value = value
      storage.set(REMEMBERS_KEY, value ? 'yes' : 'no')
      if (!value) keep([])
    },
    forget: (room) => keep(readRooms(storage).filter((each) => !isSame(each, room))),
    forgetAll: () => keep([]),
  }
}

function readRemembers(storage: SettingsStorage): boolean {
  return storage.get(REMEMBERS_KEY) !== 'no'
}

/** What is not a room is left out: the storage may have been written by another version, or by hand. */
function readRooms(storage: SettingsStorage): RecentRoom[] {
  try {
    const found: unknown = JSON.parse(storage.get(ROOMS_KEY) ?? '[]')
    return Array.isArray(found) ? found.filter(isRoom).map(({ topic, secret, at }) => ({ topic, secret, at })).slice(0, MAX_RECENT) : []
  } catch {
    // Not JSON: nothing is remembered then, and the next call overwrites it.
    return []
  }
}

function isRoom(value: unknown): value is RecentRoom {
  if (typeof value !== 'object' || value === null) return false
  const { topic, secret, at } = value as Partial<Record<keyof RecentRoom, unknown>>
  if (typeof topic !== 'string' || typeof secret !== 'string' || typeof at !== 'number') return false
  try {
    if (secret !== '') parseSecret(secret)
    return parseTopic(topic) === topic
  } catch {
    // A refusal, which is the answer.
    return false
  }
}

function isSame(a: Pick<RecentRoom, 'topic' | 'secret'>, b: Pick<RecentRoom, 'topic' | 'secret'>): boolean {
  return a.topic === b.topic && a.secret === b.secret
}
