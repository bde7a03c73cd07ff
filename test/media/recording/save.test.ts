import { afterEach, expect, test, vi } from 'vitest'
import { saveRecording } from '../../../src/media/recording/save.ts'
import type { StoredRecording } from '../../../src/media/recording/types.ts'

/** As much of a folder as is used; a file says what was written. */
class MemoryFolder {
  readonly kind = 'directory'
  readonly files = new Map<string, string>()

  async getDirectoryHandle(): Promise<MemoryFolder> { return this }

  async getFileHandle(name: string, { create = false } = {}): Promise<unknown> {
    if (!create && !this.files.has(name)) throw new DOMException('none', 'NotFoundError')
    return {
      getFile: async () => new File([this.files.get(name) ?? ''], name),
      createWritable: async () => new WritableStream<Uint8Array>({ write: (bytes) => void this.files.set(name, new TextDecoder().decode(bytes)) }),
    }
  }
}

afterEach(() => vi.unstubAllGlobals())

test('each file is saved under the name of whose it is, also where one was never made', async () => {
  const [kept, wanted] = [new MemoryFolder(), new MemoryFolder()]
  for (const [name, text] of [['about.json', '{}'], ['2.webm', 'Ben speaks']] as const) kept.files.set(name, text)
  vi.stubGlobal('navigator', { storage: { getDirectory: async () => kept } })
  vi.stubGlobal('showDirectoryPicker', async () => wanted)
  const recording: StoredRecording = {
    id: 'take', topic: 'call', kind: 'separate', startedAt: new Date(2026, 1, 3, 4, 5).getTime(), endedAt: 1, state: 'finished', bytes: 10,
    files: [{ name: '1.webm', person: 'Ada', startMs: 0 }, { name: '2.webm', person: 'Ben', startMs: 0 }],
  }
  expect(await saveRecording(recording, { signal: AbortSignal.abort() })).toBe(true)
  expect([...wanted.files]).toEqual([['call 2026-02-03 04.05 Ben.webm', 'Ben speaks'], ['call 2026-02-03 04.05.json', '{}']])
})
