import { createLog } from '../util/log.ts'
import { signal, type ReadonlySignal } from '../util/signals.ts'

const log = createLog('ui')
const full = signal(false)

globalThis.document?.addEventListener('fullscreenchange', () => { full.value = document.fullscreenElement !== null })

/** Whether the page has the whole screen. */
export const isFullScreen: ReadonlySignal<boolean> = full

/** Whether this browser gives pages the whole screen: iPhones do not. */
export const canFullScreen = (): boolean => document.fullscreenEnabled === true

/** Takes the whole screen, or gives it back. Must be called from a click or a key. */
export async function toggleFullScreen(): Promise<void> {
  try {
    if (document.fullscreenElement !== null) await document.exitFullscreen()
    else await document.documentElement.requestFullscreen({ navigationUI: 'hide' })
  } catch (error) {
    // The person sees that nothing has happened, and there is nothing else to be done about it.
    log.debug('no full screen', error)
  }
}
