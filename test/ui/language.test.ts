import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { language, speak } from '../../src/ui/language.ts'

/** When German words come. */
const germanWords = vi.hoisted(() => Promise.withResolvers<void>())
vi.mock('../../src/ui/languages/de.ts', async (original) => {
  await germanWords.promise
  return original()
})

beforeAll(() => {
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('document', { documentElement: {} })
})
afterAll(() => vi.unstubAllGlobals())

test('of two languages the one asked for last is spoken, and only that is told so, when its words come first', async () => {
  const first = speak('de')
  const second = speak('nl')
  expect(await second).toBe(true)
  germanWords.resolve()
  expect(await first).toBe(false)
  expect(language.value).toBe('nl')
  expect(await speak('de')).toBe(true)
  expect(language.value).toBe('de')
})
