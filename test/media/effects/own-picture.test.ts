import { afterEach, expect, test, vi } from 'vitest'
import { forgetOwnPicture, readOwnPicture } from '../../../src/media/effects/own-picture.ts'

afterEach(() => vi.unstubAllGlobals())

/** A browser's database in which each request goes well, and each change ends like this. */
function database(end: 'complete' | 'abort', found: unknown): { closed: number } {
  const seen = { closed: 0 }
  const later = (act: () => void): void => void setTimeout(act)
  const request = (result: unknown): { result: unknown, onsuccess?: () => void } => {
    const asked: ReturnType<typeof request> = { result }
    later(() => asked.onsuccess?.())
    return asked
  }
  const transaction = (): unknown => {
    const begun = { error: new DOMException('', 'QuotaExceededError'), oncomplete: () => undefined, onabort: () => undefined, objectStore: () => ({ get: () => request(found), delete: () => request(undefined) }) }
    later(() => later(() => end === 'complete' ? begun.oncomplete() : begun.onabort()))
    return begun
  }
  vi.stubGlobal('indexedDB', { open: () => request({ transaction, close: () => { seen.closed += 1 } }) })
  return seen
}

test('the picture that was kept is read again, and what is no picture is none', async () => {
  const picture = new Blob(['x'])
  database('complete', picture)
  expect(await readOwnPicture()).toBe(picture)
  database('complete', 'x')
  expect(await readOwnPicture()).toBeNull()
})

test('a change that the browser takes back at its end was not made', async () => {
  const seen = database('abort', null)
  await expect(forgetOwnPicture()).rejects.toThrow(expect.objectContaining({ name: 'QuotaExceededError' }))
  expect(seen.closed).toBe(1)
})
