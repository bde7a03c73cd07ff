import { expect, test, vi } from 'vitest'
import { FrameReader } from '../../../src/media/recording/frame-reader.ts'
import type { PlanePainter } from '../../../src/media/recording/plane-painter.ts'

const frame = (copyTo: () => Promise<PlaneLayout[]>): VideoFrame => ({
  format: 'I420', visibleRect: { x: 0, y: 0, width: 4, height: 2 }, allocationSize: () => 12, copyTo,
}) as unknown as VideoFrame

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
