import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { listRecordings, removeRecording } from '../../../src/media/recording/library.ts'
import { createRecorder } from '../../../src/media/recording/recorder.ts'
import { startRecording } from '../../../src/media/recording/recording.ts'
import type { RecorderView, RecordingErrorCode, RunningRecording } from '../../../src/media/recording/types.ts'
import { signal, type Signal } from '../../../src/util/signals.ts'

vi.mock('../../../src/media/recording/recording.ts', () => ({ startRecording: vi.fn<typeof startRecording>() }))
vi.mock('../../../src/media/recording/library.ts', () => ({ listRecordings: vi.fn<typeof listRecordings>(), removeRecording: vi.fn<typeof removeRecording>() }))

const running = (): RunningRecording & { stop: ReturnType<typeof vi.fn<() => Promise<void>>> } => (
  { bytes: signal(7), failure: signal(null), stop: vi.fn<() => Promise<void>>(async () => undefined) })

let own: Signal<{ id: string } | null>
let recorder: RecorderView
let controller: AbortController
/** Beginnings that wait, in their order. */
let beginnings: PromiseWithResolvers<RunningRecording | RecordingErrorCode>[]

beforeEach(() => {
  controller = new AbortController()
  beginnings = []
  own = signal(null)
  vi.stubGlobal('navigator', { storage: { estimate: async () => ({ quota: 10, usage: 4 }), persist: async () => true } })
  vi.mocked(listRecordings).mockResolvedValue([])
  vi.mocked(removeRecording).mockResolvedValue()
  vi.mocked(startRecording).mockImplementation(() => {
    const beginning = Promise.withResolvers<RunningRecording | RecordingErrorCode>()
    beginnings.push(beginning)
    return beginning.promise
  })
  let count = 0
  const begin = (): boolean => {
    if (own.peek() !== null) return false
    own.value = { id: `take ${++count}` }
    return true
  }
  const said = { own, begin, end: () => { own.value = null } }
  recorder = createRecorder({ said, people: signal([]), topic: () => 'call', signal: controller.signal })
})

afterEach(() => {
  controller.abort()
  vi.unstubAllGlobals()
})

describe('a recording that is stopped before it has begun', () => {
  test('ends as soon as it has, and is no failure', async () => {
    const started = recorder.start('mixed')
    await recorder.stop()
    const first = running()
    beginnings[0]?.resolve(first)
    expect(await started).toBeNull()
    expect(first.stop).toHaveBeenCalledOnce()
    expect([recorder.running.peek(), recorder.failure.peek()]).toEqual([null, null])
  })

  test('ends also where the next one has begun meanwhile, which goes on', async () => {
    const [one, two] = [running(), running()]
    const first = recorder.start('mixed')
    await recorder.stop()
    const second = recorder.start('mixed')
    beginnings[0]?.resolve(one)
    await first
    beginnings[1]?.resolve(two)
    expect(await second).toBeNull()
    expect(one.stop).toHaveBeenCalledOnce()
    expect(two.stop).not.toHaveBeenCalled()
    expect(recorder.running.peek()).toEqual({ bytes: 7 })
  })

  test('does not end the next one by failing late', async () => {
    const first = recorder.start('mixed')
    await recorder.stop()
    void recorder.start('mixed')
    beginnings[0]?.resolve('recording-disk-full')
    expect(await first).toBeNull()
    expect(own.peek()).toEqual({ id: 'take 2' })
  })
})

test.each([
  ['QuotaExceededError', 'recording-disk-full'],
  ['SecurityError', 'recording-refused'],
  ['TypeError', 'recording-unsupported'],
  ['UnknownError', 'recording-failed'],
])('a browser whose storage says %s is told of as %s, and the rest goes on', async (name, code) => {
  vi.mocked(listRecordings).mockRejectedValue(new DOMException('', name))
  expect(await recorder.refresh()).toBe(code)
  await expect(recorder.stop()).resolves.toBeUndefined()
})

test('what there is room for is known after a look, and what cannot be deleted is said', async () => {
  expect(recorder.room.peek()).toBeNull()
  expect(await recorder.refresh()).toBeNull()
  expect(recorder.room.peek()).toBe(6)
  expect(await recorder.remove('one')).toBeNull()
  vi.mocked(removeRecording).mockRejectedValue(new DOMException('', 'NoModificationAllowedError'))
  expect(await recorder.remove('one')).toBe('recording-not-deleted')
})
