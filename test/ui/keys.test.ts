import { describe, expect, test } from 'vitest'
import { signal } from '../../src/util/signals.ts'
import type { CaptureState, LocalMedia } from '../../src/room/views.ts'
import { keyOf, type Pressed } from '../../src/ui/keys/key-of.ts'
import { hearMuted, SILENT } from '../../src/ui/keys/muted-hint-policy.ts'
import { PushToTalk } from '../../src/ui/keys/push-to-talk.ts'

const press = (key: string, code = '', over: Partial<Pressed> = {}): string | null =>
  keyOf({ key, code, ctrlKey: false, altKey: false, metaKey: false, repeat: false, isComposing: false, ...over })

describe('the name of a key', () => {
  test('is its letter, digit, question mark or space', () => {
    expect([press('m'), press('M'), press('1'), press('?'), press(' ')]).toEqual(['m', 'm', '1', '?', 'space'])
  })

  test('is that of its place where letters are not Latin, and of its letter where they are', () => {
    expect(press('ь', 'KeyM')).toBe('m')
    expect(press('م', 'KeyL')).toBe('l')
    expect(press('a', 'KeyQ')).toBe('a')
  })

  test('is none for what belongs to the browser, the system, or a word being composed', () => {
    expect(press('m', 'KeyM', { ctrlKey: true })).toBeNull()
    expect(press('m', 'KeyM', { metaKey: true })).toBeNull()
    expect(press('m', 'KeyM', { altKey: true })).toBeNull()
    expect(press('m', 'KeyM', { isComposing: true })).toBeNull()
    expect([press('Dead', 'KeyE'), press('Tab', 'Tab'), press('F5', 'F5'), press('Process', 'KeyM')]).toEqual([null, null, null, null])
  })
})

describe('holding a key to be heard', () => {
  const make = (phase: CaptureState['phase'], muted: boolean) => {
    const state = signal(muted)
    const microphone = signal({ phase, deviceId: '', label: '' } as CaptureState)
    const local = { microphone, muted: state, setMuted: (value: boolean) => { state.value = value } } as unknown as LocalMedia
    return { state, talk: new PushToTalk(local) }
  }

  test('unmutes for as long as it is held', () => {
    const { state, talk } = make('on', true)
    talk.press()
    expect([state.value, talk.talking.value]).toEqual([false, true])
    talk.release()
    expect([state.value, talk.talking.value]).toEqual([true, false])
  })

  test('changes nothing for somebody who is heard anyway, or has no microphone open', () => {
    const heard = make('on', false)
    heard.talk.press()
    heard.talk.release()
    expect(heard.state.value).toBe(false)
    const off = make('off', true)
    off.talk.press()
    expect(off.state.value).toBe(true)
  })
})

describe('talking while muted', () => {
  /** When the hint comes, milliseconds, for samples of these levels every 66 ms. */
  const toldAt = (level: (atMs: number) => number, lastMs: number): number[] => {
    let talk = SILENT
    const told: number[] = []
    for (let at = 0; at <= lastMs; at += 66) {
      const heard = hearMuted(talk, level(at), at)
      talk = heard.talk
      if (heard.tell) told.push(at)
    }
    return told
  }

  test('is told after about a second, and not again for minutes', () => {
    const told = toldAt(() => 0.6, 170_000)
    expect(told).toHaveLength(1)
    expect(told[0]).toBeGreaterThan(800)
    expect(told[0]).toBeLessThan(1_300)
    expect(toldAt(() => 0.6, 200_000)).toHaveLength(2)
  })

  test('counts over the pauses between words, not over those between coughs', () => {
    expect(toldAt((at) => at % 500 < 300 ? 0.6 : 0.1, 4_000)).toHaveLength(1)
    expect(toldAt((at) => at % 3_000 < 400 ? 0.8 : 0.1, 30_000)).toEqual([])
  })

  test('is not heard in a quiet room', () => {
    expect(toldAt(() => 0.3, 60_000)).toEqual([])
  })
})
