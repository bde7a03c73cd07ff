import { afterEach, expect, test, vi } from 'vitest'
import type { CallViews, LocalMedia } from '../../../src/room/views.ts'
import { controlStrings } from '../../../src/ui/control-strings.ts'
import { SmallWindow } from '../../../src/ui/small/small-window.ts'
import { sizesSeen } from '../../../src/ui/small/whom-to-show.ts'
import { effect, signal } from '../../../src/util/signals.ts'

const made = vi.hoisted(() => [] as { removed: boolean }[])
vi.mock('../../../src/ui/small/small-call.ts', () => ({
  SmallCall: class {
    removed = false
    constructor() { made.push(this) }
    remove(): void { this.removed = true }
  },
}))

/** A browser's small window, which says once that it goes. */
class FakeWindow extends EventTarget {
  closed = false
  readonly document = { documentElement: {}, title: '', body: { style: {}, append: () => undefined } }

  close(): void {
    if (this.closed) return
    this.closed = true
    this.dispatchEvent(new Event('pagehide'))
  }
}

function open(requestWindow?: () => Promise<never>): { small: SmallWindow, fake: FakeWindow, opened: Promise<void>, call: AbortController, said: string[] } {
  const fake = new FakeWindow()
  vi.stubGlobal('documentPictureInPicture', { requestWindow: requestWindow ?? (async () => fake) })
  vi.stubGlobal('document', { documentElement: { lang: 'en', dir: 'ltr' }, title: 'Parley' })
  const call = new AbortController()
  const said: string[] = []
  const small = new SmallWindow({ views: {} as CallViews, local: {} as LocalMedia, audioOnly: signal(false), leave: () => undefined, say: (sentence) => said.push(sentence), signal: call.signal })
  return { small, fake, opened: small.open(), call, said }
}

afterEach(() => {
  vi.unstubAllGlobals()
  made.length = 0
})

test('what a small window shows ends with it', async () => {
  const { small, fake, opened } = open()
  await opened
  expect([small.isOpen.value, made.length]).toEqual([true, 1])
  fake.close()
  expect([small.isOpen.value, made[0]?.removed]).toEqual([false, true])
})

test.each(['the person', 'the end of the call'])('one that %s closes while its code is on the way shows nothing that would never end', async (who) => {
  const { small, fake, opened, call } = open()
  const close = who === 'the person' ? () => fake.close() : () => call.abort()
  // A moment later: code takes longer.
  const stop = effect(() => { if (small.isOpen.value) queueMicrotask(close) })
  await opened
  stop()
  expect(fake.closed).toBe(true)
  expect([small.isOpen.value, made.filter(({ removed }) => !removed)]).toEqual([false, []])
})

test.each([
  ['NotAllowedError', controlStrings.view.noSmall], ['InvalidStateError', controlStrings.view.noPicture],
])('one that does not open for a %s says why', async (name, sentence) => {
  const { small, opened, said } = open(async () => { throw new DOMException('no', name) })
  await opened
  expect([small.isOpen.value, said]).toEqual([false, [sentence]])
})

test('to save data no camera is asked for in a small window either, and screens are', () => {
  const size = { width: 320, height: 180 }
  const none = { width: 0, height: 0 }
  expect(sizesSeen({ what: 'camera' }, size, false)).toEqual({ camera: size, screen: none })
  expect(sizesSeen({ what: 'camera' }, size, true)).toEqual({ camera: none, screen: none })
  expect(sizesSeen({ what: 'screen' }, size, true)).toEqual({ camera: none, screen: size })
})
