import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createStretcher, withHeadStart } from '../../src/room/stretch.ts'
import { parseTopic } from '../../src/wire/index.ts'

class FakeWorker extends EventTarget {
  static made: FakeWorker[] = []
  ended = false
  asked: unknown

  constructor() {
    super()
    FakeWorker.made.push(this)
  }

  postMessage(topic: unknown): void {
    this.asked = topic
  }

  terminate(): void {
    this.ended = true
  }

  answer(data: Uint8Array): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

const [square, garden] = [parseTopic('square'), parseTopic('garden')]

beforeEach(() => {
  FakeWorker.made = []
  vi.stubGlobal('Worker', FakeWorker)
})

afterEach(() => vi.unstubAllGlobals())

test('the worker gets the topic, its answer is the result, and it is ended', async () => {
  const stretch = createStretcher({ signal: new AbortController().signal })
  const bytes = stretch(square)
  const [worker] = FakeWorker.made
  expect(worker?.asked).toBe('square')
  worker?.answer(new Uint8Array([1]))
  expect(await bytes).toEqual(new Uint8Array([1]))
  expect(worker?.ended).toBe(true)
})

test('a further topic ends the work on the one before it', async () => {
  const stretch = createStretcher({ signal: new AbortController().signal })
  const first = stretch(square)
  const second = stretch(garden)
  await expect(first).rejects.toMatchObject({ name: 'AbortError' })
  expect(FakeWorker.made.map(({ ended }) => ended)).toEqual([true, false])
  FakeWorker.made[1]?.answer(new Uint8Array([2]))
  expect(await second).toEqual(new Uint8Array([2]))
})

test('a worker that cannot run, and the end of the page, reject', async () => {
  const page = new AbortController()
  const stretch = createStretcher({ signal: page.signal })
  const first = stretch(square)
  FakeWorker.made[0]?.dispatchEvent(new Event('error'))
  await expect(first).rejects.toThrow('could not be stretched')
  const second = stretch(square)
  page.abort()
  await expect(second).rejects.toMatchObject({ name: 'AbortError' })
  await expect(stretch(square)).rejects.toMatchObject({ name: 'AbortError' })
  expect(FakeWorker.made.map(({ ended }) => ended)).toEqual([true, true])
})

test('work that was begun early is handed over once, and whoever comes back to the topic gets fresh work', async () => {
  const asked: string[] = []
  const stretch = withHeadStart(async (topic) => Uint8Array.of(asked.push(topic)), square)
  expect(asked).toEqual(['square'])
  expect(await stretch(square)).toEqual(Uint8Array.of(1))
  expect(await stretch(garden)).toEqual(Uint8Array.of(2))
  expect(await stretch(square)).toEqual(Uint8Array.of(3))
  expect(asked).toEqual(['square', 'garden', 'square'])
})

test('work that was begun early and failed is not handed over twice', async () => {
  let calls = 0
  const stretch = withHeadStart(async () => {
    if (calls++ === 0) throw new Error('no worker yet')
    return Uint8Array.of(7)
  }, square)
  await expect(stretch(square)).rejects.toThrow('no worker yet')
  expect(await stretch(square)).toEqual(Uint8Array.of(7))
})
