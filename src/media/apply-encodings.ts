import { createLog } from '../util/log.ts'
import type { EncodingPlan, VideoEncoding } from './encodings.ts'
import type { Sections } from './transceivers.ts'

const log = createLog('encodings')

/** How often parameters are offered to a sender that refuses them, and the time between, milliseconds. */
const MAX_ATTEMPTS = 5
const RETRY_MS = 300

/** What we set of one sender's parameters. */
interface SenderSettings {
  encoding: Partial<RTCRtpEncodingParameters>
  degradationPreference?: RTCDegradationPreference
}

/** The last call for each sender: settings are applied one after the other. */
const turns = new WeakMap<RTCRtpSender, Promise<void>>()

/** Applies a plan to the senders of one connection; those that already do what it says are left alone. Never rejects. */
export async function applyEncodings(sections: Sections, plan: EncodingPlan): Promise<void> {
  await Promise.all([
    apply(sections.microphone.sender, audio(plan.audio.maxBitrateBps, 'high')),
    apply(sections.camera.sender, { encoding: video(plan.camera, 'low'), degradationPreference: 'maintain-framerate' }),
    apply(sections.screen.sender, { encoding: video(plan.screen, 'medium'), degradationPreference: 'maintain-resolution' }),
    apply(sections.screenAudio.sender, audio(plan.screenAudio.maxBitrateBps, 'medium')),
  ])
}

function audio(maxBitrate: number, priority: RTCPriorityType): SenderSettings {
  return { encoding: { maxBitrate, priority, networkPriority: priority } }
}

function video(plan: VideoEncoding, priority: RTCPriorityType): Partial<RTCRtpEncodingParameters> {
  const { active, maxBitrateBps, maxFramerate, scaleResolutionDownBy } = plan
  return { active, maxBitrate: maxBitrateBps, maxFramerate, scaleResolutionDownBy, priority, networkPriority: priority }
}

function apply(sender: RTCRtpSender, settings: SenderSettings): Promise<void> {
  const turn = (turns.get(sender) ?? Promise.resolve()).then(() => set(sender, settings))
  turns.set(sender, turn)
  return turn
}

async function set(sender: RTCRtpSender, { encoding, degradationPreference }: SenderSettings, attempt = 1): Promise<void> {
  try {
    const parameters = sender.getParameters()
    const [first] = parameters.encodings
    if (first === undefined) return
    const preferenceKept = degradationPreference === undefined || parameters.degradationPreference === degradationPreference
    if (preferenceKept && covers(first, encoding)) return
    Object.assign(first, encoding)
    if (degradationPreference !== undefined) parameters.degradationPreference = degradationPreference
    await sender.setParameters(parameters)
  } catch (error) {
    // Around a negotiation Chromium takes its own parameters for modified ones: a moment later it takes them.
    if (attempt < MAX_ATTEMPTS && (error as Error).name === 'InvalidModificationError') {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      return set(sender, { encoding, ...(degradationPreference && { degradationPreference }) }, attempt + 1)
    }
    // InvalidStateError: the connection was closed, and nobody needs the plan any more.
    log.debug('encodings not set', (error as Error).name)
  }
}

function covers(present: RTCRtpEncodingParameters, wanted: Partial<RTCRtpEncodingParameters>): boolean {
  const have = new Map<string, unknown>(Object.entries(present))
  return Object.entries(wanted).every(([key, value]) => have.get(key) === value)
}
