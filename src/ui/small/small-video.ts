import type { RoomView } from '../../room/views.ts'
import { onAbort, type Lifetime } from '../../util/abort.ts'
import { effect, type ReadonlySignal } from '../../util/signals.ts'
import { seenElsewhere } from '../stage/seen-elsewhere.ts'
import { Spotlight } from '../stage/spotlight.ts'
import { viewSize } from '../stage/view-report.ts'
import { sizesSeen, whomToShow } from './whom-to-show.ts'

/** What such windows usually are, CSS pixels: the browser does not tell in time. */
const USUAL = { width: 320, height: 180 }

/**
 * Shows the speaker's video, and nothing else, in the browser's own small window until the signal aborts; rejects when the
 * browser refuses, also for want of any video.
 *
 * @param onClose called when the person has closed it
 */
export async function openSmallVideo(room: RoomView, audioOnly: ReadonlySignal<boolean>, { signal, onClose }: Lifetime & { onClose: () => void }): Promise<void> {
  const video = document.createElement('video')
  Object.assign(video, { muted: true, playsInline: true, autoplay: true })
  // Some browsers show only what is laid out.
  Object.assign(video.style, { position: 'fixed', inset: 'auto auto 0 0', width: '1px', height: '1px', opacity: '0', pointerEvents: 'none' })
  document.body.append(video)
  const spotlight = new Spotlight(room.participants, { signal })
  const stop = effect(() => {
    const shown = whomToShow(room.participants.value, spotlight.active.value)
    const stream = shown === null || (shown.what === 'camera' && audioOnly.value) ? null : shown.person.state.value[shown.what]
    if (video.srcObject !== stream) video.srcObject = stream
    if (shown === null) return
    const seen = viewSize(USUAL, window.devicePixelRatio)
    seenElsewhere.value = new Map([[shown.person.peer, sizesSeen(shown, seen, audioOnly.value)]])
  })
  onAbort(signal, () => {
    stop()
    seenElsewhere.value = new Map()
    if (document.pictureInPictureElement === video) void document.exitPictureInPicture()
    video.srcObject = null
    video.remove()
  })
  video.addEventListener('leavepictureinpicture', onClose, { signal })
  if (video.readyState === 0 && video.srcObject !== null) await new Promise((resolve) => video.addEventListener('loadedmetadata', resolve, { once: true, signal }))
  await video.requestPictureInPicture()
}
