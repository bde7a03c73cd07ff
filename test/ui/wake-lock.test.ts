import { afterEach, expect, test, vi } from 'vitest'
import { keepAwake } from '../../src/ui/wake-lock.ts'

afterEach(() => { vi.unstubAllGlobals() })

/** A browser that gives locks when the test lets it. */
function fakeBrowser() {
  const held = new Set<object>()
  const waiting: (() => void)[] = []
  const request = async (): Promise<object> => {
    await new Promise<void>((resolve) => { waiting.push(resolve) })
    const lock = { released: false, release: async () => { lock.released = true; held.delete(lock) } }
    held.add(lock)
    return lock
  }
  const page = Object.assign(new EventTarget(), { hidden: false })
  vi.stubGlobal('document', page)
  vi.stubGlobal('navigator', { wakeLock: { request } })
  const give = (): void => { for (const resolve of waiting.splice(0)) resolve() }
  return { held, waiting, page, give }
}

test('the screen is kept awake by one lock, which is given back at the end, also when the page is seen again while it is asked for', async () => {
  const { held, waiting, page, give } = fakeBrowser()
  const call = new AbortController()
  keepAwake({ signal: call.signal })
  await vi.waitFor(() => expect(waiting).toHaveLength(1))
  page.dispatchEvent(new Event('visibilitychange'))
  give()
  await vi.waitFor(() => expect(held.size).toBe(1))
  page.dispatchEvent(new Event('visibilitychange'))
  give()
  await vi.waitFor(() => expect(waiting).toHaveLength(0))
  expect(held.size).toBe(1)
  call.abort()
  await vi.waitFor(() => expect(held.size).toBe(0))
})

test('a lock that comes after the end is given back', async () => {
  const { held, waiting, give } = fakeBrowser()
  const call = new AbortController()
  keepAwake({ signal: call.signal })
  await vi.waitFor(() => expect(waiting).toHaveLength(1))
  call.abort()
  give()
  await vi.waitFor(() => expect([waiting.length, held.size]).toEqual([0, 0]))
})
