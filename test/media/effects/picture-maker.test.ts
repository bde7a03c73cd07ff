import { afterEach, beforeEach, expect, test, vi } from 'vitest'

beforeEach(() => {
  const pixels = { data: new Uint8ClampedArray(4) }
  vi.stubGlobal('OffscreenCanvas', class {
    getContext(): object {
      return { drawImage: () => undefined, putImageData: () => undefined, getImageData: () => pixels, createRadialGradient: () => ({ addColorStop: () => undefined }), fillRect: () => undefined }
    }
  })
  vi.stubGlobal('VideoFrame', Object)
})

afterEach(() => vi.unstubAllGlobals())

test('the person is looked for anew in the first frame of another camera, however soon it comes', async () => {
  // Makes canvases as it is loaded.
  const { PictureMaker } = await import('../../../src/media/effects/background/picture-maker.ts')
  const outline = vi.fn<() => Promise<ImageBitmap>>(async () => ({ close: () => undefined }) as ImageBitmap)
  const maker = new PictureMaker({ outline }, { kind: 'scene', name: 'studio' }, () => undefined)
  const frame = (timestamp: number): VideoFrame => ({ timestamp, displayWidth: 640, displayHeight: 360, duration: null }) as VideoFrame
  expect(await maker.make(frame(1_000_000), true)).toBeDefined()
  expect(await maker.make(frame(1_001_000), false)).toBeUndefined()
  expect(await maker.make(frame(1_002_000), true)).toBeDefined()
  expect(outline).toHaveBeenCalledTimes(2)
})
