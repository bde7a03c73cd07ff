import { HELLO_FRESHNESS_MS } from '../wire/index.ts'
import type { SettingsStorage } from './settings.ts'

const KEY = 'parley:session'

/**
 * Makes the clock that sessions are numbered by: the system's, but never behind an earlier session of this profile. The
 * others take the greater session for the newer one, so a clock that was set back a little would lock the person out
 * of rooms where the earlier session is remembered. One that was far ahead is ignored: nobody accepted its sessions.
 */
export function createSessionClock(storage: SettingsStorage, now: () => number = Date.now): () => number {
  return () => {
    const last = Number(storage.get(KEY) ?? '0')
    const isUsable = Number.isSafeInteger(last) && last < now() + HELLO_FRESHNESS_MS / 2
    const next = isUsable ? Math.max(now(), last + 1) : now()
    storage.set(KEY, String(next))
    return next
  }
}
