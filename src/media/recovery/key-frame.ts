import { createLog } from '../../util/log.ts'

const log = createLog('key-frame')

/** Key frames are large: a peer gets no more than one in this time, milliseconds. */
const MIN_PAUSE_MS = 500

/** When each sender was last made to send one, milliseconds of a monotonic clock. */
const sentAt = new WeakMap<RTCRtpSender, number>()

/**
 * Makes a sender's next picture one that can be decoded without those before it; at most twice a second. Never rejects.
 * Where the browser cannot be asked, the encoder starts anew with a key frame when its track is taken away and given back.
 */
export async function sendKeyFrame(sender: RTCRtpSender, nowMs: number): Promise<void> {
  const { track } = sender
  if (track === null || nowMs - (sentAt.get(sender) ?? -Infinity) < MIN_PAUSE_MS) return
  sentAt.set(sender, nowMs)
  try {
    const parameters = sender.getParameters()
    const options = new KeyFrameOptions(parameters.encodings.length)
    await sender.setParameters(parameters, options)
    if (options.understood) return
    await sender.replaceTrack(null)
    // Another track may have been put in meanwhile, which brings a key frame of its own.
    if (sender.track === null) await sender.replaceTrack(track)
  } catch (error) {
    log.debug('no key frame', (error as Error).name)
  }
}

/** https://w3c.github.io/webrtc-extensions/#dom-rtcsetparameteroptions. A browser reads only the members that it knows. */
class KeyFrameOptions implements RTCSetParameterOptions {
  understood = false
  readonly #encodings: number

  constructor(encodings: number) {
    this.#encodings = encodings
  }

  get encodingOptions(): { keyFrame: boolean }[] {
    this.understood = true
    return Array.from({ length: this.#encodings }, () => ({ keyFrame: true }))
  }
}
