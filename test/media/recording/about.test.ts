import { expect, test } from 'vitest'
import { fileName, readAbout } from '../../../src/media/recording/about.ts'
import type { RecordingAbout } from '../../../src/media/recording/types.ts'

const ABOUT: RecordingAbout = {
  id: 'take', topic: 'team/stand:up', kind: 'separate', startedAt: new Date(2026, 1, 3, 4, 5).getTime(), endedAt: null,
  files: [{ name: '1.webm', person: '../Ada', startMs: 0 }],
}

test('what describes a recording is read back as it was written', () => {
  expect(readAbout(JSON.stringify(ABOUT))).toEqual(ABOUT)
})

test.each(['', '{', 'null', '[]', '{}', JSON.stringify({ ...ABOUT, kind: 'other' }), JSON.stringify({ ...ABOUT, files: [{}] }), JSON.stringify({ ...ABOUT, endedAt: 'never' })])(
  'anything else describes none: %s', (text) => { expect(readAbout(text)).toBe(null) })

test('a file is saved under the name of the call, the time and the person, in letters that every system takes', () => {
  expect(fileName(ABOUT, { name: '1.webm', person: '../Ada', startMs: 0 })).toBe('team-stand-up 2026-02-03 04.05 --Ada.webm')
  expect(fileName({ ...ABOUT, topic: 'x'.repeat(200) }, { name: '1.mp4', person: '', startMs: 0 })).toHaveLength(124)
})
