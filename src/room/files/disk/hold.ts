/** A name in the browser's file system that no other tab uses, and nobody sweeps, until it is let go. */
export interface Hold {
  readonly name: string
  letGo(): void
}

/**
 * A place is waited for so long, milliseconds: the page before this one, where it was loaded anew, and a call that has just
 * ended have theirs for a moment longer.
 */
const PATIENCE_MS = 2_000

/** Holds the name, or another like it where somebody has it for longer: two tabs may receive the same file. */
export async function hold(name: string): Promise<Hold> {
  if (!('locks' in navigator)) return { name, letGo: () => undefined }
  return await take(name, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => take(`${name}-${crypto.randomUUID()}`, {}))
}

/** Does something with a name, unless somebody holds it. */
export async function unlessHeld(name: string, act: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return await act()
  await navigator.locks.request(lockName(name), { ifAvailable: true }, async (lock) => { if (lock !== null) await act() })
}

/** Rejects when the signal aborts before that. */
function take(name: string, options: LockOptions): Promise<Hold> {
  return new Promise((resolve, reject) => {
    const held = (): Promise<void> => new Promise((letGo) => { resolve({ name, letGo }) })
    navigator.locks.request(lockName(name), options, held).catch(reject)
  })
}

function lockName(name: string): string {
  return `parley-file:${name}`
}
