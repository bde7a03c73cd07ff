import { createLog } from '../../util/log.ts'
import { insist, inTurn } from '../uplink/apply-encodings.ts'

const log = createLog('key-frame')

/** Key frames are large: a peer gets no more than one in this time, milliseconds. */
const MIN_PAUSE_MS = 500

/** When each sender was last made to send one, milliseconds of a monotonic clock. */
const sentAt = new WeakMap<RTCRtpSender, number>()

/**
 * Makes a sender's next picture one that can be decoded without those before it; at most twice a second. Never rejects.
 * Where the browser cannot be asked, the encoder starts anew with a key frame when it has rested for an instant. (Firefox 153
 * goes on as if nothing had happened when the track is taken away and given back.)
 */
export async function sendKeyFrame(sender: RTCRtpSender, nowMs: number): Promise<void> {
  if (sender.track === null || nowMs - (sentAt.get(sender) ?? -Infinity) < MIN_PAUSE_MS) return
  sentAt.set(sender, nowMs)
  await inTurn(sender, () => startAnew(sender))
}

async function startAnew(sender: RTCRtpSender): Promise<void> {
  try {
    const parameters = sender.getParameters()
    const options = new KeyFrameOptions(parameters.encodings.length)
    await sender.setParameters(parameters, options)
    if (options.understood || parameters.encodings[0]?.active !== true) return
    await rest(sender, true)
    // A refusal here would leave it resting.
    await insist(() => rest(sender, false))
  } catch (error) {
    log.debug('no key frame', (error as Error).name)
  }
}

/** The sender's parameters are read anew each time: those that were read before a change are refused. */
async function rest(sender: RTCRtpSender, resting: boolean): Promise<void> {
  const parameters = sender.getParameters()
  for (const encoding of parameters.encodings) encoding.active = !resting
  await sender.setParameters(parameters)
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
