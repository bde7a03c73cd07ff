import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { hold } from '../../../src/room/files/disk/hold.ts'
import { browserFolder, browserPlace } from '../../../src/room/files/disk/place.ts'
import type { Place } from '../../../src/room/files/disk/place.ts'
import { FOLDER, sweepFiles } from '../../../src/room/files/disk/sweep.ts'
import { FakeLocks } from '../../fakes/fake-locks.ts'

const UNIT = 4
const HOUR_MS = 3_600_000

/** What the browser keeps: bytes and age of each file, and how much room there is in all. */
let files: Map<string, { bytes: number, lastModified: number }>
let quota: number

const used = (): number => [...files.values()].reduce((sum, { bytes }) => sum + bytes, 0)

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(new DOMException('timed out', 'TimeoutError')), ms)
    return controller.signal
  })
  files = new Map()
  quota = 1_000
  const handle = (name: string) => ({
    kind: 'file',
    getFile: async () => files.get(name),
    createSyncAccessHandle: async () => ({
      getSize: () => files.get(name)?.bytes ?? 0,
      truncate: (bytes: number) => files.set(name, { bytes, lastModified: Date.now() }),
      close: () => undefined,
    }),
  })
  const folder = {
    entries: async function* () { for (const name of files.keys()) yield [name, handle(name)] },
    getFileHandle: async (name: string) => {
      if (!files.has(name)) files.set(name, { bytes: 0, lastModified: Date.now() })
      return handle(name)
    },
    removeEntry: async (name: string) => { files.delete(name) },
  }
  const root = { getDirectoryHandle: async (name: string) => name === FOLDER ? folder : Promise.reject(new DOMException('', 'NotFoundError')) }
  vi.stubGlobal('FileSystemSyncAccessHandle', Object)
  vi.stubGlobal('navigator', { locks: new FakeLocks(), storage: { getDirectory: async () => root, estimate: async () => ({ quota, usage: used() }) } })
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** The place that a worker makes. */
async function place(name: string, size: number): Promise<Place> {
  const folder = await browserFolder()
  if (folder === null) throw new Error('no folder')
  return await browserPlace(folder, name, size, UNIT)
}

const aged = (bytes: number, hours: number) => ({ bytes, lastModified: Date.now() - hours * HOUR_MS })

describe('the name of a place', () => {
  test('is another one for a second tab, and the same again once it was let go', async () => {
    const first = await hold('film')
    const second = hold('film')
    await vi.advanceTimersByTimeAsync(2_000)
    expect((await second).name).toMatch(/^film-./)
    const third = hold('film')
    first.letGo()
    expect((await third).name).toBe('film')
  })

  test('is as it was where the browser has no locks', async () => {
    vi.stubGlobal('navigator', {})
    expect([(await hold('film')).name, (await hold('film')).name]).toEqual(['film', 'film'])
  })
})

describe('what pages that are gone have left behind', () => {
  test('goes at the next call, without what is young or held by another tab', async () => {
    await hold('old and held')
    for (const [name, hours] of [['old', 7], ['old and held', 7], ['young', 5]] as const) files.set(name, aged(10, hours))
    await sweepFiles()
    expect([...files.keys()]).toEqual(['old and held', 'young'])
  })

  test('goes at once where its room is needed', async () => {
    await hold('held')
    for (const name of ['held', 'young']) files.set(name, aged(300, 1))
    const { kept } = await place('film', 600)
    expect([kept, [...files.keys()]]).toEqual([0, ['held', 'film']])
  })
})

describe('a file for which there is no room', () => {
  test('leaves nothing of what had come before', async () => {
    files.set('film', aged(402, 1))
    await expect(place('film', 2_000)).rejects.toMatchObject({ name: 'QuotaExceededError' })
    expect([...files.keys()]).toEqual([])
  })

  test('is one only if the part that has come does not make up for it', async () => {
    files.set('film', aged(402, 1))
    expect((await place('film', 1_000)).kept).toBe(400)
  })
})

test('a browser that keeps no files in a private window has no folder for them', async () => {
  vi.stubGlobal('navigator', { storage: { getDirectory: () => Promise.reject(new DOMException('private', 'SecurityError')) } })
  expect(await browserFolder()).toBe(null)
})
