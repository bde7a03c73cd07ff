import { afterEach, expect, test, vi } from 'vitest'
import { captureCamera, captureMicrophone, captureScreen } from '../../../src/media/capture/capture.ts'
import type { CaptureErrorCode } from '../../../src/media/types.ts'

afterEach(() => vi.unstubAllGlobals())

function refuseWith(name: string, message = ''): Error {
  return name === 'TypeError' ? new TypeError(message) : new DOMException(message, name)
}

test.each<[string, CaptureErrorCode]>([
  ['NotAllowedError', 'permission-refused'],
  ['SecurityError', 'permission-refused'],
  ['NotFoundError', 'device-missing'],
  ['OverconstrainedError', 'device-missing'],
  ['NotReadableError', 'device-busy'],
  ['AbortError', 'device-busy'],
  ['TypeError', 'capture-unsupported'],
  ['InvalidStateError', 'capture-failed'],
])('%s becomes %s', async (name, error) => {
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => Promise.reject(refuseWith(name)) } })
  expect(await captureMicrophone()).toEqual({ error })
})

test('without a secure context there is nothing to ask, and that is said', async () => {
  vi.stubGlobal('navigator', {})
  expect(await captureCamera()).toEqual({ error: 'capture-unsupported' })
  expect(await captureScreen()).toEqual({ error: 'capture-unsupported' })
})

test('a device that is gone is replaced by any other', async () => {
  const stream = {}
  const getUserMedia = vi.fn<(constraints: MediaStreamConstraints) => Promise<unknown>>()
  getUserMedia.mockRejectedValueOnce(refuseWith('OverconstrainedError')).mockResolvedValueOnce(stream)
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } })
  expect(await captureCamera('gone')).toEqual({ stream })
  expect(getUserMedia.mock.calls.map(([{ video }]) => typeof video === 'object' && video.deviceId)).toEqual([{ exact: 'gone' }, undefined])
})

test('a refused permission is not asked for twice', async () => {
  const getUserMedia = vi.fn(() => Promise.reject(refuseWith('NotAllowedError')))
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } })
  expect(await captureCamera('some')).toEqual({ error: 'permission-refused' })
  expect(getUserMedia).toHaveBeenCalledTimes(1)
})

test('closing the screen picker is no failure, a refusal by the system is one', async () => {
  const getDisplayMedia = vi.fn<() => Promise<unknown>>()
  getDisplayMedia.mockRejectedValueOnce(refuseWith('NotAllowedError', 'Permission denied'))
  getDisplayMedia.mockRejectedValueOnce(refuseWith('NotAllowedError', 'Permission denied by system'))
  vi.stubGlobal('navigator', { mediaDevices: { getDisplayMedia } })
  expect(await captureScreen()).toBe('cancelled')
  expect(await captureScreen()).toEqual({ error: 'permission-refused' })
})
