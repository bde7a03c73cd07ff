import { afterEach, expect, test, vi } from 'vitest'
import { FrameReader } from '../../../src/media/recording/frame-reader.ts'
import type { PlanePainter } from '../../../src/media/recording/plane-painter.ts'

const frame = (copyTo: () => Promise<PlaneLayout[]>): VideoFrame => ({
  format: 'I420', visibleRect: { x: 0, y: 0, width: 4, height: 2 }, allocationSize: () => 12, copyTo,
}) as unknown as VideoFrame

afterEach(() => vi.unstubAllGlobals())

function make(): { reader: FrameReader, paint: ReturnType<typeof vi.fn> } {
  const paint = vi.fn<(id: string) => void>()
  return { paint, reader: new FrameReader({ paint } as unknown as PlanePainter, 'face') }
}

test('a frame that cannot be read is left out, and the next one is painted', async () => {
  const { reader, paint } = make()
  await reader.paint(frame(() => Promise.reject(new DOMException('lost', 'OperationError'))), () => true)
  expect(paint).not.toHaveBeenCalled()
  await reader.paint(frame(async () => []), () => true)
  expect(paint).toHaveBeenCalledOnce()
})

test('a frame that must not be seen any more once it is read is not painted', async () => {
  const { reader, paint } = make()
  let isWanted = true
  await reader.paint(frame(async () => {
    isWanted = false
    return []
  }), () => isWanted)
  expect(paint).not.toHaveBeenCalled()
})

test('a frame that goes the long way leaves nothing of the one before it', async () => {
  const steps: string[] = []
  vi.stubGlobal('OffscreenCanvas', function canvas(this: object, width: number, height: number) {
    const context = {
      canvas: { width, height }, getImageData: () => ({ data: [] }),
      clearRect: (...rect: number[]) => void steps.push(`clear ${rect}`), drawImage: () => void steps.push('draw'),
    }
    return { getContext: () => context }
  })
  const painter = { placeOf: () => ({ x: 10, y: 10, width: 160, height: 90 }), paintPixels: () => void steps.push('paint') }
  const reader = new FrameReader(painter as unknown as PlanePainter, 'somebody screen')
  for (const displayWidth of [160, 90]) await reader.paint({ format: null, displayWidth, displayHeight: 90 } as VideoFrame, () => true)
  expect(steps).toEqual(['clear 0,0,160,90', 'draw', 'paint', 'clear 0,0,160,90', 'draw', 'paint'])
})
