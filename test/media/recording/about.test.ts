import { expect, test } from 'vitest'
import { fileName, readAbout, writeAbout } from '../../../src/media/recording/about.ts'
import type { ReadableFile } from '../../../src/media/recording/take-file.ts'
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

/** A file on a disk that takes so many bytes. */
class SmallDisk implements ReadableFile {
  most = 10_000
  #text = ''

  size(): number { return this.#text.length }
  truncate(size: number): void { this.#text = this.#text.slice(0, size) }
  read(): number { return 0 }
  toString(): string { return this.#text }

  write(bytes: Uint8Array, at: number): void {
    if (at + bytes.length > this.most) throw new DOMException('full', 'QuotaExceededError')
    this.#text = this.#text.slice(0, at) + new TextDecoder().decode(bytes) + this.#text.slice(at + bytes.length)
  }
}

test('on a disk that has become full the end of a recording is still written down, and what is too much leaves all as it was', () => {
  const file = new SmallDisk()
  writeAbout(file, JSON.stringify({ ...ABOUT, files: [] }))
  writeAbout(file, JSON.stringify(ABOUT))
  file.most = file.size()
  const whole = { ...ABOUT, endedAt: Date.now() }
  writeAbout(file, JSON.stringify(whole))
  expect(readAbout(String(file))).toEqual(whole)
  const many = { ...ABOUT, files: Array.from({ length: 100 }, () => ({ name: '1.webm', person: 'Ada', startMs: 0 })) }
  expect(() => writeAbout(file, JSON.stringify(many))).toThrow('full')
  expect(readAbout(String(file))).toEqual(whole)
  writeAbout(file, JSON.stringify({ ...ABOUT, files: [] }))
  expect(readAbout(String(file))).toEqual({ ...ABOUT, files: [] })
})

test('a file is saved under the name of the call, the time and the person, in letters that every system takes', () => {
  expect(fileName(ABOUT, { name: '1.webm', person: '../Ada', startMs: 0 })).toBe('team-stand-up 2026-02-03 04.05 --Ada.webm')
  expect(fileName({ ...ABOUT, topic: 'x'.repeat(200) }, { name: '1.mp4', person: '', startMs: 0 })).toHaveLength(204)
  // Names are counted in bytes where they are kept, and these letters take three and four.
  for (const letter of ['会', '🎉']) {
    const long = fileName({ ...ABOUT, topic: letter.repeat(64) }, { name: '1.webm', person: letter.repeat(48), startMs: 0 })
    expect(new TextEncoder().encode(long).length).toBeLessThan(255)
    expect(long).toMatch(/^[会🎉]{40,}.*\.webm$/u)
  }
})
