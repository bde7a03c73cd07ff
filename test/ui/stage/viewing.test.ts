import { expect, test } from 'vitest'
import type { CaptureState, StageChoice } from '../../../src/room/views.ts'
import { Viewing } from '../../../src/ui/stage/viewing.ts'
import { signal } from '../../../src/util/signals.ts'

/** Viewing over settings that remember, and a camera that is on or off. */
function make(camera: CaptureState = { phase: 'off' }) {
  const stage = signal<StageChoice>({ view: 'automatic', ownPicture: 'placed', corner: 'bottom-end' })
  const state = signal(camera)
  const local = {
    camera: state,
    openCamera: async () => { state.value = { phase: 'on', deviceId: '', label: '' } },
    closeCamera: () => { state.value = { phase: 'off' } },
  }
  const viewing = new Viewing({ stage, setStage: (changes) => { stage.value = { ...stage.peek(), ...changes } } }, local)
  return { viewing, stage, local, camera: state }
}

test('of more than three pins the oldest goes, and a pin pinned again is none', () => {
  const { viewing } = make()
  for (const peer of ['ada', 'bob', 'cyd', 'dan']) viewing.togglePin(`camera:${peer}`)
  expect(viewing.pinned.value).toEqual(['camera:bob', 'camera:cyd', 'camera:dan'])
  viewing.togglePin('camera:cyd')
  expect(viewing.pinned.value).toEqual(['camera:bob', 'camera:dan'])
})

test('who has left keeps no pin from somebody who is here, and is pinned again after coming back', () => {
  const { viewing } = make()
  for (const peer of ['ada', 'bob', 'cyd']) viewing.togglePin(`camera:${peer}`)
  viewing.present(new Set(['camera:ada', 'camera:cyd', 'camera:dan']))
  expect(viewing.pinned.value).toContain('camera:bob')
  viewing.togglePin('camera:dan')
  expect(viewing.pinned.value).toEqual(['camera:ada', 'camera:cyd', 'camera:dan'])
})

test('another view begins without pins, and another corner does not', () => {
  const { viewing, stage } = make()
  viewing.togglePin('camera:ada')
  viewing.choose({ corner: 'top-start' })
  expect(viewing.pinned.value).toEqual(['camera:ada'])
  viewing.choose({ view: 'speaker' })
  expect(viewing.pinned.value).toEqual([])
  expect(stage.value).toEqual({ view: 'speaker', ownPicture: 'placed', corner: 'top-start' })
})

test.each([
  ['was on', { phase: 'on', deviceId: '', label: '' }, 'on'],
  ['was off', { phase: 'off' }, 'off'],
  ['had failed', { phase: 'failed', error: 'device-busy' }, 'off'],
] as const)('after audio only our camera is as it was: it %s', (_what, before, after) => {
  const { viewing, camera } = make(before)
  viewing.setAudioOnly(true)
  viewing.setAudioOnly(true)
  expect(camera.value.phase).toBe('off')
  viewing.setAudioOnly(false)
  expect(camera.value.phase).toBe(after)
})

test('after audio only a camera that was switched off meanwhile stays off', async () => {
  const { viewing, local, camera } = make({ phase: 'on', deviceId: '', label: '' })
  viewing.setAudioOnly(true)
  await local.openCamera()
  local.closeCamera()
  viewing.setAudioOnly(false)
  expect(camera.value.phase).toBe('off')
})

test('a camera that was on in one call is not opened in the next', () => {
  const { viewing, camera } = make({ phase: 'on', deviceId: '', label: '' })
  viewing.setAudioOnly(true)
  viewing.reset()
  viewing.setAudioOnly(false)
  expect(camera.value.phase).toBe('off')
})

test('a volume outlasts the call, pins and page do not', () => {
  const { viewing } = make()
  expect(viewing.volumeOf('ada')).toEqual({ level: 1, muted: false })
  viewing.setVolume('ada', { level: 0.4 })
  viewing.setVolume('ada', { muted: true })
  viewing.togglePin('camera:ada')
  viewing.turnTo(2)
  viewing.reset()
  expect(viewing.volumeOf('ada')).toEqual({ level: 0.4, muted: true })
  expect([viewing.pinned.value, viewing.page.value]).toEqual([[], 0])
})
