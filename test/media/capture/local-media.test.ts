import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { chooseDevice } from '../../../src/media/capture/devices.ts'
import { loudness } from '../../../src/media/capture/level-meter.ts'
import { createLocalMedia } from '../../../src/media/capture/local-media.ts'
import type { CapturedMedia, Device } from '../../../src/media/types.ts'
import { reconcile } from '../../../src/util/reconcile.ts'
import { FakeMediaDevices } from '../../fakes/fake-media-devices.ts'

const camera = (deviceId: string): Device => ({ deviceId, kind: 'videoinput', label: `camera ${deviceId}` })
const microphone = (deviceId: string): Device => ({ deviceId, kind: 'audioinput', label: `microphone ${deviceId}` })

let controller: AbortController
let devices: FakeMediaDevices
let local: CapturedMedia

beforeEach(() => {
  controller = new AbortController()
  devices = new FakeMediaDevices([camera('a'), camera('b'), microphone('m')])
  vi.stubGlobal('document', new EventTarget())
  local = createLocalMedia({ signal: controller.signal })
})

afterEach(() => {
  controller.abort()
  expect(devices.live).toEqual([])
  vi.unstubAllGlobals()
})

test('on, off, on in quick succession ends on, with one device running', async () => {
  devices.hold = true
  const first = local.openCamera()
  local.closeCamera()
  const second = local.openCamera()
  devices.release()
  await Promise.all([first, second])
  expect(local.camera.peek()).toMatchObject({ phase: 'on' })
  expect(devices.live).toHaveLength(1)
  expect(local.tracks.camera.peek()).toBe(devices.live[0])
})

test('off while the device is still being opened ends off, and what comes late is stopped', async () => {
  devices.hold = true
  const opening = local.openCamera()
  expect(local.camera.peek()).toEqual({ phase: 'starting' })
  await Promise.resolve()
  local.closeCamera()
  devices.release()
  await opening
  expect(local.camera.peek()).toEqual({ phase: 'off' })
  expect(devices.live).toEqual([])
})

test('switching the camera leaves only the new one running, and remembers it', async () => {
  await local.openCamera('a')
  await local.openCamera('b')
  expect(local.camera.peek()).toEqual({ phase: 'on', deviceId: 'b', label: 'camera b' })
  expect(devices.live).toHaveLength(1)
  local.closeCamera()
  await local.openCamera()
  expect(local.camera.peek()).toMatchObject({ deviceId: 'b' })
})

test('senders are given the other camera before the first one ends', async () => {
  await local.openCamera('a')
  const [first] = devices.live
  const seen: (string | undefined)[][] = []
  reconcile(local.tracks.camera, async (track) => { seen.push([track?.label, first?.readyState]) }, controller)
  await local.openCamera('b')
  expect(seen).toEqual([['camera a', 'live'], ['camera b', 'live']])
  expect(first?.readyState).toBe('ended')
})

test('a switch that is refused keeps the camera that was there', async () => {
  await local.openCamera('a')
  devices.refusal = new DOMException('', 'NotAllowedError')
  await local.openCamera('b')
  expect(local.camera.peek()).toMatchObject({ phase: 'on', deviceId: 'a' })
})

test('a camera that is unplugged is replaced by another, and the last one leaves a reason', async () => {
  await local.openCamera('a')
  devices.unplug('a')
  await vi.waitFor(() => expect(local.camera.peek()).toMatchObject({ phase: 'on', deviceId: 'b' }))
  devices.unplug('b')
  await vi.waitFor(() => expect(local.camera.peek()).toEqual({ phase: 'failed', error: 'device-missing' }))
  expect(local.sending.peek().camera).toBe(false)
})

