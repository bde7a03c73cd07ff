import type { CallViews, LocalMedia } from '../../room/views.ts'
import { onAbort, type Lifetime } from '../../util/abort.ts'
import { createLog } from '../../util/log.ts'
import { signal, type ReadonlySignal, type Signal } from '../../util/signals.ts'
import { controlStrings } from '../control-strings.ts'

const log = createLog('ui')

/** https://wicg.github.io/document-picture-in-picture/ */
interface DocumentPictureInPicture {
  requestWindow(options: { width: number, height: number }): Promise<Window & typeof globalThis>
}

declare global {
  // Not yet among TypeScript's own.
  var documentPictureInPicture: DocumentPictureInPicture | undefined
}

/** Size of the window at first, CSS pixels; later the browser remembers the person's. */
const SIZE = { width: 400, height: 300 }

export interface SmallWindowOptions extends Lifetime {
  views: CallViews
  local: LocalMedia
  /** Whether, to save data, nobody's camera is to be seen. */
  audioOnly: ReadonlySignal<boolean>
  /** Leaves the call, after a question if need be. */
  leave: () => void
  /** Tells the person what did not work. */
  say: (sentence: string) => void
}

/**
 * The call in a small window that stays in front of other programs: a page of its own where the browser has such windows, else
 * the speaker's video alone, which phones have. Closes with its lifetime.
 */
export class SmallWindow {
  /** Whether this browser has either. */
  readonly isPossible: boolean
  readonly #options: SmallWindowOptions
  readonly #open: Signal<boolean> = signal(false)
  #close: () => void = () => undefined

  constructor(options: SmallWindowOptions) {
    this.#options = options
    this.isPossible = globalThis.documentPictureInPicture !== undefined || document.pictureInPictureEnabled === true
    onAbort(options.signal, () => this.close())
    if (this.isPossible) this.#offer()
  }

  get isOpen(): ReadonlySignal<boolean> { return this.#open }

  /** Opens the window, or says why not. Must be called from a click or a key. Never rejects. */
  async open(): Promise<void> {
    try {
      await this.#tryToOpen()
    } catch (error) {
      log.debug('no small window', error)
      const isEmpty = error instanceof DOMException && error.name === 'InvalidStateError'
      if (!this.#options.signal.aborted) this.#options.say(isEmpty ? controlStrings.view.noPicture : controlStrings.view.noSmall)
    }
  }

  close(): void {
    this.#close()
  }

  toggle(): void {
    if (this.#open.peek()) this.close()
    else void this.open()
  }

  async #tryToOpen(): Promise<void> {
    if (this.#open.peek() || !this.isPossible || this.#options.signal.aborted) return
    await (globalThis.documentPictureInPicture === undefined ? this.#openVideo() : this.#openWindow(globalThis.documentPictureInPicture))
  }

  async #openWindow(pictureInPicture: DocumentPictureInPicture): Promise<void> {
    // First of all: what a click allows is not allowed for long.
    const small = await pictureInPicture.requestWindow(SIZE)
    const ended = this.#begin(() => small.close())
    small.addEventListener('pagehide', ended)
    try {
      const { SmallCall } = await import('./small-call.ts')
      // Closed meanwhile, it will not say so again: what it showed would be followed for ever.
      if (small.closed) return
      const { lang, dir } = document.documentElement
      Object.assign(small.document.documentElement, { lang, dir })
      small.document.title = document.title
      // By script, since the page's security policy, which the window inherits, refuses styles in markup.
      Object.assign(small.document.body.style, { margin: '0', height: '100vh', overflow: 'hidden' })
      const { views, local, audioOnly, leave } = this.#options
      const call = Object.assign(new SmallCall(), { views, local, audioOnly, leave, back: () => this.#back() })
      small.document.body.append(call)
      // Only then is what is shown taken away, and with it what the others send for it.
      small.addEventListener('pagehide', () => call.remove())
    } catch (error) {
      small.close()
      throw error
    }
  }

  async #openVideo(): Promise<void> {
    const { openSmallVideo } = await import('./small-video.ts')
    const controller = new AbortController()
    const ended = this.#begin(() => controller.abort())
    onAbort(controller.signal, ended)
    try {
      await openSmallVideo(this.#options.views.room, this.#options.audioOnly, { signal: controller.signal, onClose: () => controller.abort() })
    } catch (error) {
      controller.abort()
      throw error
    }
  }

  /** Notes that the window is open; what is returned notes that it is not any more. */
  #begin(close: () => void): () => void {
    this.#open.value = true
    this.#close = close
    if (this.#options.signal.aborted) close()
    return () => {
      this.#open.value = false
      this.#close = () => undefined
    }
  }

  #back(): void {
    this.close()
    window.focus()
  }

  /** Browsers that can open it by themselves when the person turns to another page. */
  #offer(): void {
    const set = (handler: (() => void) | null): void => {
      try {
        navigator.mediaSession?.setActionHandler('enterpictureinpicture' as MediaSessionAction, handler)
      } catch (error) {
        log.debug('the small window opens on request only', error)
      }
    }
    // Nobody has asked for it then, and nobody is told when there is nothing to show.
    set(() => void this.#tryToOpen().catch((error: unknown) => log.debug('no small window', error)))
    onAbort(this.#options.signal, () => set(null))
  }
}
