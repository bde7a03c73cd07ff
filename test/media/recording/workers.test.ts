import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { signal } from '../../../src/util/signals.ts'
import { createPicture } from '../../../src/media/recording/picture.ts'
import { createRecorder } from '../../../src/media/recording/recorder.ts'
import { Store } from '../../../src/media/recording/store.ts'

/** A worker that says nothing. */
class DumbWorker extends EventTarget {
  static made: DumbWorker[] = []
  readonly told: unknown[] = []

  constructor() {
    super()
    DumbWorker.made.push(this)
  }

  postMessage(message: unknown): void { this.told.push(message) }
  terminate(): void { this.told.push('terminate') }
}

let controller: AbortController

beforeEach(() => {
  DumbWorker.made = []
  controller = new AbortController()
  vi.stubGlobal('Worker', DumbWorker)
})

afterEach(() => {
  controller.abort()
  vi.unstubAllGlobals()
})

describe('a worker whose code does not come', () => {
  test('refuses what is to be written, also what is asked for later', async () => {
    const store = new Store('take', controller)
    const opening = store.open('1.webm')
    DumbWorker.made[0]?.dispatchEvent(new Event('error'))
    await expect(opening).rejects.toThrow('could not be written')
    await expect(store.close('1.webm')).rejects.toThrow('could not be written')
  })

  test('ends a recording that would have no picture', () => {
    vi.stubGlobal('MediaStreamTrackProcessor', Object)
    vi.stubGlobal('MediaStreamTrackGenerator', class { stop = vi.fn<() => void>() })
    const onFailure = vi.fn<(error: unknown) => void>()
    createPicture({ width: 640, height: 360, framesPerSecond: 25 }, { signal: controller.signal, onFailure })
    DumbWorker.made[0]?.dispatchEvent(Object.assign(new Event('error'), { message: 'not found' }))
    expect(onFailure).toHaveBeenCalledExactlyOnceWith(new Error('nothing is painted: not found'))
  })
})

test('a recording that cannot even begin is not said to go on', async () => {
  vi.stubGlobal('navigator', { storage: {} })
  vi.stubGlobal('MediaRecorder', { isTypeSupported: () => true })
  vi.stubGlobal('AudioContext', function refuse() { throw new DOMException('too many', 'NotSupportedError') })
  const own = signal<{ id: string } | null>(null)
  const begin = (): boolean => {
    own.value = { id: 'take' }
    return true
  }
  const said = { own, begin, end: () => { own.value = null } }
  const recorder = createRecorder({ said, people: signal([]), topic: () => 'call', signal: controller.signal })
  expect(await recorder.start('mixed')).toBe('recording-failed')
  expect([own.value, recorder.failure.value]).toEqual([null, 'recording-failed'])
})
