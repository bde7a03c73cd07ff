import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBackgroundEngine } from '../../../src/media/effects/background-engine.ts'
import type { BackgroundWish } from '../../../src/media/effects/engine.ts'
import { readOwnPicture } from '../../../src/media/effects/own-picture.ts'
import { signal } from '../../../src/util/signals.ts'

vi.mock('../../../src/media/effects/own-picture.ts', () => ({ readOwnPicture: vi.fn<typeof readOwnPicture>() }))

interface Told { type: string, background: unknown }

/** Workers that were made, by what they were told. */
let workers: Told[][]
const camera = (readyState: string): MediaStream => ({ getVideoTracks: () => [{ readyState }] }) as unknown as MediaStream

beforeEach(() => {
  workers = []
  vi.stubGlobal('Worker', class extends EventTarget {
    readonly told: Told[] = []
    constructor() {
      super()
      workers.push(this.told)
    }
    postMessage(message: Told): void { this.told.push(message) }
    terminate(): void { workers = workers.filter((told) => told !== this.told) }
  })
  vi.stubGlobal('MediaStream', Object)
  vi.stubGlobal('MediaStreamTrackGenerator', class { writable = new WritableStream(); stop = vi.fn<() => void>() })
  vi.stubGlobal('MediaStreamTrackProcessor', class {
    readonly readable = new ReadableStream()
    constructor({ track }: { track: MediaStreamTrack }) { if (track.readyState === 'ended') throw new TypeError('ended') }
  })
})

afterEach(() => {
  expect(workers).toEqual([])
  vi.unstubAllGlobals()
})

test('a background that is chosen while the first one is read is the one that is shown', async () => {
  const wish = signal<BackgroundWish>({ choice: 'hills', picture: 0 })
  const opening = openBackgroundEngine(camera('live'), wish)
  wish.value = { choice: 'blur', picture: 0 }
  const engine = await opening
  await vi.waitFor(() => expect(workers[0]?.map(({ background }) => background)).toEqual([{ kind: 'scene', name: 'hills' }, { kind: 'blur', strong: true }]))
  engine.close()
})

test('on a camera that has ended nothing is opened that nobody would close', async () => {
  await expect(openBackgroundEngine(camera('ended'), signal<BackgroundWish>({ choice: 'hills', picture: 0 }))).rejects.toThrow('ended')
})

test('a picture that is read too late to be shown, or has nothing to stand behind, is let go', async () => {
  const pictures = [{ close: vi.fn<() => void>() }, { close: vi.fn<() => void>() }]
  let read = 0
  vi.stubGlobal('createImageBitmap', async () => pictures[read++])
  const waiting = Promise.withResolvers<Blob>()
  vi.mocked(readOwnPicture).mockReturnValueOnce(waiting.promise).mockResolvedValue(new Blob())
  const wish = signal<BackgroundWish>({ choice: 'hills', picture: 0 })
  const engine = await openBackgroundEngine(camera('live'), wish)
  wish.value = { choice: 'own', picture: 0 }
  wish.value = { choice: 'blur', picture: 0 }
  waiting.resolve(new Blob())
  await vi.waitFor(() => expect(pictures[0]?.close).toHaveBeenCalledOnce())
  engine.close()
  await expect(openBackgroundEngine(camera('ended'), signal<BackgroundWish>({ choice: 'own', picture: 0 }))).rejects.toThrow('ended')
  expect(pictures[1]?.close).toHaveBeenCalledOnce()
})
