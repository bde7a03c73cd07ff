import { createLog } from '../../util/log.ts'
import type { EncodingPlan, VideoEncoding } from './encodings.ts'
import type { Sections } from '../link/transceivers.ts'
import type { AudioLimit } from './uplink.ts'

const log = createLog('encodings')

/** How often parameters are offered to a sender that refuses them, and the time between, milliseconds. */
const MAX_ATTEMPTS = 5
const RETRY_MS = 300

/** What we set of one sender's parameters. */
interface SenderSettings {
  encoding: Partial<Encoding>
  degradationPreference?: RTCDegradationPreference
}

/** With what TypeScript does not know yet. https://www.w3.org/TR/webrtc-extensions/#rtcrtpencodingparameters-attributes */
interface Encoding extends RTCRtpEncodingParameters {
  adaptivePtime?: boolean
  codec?: RTCRtpCodec
}

/** Beside these there are only codecs of pictures among a video sender's. */
const NO_PICTURES = /\/(?:rtx|red|ulpfec|flexfec-03)$/i

/** The last call for each sender: settings are applied one after the other. */
const turns = new WeakMap<RTCRtpSender, Promise<void>>()

/** Applies a plan to the senders of one connection; those that already do what it says are left alone. Never rejects. */
export async function applyEncodings(sections: Sections, plan: EncodingPlan): Promise<void> {
  await Promise.all([
    apply(sections.microphone.sender, speech(plan.audio)),
    apply(sections.camera.sender, video(plan.camera, 'low')),
    apply(sections.screen.sender, video(plan.screen, 'medium')),
    apply(sections.screenAudio.sender, { encoding: { maxBitrate: plan.screenAudio.maxBitrateBps, ...urgency('medium') } }),
  ])
}

function speech({ maxBitrateBps, adaptivePtime }: AudioLimit): SenderSettings {
  return { encoding: { maxBitrate: maxBitrateBps, adaptivePtime, ...urgency('high') } }
}

function video(plan: VideoEncoding, priority: RTCPriorityType): SenderSettings {
  const { active, maxBitrateBps, maxFramerate, scaleResolutionDownBy, degradationPreference } = plan
  return { encoding: { active, maxBitrate: maxBitrateBps, maxFramerate, scaleResolutionDownBy, ...urgency(priority) }, degradationPreference }
}

/** Before others in the browser's own queue, and in those of routers that look at DSCP. */
function urgency(priority: RTCPriorityType): Partial<Encoding> {
  return { priority, networkPriority: priority }
}

function apply(sender: RTCRtpSender, settings: SenderSettings): Promise<void> {
  return inTurn(sender, () => set(sender, settings))
}

/** Runs what changes a sender's parameters after whatever else does; it must not reject. */
export function inTurn(sender: RTCRtpSender, change: () => Promise<void>): Promise<void> {
  const turn = (turns.get(sender) ?? Promise.resolve()).then(change)
  turns.set(sender, turn)
  return turn
}

async function set(sender: RTCRtpSender, settings: SenderSettings): Promise<void> {
  try {
    await insist(() => offer(sender, settings))
  } catch (error) {
    // InvalidStateError: the connection was closed, and nobody needs the plan any more.
    log.debug('encodings not set', (error as Error).name)
  }
}

/**
 * Makes a change of a sender's parameters, also where it is refused at first: around a negotiation browsers take their own
 * parameters for modified ones, and a moment later they take them. The change reads them anew each time.
 *
 * @throws what the change throws in the end
 */
export async function insist(change: () => Promise<void>, attempt = 1): Promise<void> {
  try {
    await change()
  } catch (error) {
    if (attempt === MAX_ATTEMPTS || (error as Error).name !== 'InvalidModificationError') throw error
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    await insist(change, attempt + 1)
  }
}

async function offer(sender: RTCRtpSender, { encoding, degradationPreference }: SenderSettings): Promise<void> {
  const parameters = sender.getParameters()
  const first: Encoding | undefined = parameters.encodings[0]
  if (first === undefined) return
  const preferenceKept = degradationPreference === undefined || parameters.degradationPreference === degradationPreference
  // The codec in use comes first among the parameters, so that with another one set there would be yet another.
  const codec = encoding.active === false ? first.codec ?? standIn(parameters) : undefined
  if (preferenceKept && covers(first, encoding) && first.codec?.mimeType === codec?.mimeType) return
  Object.assign(first, encoding)
  if (codec === undefined) delete first.codec
  else first.codec = codec
  if (degradationPreference !== undefined) parameters.degradationPreference = degradationPreference
  await sender.setParameters(parameters)
}

/**
 * Another codec than the one in use, for a sender that rests: with a change of codec Chromium forgets the packets that it has
 * sent. It would use them for padding when a link is repaired, and whoever has missed them would play them first, as late
 * as they are, and everything after them as late. Where there is no choice of codec nothing is forgotten.
 */
function standIn({ codecs }: RTCRtpSendParameters): RTCRtpCodec | undefined {
  const pictures = codecs.filter(({ mimeType }) => !NO_PICTURES.test(mimeType))
  const other = pictures.find(({ mimeType }) => mimeType !== pictures[0]?.mimeType)
  return other && { mimeType: other.mimeType, clockRate: other.clockRate, ...other.sdpFmtpLine !== undefined && { sdpFmtpLine: other.sdpFmtpLine } }
}

function covers(present: Encoding, wanted: Partial<Encoding>): boolean {
  const have = new Map<string, unknown>(Object.entries(present))
  // A browser that does not know adaptivePtime has it off.
  return Object.entries(wanted).every(([key, value]) => (have.get(key) ?? false) === value)
}
