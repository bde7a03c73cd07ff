import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listRecordings } from '../../../src/media/recording/library.ts'
import { lockName } from '../../../src/media/recording/store.ts'

/** As much of a folder as is used. */
class Folder {
  readonly kind = 'directory'
  readonly within = new Map<string, Folder | { kind: 'file', getFile: () => Promise<File> }>()

  async getDirectoryHandle(name: string): Promise<Folder> {
    const found = this.within.get(name) ?? new Folder()
    if (!(found instanceof Folder)) throw new DOMException('', 'TypeMismatchError')
    this.within.set(name, found)
    return found
  }

  async getFileHandle(name: string): Promise<unknown> {
    const found = this.within.get(name)
    if (found === undefined) throw new DOMException('', 'NotFoundError')
    return found
  }

  async *entries(): AsyncIterable<[string, unknown]> { yield* this.within }

  put(name: string, text: string, lastModified = 0): void {
    this.within.set(name, { kind: 'file', getFile: async () => new File([text], name, { lastModified }) })
  }
}

let recordings: Folder
const held: { name: string }[] = []

beforeEach(async () => {
  const root = new Folder()
  recordings = await root.getDirectoryHandle('recordings')
  held.length = 0
  vi.stubGlobal('navigator', { storage: { getDirectory: async () => root }, locks: { query: async () => ({ held }) } })
})

afterEach(() => vi.unstubAllGlobals())

test('a recording without a readable description is listed by what lies there, so that its room can be had back', async () => {
  const folder = await recordings.getDirectoryHandle('take')
  folder.put('about.json', '{"id": "ta')
  folder.put('10.webm', 'ten', 4_000)
  folder.put('2.webm', 'three', 3_000)
  expect(await listRecordings()).toEqual([{
    id: 'take', topic: '', kind: 'separate', startedAt: 3_000, endedAt: null, state: 'cut', bytes: 8,
    files: [{ name: '2.webm', person: '', startMs: 0 }, { name: '10.webm', person: '', startMs: 0 }],
  }])
})

test('one that has just begun elsewhere, and is described in a moment, is running there', async () => {
  const folder = await recordings.getDirectoryHandle('take')
  folder.put('1.webm', 'bytes')
  held.push({ name: lockName('take') })
  expect(await listRecordings()).toMatchObject([{ state: 'running', bytes: 5 }])
})

test('a folder in which nothing lies is nothing to anybody', async () => {
  const folder = await recordings.getDirectoryHandle('take')
  folder.put('1.webm', '')
  expect(await listRecordings()).toEqual([])
})
