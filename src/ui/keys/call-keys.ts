import type { LocalMedia } from '../../room/views.ts'
import type { Lifetime } from '../../util/abort.ts'
import { onAbort } from '../../util/abort.ts'
import { isCovered } from './is-covered.ts'
import { isTyping, keyOf } from './key-of.ts'
import { PushToTalk } from './push-to-talk.ts'
import { shortcutsOf, type ShortcutContext } from './shortcuts.ts'

export interface CallKeysOptions extends ShortcutContext, Lifetime {
  local: LocalMedia
  /** Whether keys are to do anything; asked at each. */
  enabled: () => boolean
}

/** Follows the keyboard during a call, until its lifetime ends: shortcuts, and Space to be heard while it is held. */
export class CallKeys {
  readonly pushToTalk: PushToTalk
  readonly #options: CallKeysOptions
  /** Whether the person moves by keys: then Space is meant for the button that has the focus, and else it only was clicked. */
  #movesByKeys = true

  constructor(options: CallKeysOptions) {
    this.#options = options
    this.pushToTalk = new PushToTalk(options.local)
    const { signal } = options
    const listen = { signal, capture: true }
    addEventListener('keydown', this.#onDown, { signal })
    addEventListener('keyup', this.#onUp, listen)
    // Moves of the focus itself cannot be followed: they are not told outside of the element that they stay in.
    addEventListener('pointerdown', () => { this.#movesByKeys = false }, listen)
    addEventListener('keydown', ({ key }) => { if (/^(Tab|Arrow)/.test(key)) this.#movesByKeys = true }, listen)
    for (const away of ['blur', 'pagehide']) addEventListener(away, () => this.pushToTalk.release(), { signal })
    document.addEventListener('visibilitychange', () => this.pushToTalk.release(), { signal })
    onAbort(signal, () => this.pushToTalk.release())
  }

  #onDown = (event: KeyboardEvent): void => {
    const path = event.composedPath()
    const key = keyOf(event)
    if (key === null || event.defaultPrevented || isTyping(path) || !this.#options.enabled()) return
    if (key === 'space') {
      if (this.#movesByKeys && isOperable(path)) return
      event.preventDefault()
      if (!event.repeat) this.pushToTalk.press()
      return
    }
    const shortcut = shortcutsOf(this.#options).find((each) => each.key === key)
    if (shortcut === undefined || event.repeat || isCovered(document)) return
    event.preventDefault()
    // Who decides by key whether to be heard has taken over from the key that is held.
    if (key === 'm' && this.pushToTalk.talking.peek()) return this.pushToTalk.release()
    void shortcut.act()
  }

  #onUp = (event: KeyboardEvent): void => {
    if (event.key !== ' ' || !this.pushToTalk.talking.peek()) return
    event.preventDefault()
    this.pushToTalk.release()
  }
}

/** Whether Space does something where the focus is. */
function isOperable(path: readonly EventTarget[]): boolean {
  return path.some((each) => each instanceof HTMLElement && each.matches('button, a[href], summary, [role="button"]'))
}
