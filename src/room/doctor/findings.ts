/** From what was observed to what is wrong, on whose side, and hence what to do. Pure. */
import { personFindings } from './person-findings.ts'
import { isReached, roundTrip, tcpReach, turnReach, udpReach, udpWitnesses } from './reach.ts'
import type { Finding, FindingCode, Observations, Subject } from './types.ts'

/** A round trip to the relay above this makes joining slow, and calls through it hard to talk in, milliseconds. */
const SLOW_RELAY_MS = 300

type Placed = Omit<Finding, 'code' | 'subject' | 'error'>

/** How serious each finding is, and on whose side its cause. */
const PLACES: Readonly<Record<FindingCode, Placed>> = {
  'page-insecure': { severity: 'problem', side: 'relay' },
  'no-webrtc': { severity: 'problem', side: 'you' },
  'offline': { severity: 'problem', side: 'you' },
  'no-relay-known': { severity: 'problem', side: 'you' },
  'no-relay-answers': { severity: 'problem', side: 'unknown' },
  'relay-silent': { severity: 'note', side: 'relay' },
  'not-a-relay': { severity: 'note', side: 'relay' },
  'relay-slow': { severity: 'note', side: 'unknown' },
  'not-findable': { severity: 'note', side: 'relay' },
  'udp-blocked': { severity: 'problem', side: 'you' },
  'udp-unanswered': { severity: 'problem', side: 'unknown' },
  'tcp-blocked': { severity: 'note', side: 'you' },
  'turn-none': { severity: 'note', side: 'relay' },
  'turn-refused': { severity: 'note', side: 'relay' },
  'turn-unreachable': { severity: 'note', side: 'unknown' },
  'turn-carries-nothing': { severity: 'note', side: 'relay' },
  'nat-hard': { severity: 'note', side: 'you' },
  'nat-hard-alone': { severity: 'problem', side: 'you' },
  'relay-only-alone': { severity: 'problem', side: 'you' },
  'camera-failed': { severity: 'problem', side: 'you' },
  'camera-dark': { severity: 'problem', side: 'you' },
  'camera-unanswered': { severity: 'note', side: 'you' },
  'microphone-failed': { severity: 'problem', side: 'you' },
  'microphone-silent': { severity: 'problem', side: 'you' },
  'microphone-faint': { severity: 'note', side: 'you' },
  'microphone-unanswered': { severity: 'note', side: 'you' },
  'muted-here': { severity: 'note', side: 'you' },
  'person-unheard': { severity: 'problem', side: 'them' },
  'person-policy': { severity: 'problem', side: 'you' },
  'person-your-side': { severity: 'problem', side: 'you' },
  'person-their-side': { severity: 'problem', side: 'them' },
  'person-no-way': { severity: 'problem', side: 'unknown' },
  'person-relayed': { severity: 'note', side: 'unknown' },
  'person-relayed-tcp': { severity: 'note', side: 'you' },
  'person-slow': { severity: 'note', side: 'unknown' },
  'all-fine': { severity: 'fine', side: 'nowhere' },
}

/** What follows from the observations, the most serious first; never empty. */
export function findingsOf(observed: Observations): Finding[] {
  // Without these nothing else can work, and what fails because of them is no news.
  if (observed.page === 'insecure') return [finding('page-insecure')]
  if (observed.page === 'no-webrtc') return [finding('no-webrtc')]
  const people = personFindings(observed).map(({ code, subject }) => finding(code, subject))
  const all = [...networkFindings(observed), ...deviceFindings(observed), ...people]
  if (all.length === 0) return [finding('all-fine')]
  const isProblem = ({ severity }: Finding): boolean => severity === 'problem'
  return [...all.filter(isProblem), ...all.filter((each) => !isProblem(each))]
}

function networkFindings(observed: Observations): Finding[] {
  const { relays, onLine } = observed
  if (!onLine) return [finding('offline')]
  if (relays === null) return []
  if (relays.length === 0) return [finding('no-relay-known')]
  if (!relays.some(isReached)) return [finding('no-relay-answers')]
  const single = relays.flatMap((relay): Finding[] => {
    if (!isReached(relay)) return [finding('relay-silent', relay.subject)]
    if (relay.isRelay === false) return [finding('not-a-relay', relay.subject)]
    return (roundTrip(relay) ?? 0) >= SLOW_RELAY_MS ? [finding('relay-slow', relay.subject)] : []
  })
  const reserved = relays.some((relay) => relay.reserved)
  return [...udpFindings(observed), ...turnFindings(observed), ...single, ...reserved ? [] : [finding('not-findable')]]
}

function udpFindings(observed: Observations): Finding[] {
  if (udpReach(observed) === 'blocked') return [finding(udpWitnesses(observed) > 1 ? 'udp-blocked' : 'udp-unanswered')]
  return tcpReach(observed) === 'blocked' ? [finding('tcp-blocked')] : []
}

function turnFindings(observed: Observations): Finding[] {
  const { nat, policy } = observed
  const turn = turnReach(observed)
  if (turn === 'carries') return nat === 'hard' && policy === 'all' ? [finding('nat-hard')] : []
  if (turn === 'unknown') return []
  const causes = { 'carries-nothing': 'turn-carries-nothing', refuses: 'turn-refused', silent: 'turn-unreachable', none: 'turn-none' } as const
  const found = [finding(causes[turn])]
  if (policy === 'relay') return [finding('relay-only-alone'), ...found]
  return nat === 'hard' ? [finding('nat-hard-alone'), ...found] : found
}

function deviceFindings({ camera, microphone, mutedHere }: Observations): Finding[] {
  const found: Finding[] = []
  switch (camera) {
    case null:
    case 'picture': break
    case 'no-picture': found.push(finding('camera-dark')); break
    case 'unanswered': found.push(finding('camera-unanswered')); break
    default: found.push({ ...finding('camera-failed'), error: camera })
  }
  switch (microphone) {
    case null:
    case 'heard':
    case 'unmeasured': break
    case 'faint': found.push(finding('microphone-faint')); break
    case 'silent': found.push(finding('microphone-silent')); break
    case 'unanswered': found.push(finding('microphone-unanswered')); break
    default: found.push({ ...finding('microphone-failed'), error: microphone })
  }
  return mutedHere ? [...found, finding('muted-here')] : found
}

function finding(code: FindingCode, subject: Subject | null = null): Finding {
  return { code, subject, error: null, ...PLACES[code] }
}
