import type { ParticipantView, ViewSize } from '../../room/views.ts'
import { onAbort } from '../../util/abort.ts'
import { effect, untracked } from '../../util/signals.ts'
import { seenElsewhere } from './seen-elsewhere.ts'

/** Resizing reports at most this often, milliseconds: a sender should not chase a window that is being dragged. */
const REPORT_PAUSE_MS = 200

const HIDDEN: ViewSize = { width: 0, height: 0 }

/** The size in device pixels at which a box of CSS pixels is seen. */
export function viewSize(box: { width: number, height: number }, pixelRatio: number): ViewSize {
  return { width: Math.round(box.width * pixelRatio), height: Math.round(box.height * pixelRatio) }
}

/**
 * Tells one participant at which size its videos are seen, now and after every change; 0 x 0 while the page is hidden
 * and there is no small window in its place.
 * Ended by its signal.
 */
export class ViewReport {
  readonly #participant: ParticipantView
  readonly #observer = new ResizeObserver(() => this.#schedule())
  /** Undefined before anything is known of them. */
  #camera: Element | null | undefined
  #screen: Element | null | undefined
  #last = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(participant: ParticipantView, signal: AbortSignal) {
    this.#participant = participant
    document.addEventListener('visibilitychange', () => this.#report(), { signal })
    onAbort(signal, effect(() => {
      void seenElsewhere.value
      // Before anything was shown there is nothing to say.
      untracked(() => { if (this.#last !== '') this.#report() })
    }))
    signal.addEventListener('abort', () => {
      this.#observer.disconnect()
      clearTimeout(this.#timer)
    }, { once: true })
  }

  /** Says which elements show the participant's camera and screen; null where it is not shown. */
  watch(camera: Element | null, screen: Element | null): void {
    if (camera === this.#camera && screen === this.#screen) return
    this.#observer.disconnect()
    // Every observation starts with a call, so that the change is reported even when no size changes.
    for (const element of [camera, screen]) if (element !== null) this.#observer.observe(element)
    if (camera === null && screen === null) this.#schedule()
    this.#camera = camera
    this.#screen = screen
  }

  #schedule(): void {
    // The very first report goes out at once: the sender waits for it before it chooses a resolution.
    if (this.#last === '') return this.#report()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#report(), REPORT_PAUSE_MS)
  }

  #report(): void {
    const elsewhere = seenElsewhere.peek().get(this.#participant.peer)
    const camera = larger(this.#sizeOf(this.#camera), elsewhere?.camera)
    const screen = larger(this.#sizeOf(this.#screen), elsewhere?.screen)
    const text = `${camera.width}x${camera.height} ${screen.width}x${screen.height}`
    if (text === this.#last) return
    this.#last = text
    this.#participant.showAt(camera, screen)
  }

  #sizeOf(element: Element | null | undefined): ViewSize {
    if (element === null || element === undefined || document.hidden) return HIDDEN
    return viewSize(element.getBoundingClientRect(), window.devicePixelRatio)
  }
}

function larger(one: ViewSize, other = HIDDEN): ViewSize {
  return one.width * one.height >= other.width * other.height ? one : other
}