test('a device that is plugged in later appears in the list', async () => {
  devices.devices = []
  devices.dispatchEvent(new Event('devicechange'))
  await vi.waitFor(() => expect(local.devices.peek()).toEqual([]))
  await local.openCamera()
  expect(local.camera.peek()).toEqual({ phase: 'failed', error: 'device-missing' })
  devices.devices = [camera('new')]
  devices.dispatchEvent(new Event('devicechange'))
  await vi.waitFor(() => expect(local.devices.peek()).toEqual([camera('new')]))
})

test('muted, the microphone stays open and nothing of it is sent', async () => {
  await local.openMicrophone()
  const [track] = devices.live
  expect(local.sending.peek().microphone).toBe(true)
  local.setMuted(true)
  expect(local.tracks.microphone.peek()).toBeNull()
  expect(local.sending.peek().microphone).toBe(false)
  expect([track?.enabled, track?.readyState, local.microphone.peek().phase]).toEqual([false, 'live', 'on'])
  local.setMuted(false)
  expect(local.tracks.microphone.peek()).toBe(track)
  expect(track?.enabled).toBe(true)
})

test('a microphone opened while muted starts muted', async () => {
  local.setMuted(true)
  await local.openMicrophone()
  expect(devices.live[0]?.enabled).toBe(false)
})

const suppresses = (): (boolean | undefined)[] => devices.live.map((track) => track.getSettings().noiseSuppression)

test('noise suppression that is switched off while the person is asked for the microphone is off in what then opens', async () => {
  devices.hold = true
  const opening = local.openMicrophone()
  await Promise.resolve()
  local.effects.setNoise('off')
  devices.release()
  await opening
  await vi.waitFor(() => expect(suppresses()).toEqual([false]))
})

test('the same while another microphone takes the place of the first', async () => {
  devices.devices = [microphone('m'), microphone('n')]
  await local.openMicrophone('m')
  devices.hold = true
  const switching = local.openMicrophone('n')
  await Promise.resolve()
  local.effects.setNoise('off')
  devices.release()
  await switching
  await vi.waitFor(() => expect(suppresses()).toEqual([false]))
  expect(local.microphone.peek()).toMatchObject({ deviceId: 'n' })
})

test('a microphone that suppresses noise whatever it is asked is opened once more, and not for ever', async () => {
  devices.fixed = { noiseSuppression: true }
  await local.openMicrophone()
  local.effects.setNoise('off')
  await vi.waitFor(() => expect(devices.tracks).toHaveLength(2))
  await new Promise((resolve) => { setImmediate(resolve) })
  expect(devices.tracks).toHaveLength(2)
  expect(suppresses()).toEqual([true])
})

const LIST = [camera('x'), camera('y'), microphone('default'), microphone('m')]

test.each<[string, Parameters<typeof chooseDevice>, string | undefined]>([
  ['the preferred device, if it is there', [LIST, 'videoinput', 'y'], 'y'],
  ['the first, if the preferred one is gone', [LIST, 'videoinput', 'gone'], 'x'],
  ['the default of the system before the first', [[microphone('m'), microphone('default')], 'audioinput'], 'default'],
  ['never the one that failed, even if preferred', [LIST, 'videoinput', 'x', 'x'], 'y'],
  ['none of another kind', [[microphone('m')], 'videoinput'], undefined],
  ['none without an id: the browser has not named them yet', [[camera('')], 'videoinput'], undefined],
])('chosen is %s', (_rule, args, expected) => {
  expect(chooseDevice(...args)).toBe(expected)
})

test('loudness is 0 in silence, 1 at full scale, and grows with the signal', () => {
  const sine = (amplitude: number): Float32Array =>
    Float32Array.from({ length: 1024 }, (_, index) => amplitude * Math.sin(index / 3))
  expect(loudness(new Float32Array(8))).toBe(0)
  expect(loudness(sine(0.0001))).toBe(0)
  expect(loudness(new Float32Array([1, -1, 1, -1]))).toBe(1)
  expect(loudness(sine(0.01))).toBeLessThan(loudness(sine(0.1)))
})
