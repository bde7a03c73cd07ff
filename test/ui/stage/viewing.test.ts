import { expect, test } from 'vitest'
import type { CaptureState, StageChoice } from '../../../src/room/views.ts'
import { Viewing } from '../../../src/ui/stage/viewing.ts'
import { signal } from '../../../src/util/signals.ts'

/** Viewing over settings that remember, and a camera that is on or off. */
function make(camera: CaptureState = { phase: 'off' }) {
  const stage = signal<StageChoice>({ view: 'automatic', ownPicture: 'placed', corner: 'bottom-end' })
  const state = signal(camera)
  const viewing = new Viewing({ stage, setStage: (changes) => { stage.value = { ...stage.peek(), ...changes } } }, {
    camera: state,
    openCamera: async () => { state.value = { phase: 'on', deviceId: '', label: '' } },
    closeCamera: () => { state.value = { phase: 'off' } },
  })
  return { viewing, stage, camera: state }
}

test('of more than three pins the oldest goes, and a pin pinned again is none', () => {
  const { viewing } = make()
  for (const peer of ['ada', 'bob', 'cyd', 'dan']) viewing.togglePin(`camera:${peer}`)
  expect(viewing.pinned.value).toEqual(['camera:bob', 'camera:cyd', 'camera:dan'])
  viewing.togglePin('camera:cyd')
  expect(viewing.pinned.value).toEqual(['camera:bob', 'camera:dan'])
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
] as const)('after audio only our camera is as it was: it %s', (_what, before, after) => {
  const { viewing, camera } = make(before)
  viewing.setAudioOnly(true)
  viewing.setAudioOnly(true)
  expect(camera.value.phase).toBe('off')
  viewing.setAudioOnly(false)
  expect(camera.value.phase).toBe(after)
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
