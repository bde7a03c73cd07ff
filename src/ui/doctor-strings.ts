/** Every sentence of the examination. Apart from the others, because its dialog is loaded only when somebody asks for it. */
import type { CheckName, Finding, FindingCode, Result, Subject, Verdict } from '../room/views.ts'
import { formats } from './formats.ts'
import { language } from './language.ts'
import { errors } from './strings.ts'
import { words } from './words.ts'

const { number, plural } = formats('en')

export const doctor = words('doctor', {
  title: 'Check my connection',
  lead: 'This opens your camera and microphone for a moment and asks the relays that you use. Nobody sees or hears you, and nothing is stored. It takes less than a minute.',
  speak: 'Please say something now.',
  running: (left: number): string => plural(left, { one: 'Checking, one thing left…', other: `Checking, ${left} things left…` }),
  starting: 'Checking…',
  done: (problems: number, notes: number): string => {
    if (problems > 0) return plural(problems, { one: 'We found one problem.', other: `We found ${problems} problems.` })
    if (notes > 0) return plural(notes, { one: 'Nothing is broken. One thing is worth knowing.', other: `Nothing is broken. ${notes} things are worth knowing.` })
    return 'Everything works.'
  },
  speaker: 'Play a sound',
  speakerHint: 'Do you hear it? If not, turn up the volume or choose another loudspeaker in the system’s sound settings.',
  details: 'What was checked',
  again: 'Check again',
  report: 'Report for somebody who helps you',
  reportLead: 'It says what was checked and what came of it, and which browser you use.',
  include: 'Add names and network addresses',
  copyReport: 'Copy report',
  milliseconds: (ms: number): string => `${number(ms)} ms`,
  sides: {
    you: 'On your side', relay: 'At the relay', them: 'On their side', unknown: 'Somewhere in between', nowhere: '',
  } satisfies Record<Finding['side'], string>,
  verdicts: {
    running: 'being checked', good: 'good', note: 'worth knowing', bad: 'problem', unknown: 'not known',
  } satisfies Record<Verdict, string>,
  checks: {
    page: 'This page', camera: 'Camera', microphone: 'Microphone', relay: 'Relays', stun: 'Finding your address', 'turn-udp': 'Calls by the relay, UDP',
    'turn-tcp': 'Calls by the relay, TCP', 'turn-tls': 'Calls by the relay, TLS', udp: 'UDP in your network', tcp: 'TCP in your network',
    nat: 'Your router', ipv6: 'IPv6', person: 'People',
  } satisfies Record<CheckName, string>,
  results: {
    secure: 'secure', insecure: 'not secure', 'no-webrtc': 'the browser makes no calls', offline: 'offline',
    picture: 'gives a picture', 'no-picture': 'no picture comes', heard: 'we hear you', faint: 'only faint sounds', silent: 'complete silence',
    unmeasured: 'could not listen', unanswered: 'permission not given yet',
    'permission-refused': 'not allowed', 'device-missing': 'none found', 'device-busy': 'used by another program', 'capture-failed': 'did not start',
    'capture-unsupported': 'not possible here',
    reserved: 'connected, you can be found', reached: 'answers', 'not-a-relay': 'is no relay', forbidden: 'not allowed from this page',
    'no-answer': 'no answer', 'none-known': 'none known',
    answered: 'works', carried: 'works', allocated: 'takes calls, but carries nothing', refused: 'refuses',
    open: 'open', blocked: 'blocked', unknown: 'cannot be told',
    'nat-none': 'not in the way', 'nat-easy': 'lets direct calls through', 'nat-hard': 'makes direct calls difficult',
    'ipv6-yes': 'there', 'ipv6-no': 'not there',
    direct: 'connected directly', relayed: 'connected through a relay', unreachable: 'not connected',
    stopped: 'not finished in time',
  } satisfies Record<Result, string>,
  /** What is wrong, and what to do about it; `who` is the relay or the person that it is about. */
  findings: {
    'page-insecure': () => [
      'This page is not secure, so the browser forbids calls.',
      'Open it with https, or as localhost on the machine that runs it.',
    ],
    'no-webrtc': () => [
      'This browser cannot make calls: WebRTC is switched off.',
      'Look for an extension or a setting that blocks WebRTC, or use another browser.',
    ],
    'offline': () => [
      'You are offline.',
      'Check Wi-Fi, cable or mobile data. On one network with somebody, you can still call them without a relay: see the lobby.',
    ],
    'no-relay-known': () => [
      'No relay is known, so nobody can find you.',
      'Open Parley from a relay’s page, or use a link that names one.',
    ],
    'no-relay-answers': () => [
      'No relay answers.',
      'Check that other pages open. If they do, your network may block the relays, or they are all down: try mobile data, or ask whoever runs the relay.',
    ],
    'relay-silent': (who) => [`${who} does not answer.`, 'Nothing for you to do while another one works. Tell whoever runs it.'],
    'not-a-relay': (who) => [
      `What answers as ${who} is not a relay.`,
      'The address is out of date. Ask for the relay’s present one.',
    ],
    'relay-slow': (who) => [
      `${who} is slow to answer: it is far away, or your connection is busy.`,
      'Pause downloads. A relay closer to you would help.',
    ],
    'not-findable': () => [
      'The relays are reached, but none holds a place for you. People whom you call by address may not reach you.',
      'Wait a minute and check again. If it stays so, the relay is full: tell whoever runs it.',
    ],
    'udp-blocked': () => [
      'Your network blocks UDP.',
      'Calls then have to go through a relay by TCP, which makes them choppy. Ask whoever runs the network to allow UDP, or try another one, such as mobile data.',
    ],
    'udp-unanswered': () => [
      'The relay does not answer by UDP.',
      'Your network blocks it, or the relay’s firewall does. Calls then go through the relay by TCP and may be choppy. Check from another network, such as mobile data. If it is the same there, tell whoever runs the relay to open its UDP ports.',
    ],
    'tcp-blocked': () => [
      'Your network lets only UDP through. Calls work, but relays are harder to reach.',
      'Nothing to do as long as calls work.',
    ],
    'turn-none': () => [
      'None of your relays carries calls. People in strict networks cannot be reached.',
      'Use a relay with TURN switched on, or ask whoever runs yours.',
    ],
    'turn-refused': () => [
      'The relay refuses to carry calls for you.',
      'Reload the page for a fresh permission. If it stays so, the relay is full or set up wrongly: tell whoever runs it.',
    ],
    'turn-unreachable': () => [
      'The relay offers to carry calls, but cannot be reached for that. People in strict networks cannot be reached.',
      'Its ports are closed, or your network blocks them. Check from another network, then tell whoever runs the relay.',
    ],
    'turn-carries-nothing': () => [
      'The relay accepts calls but carries nothing.',
      'Tell whoever runs it: the relay’s own UDP ports are probably closed.',
    ],
    'nat-hard': () => [
      'Your router gives every partner another port, so some calls go through a relay.',
      'Calls work. For better quality try another network.',
    ],
    'nat-hard-alone': () => [
      'Your router makes direct calls difficult, and no relay carries calls for you. Some people will be out of reach.',
      'Try another network, such as mobile data, or use a relay with TURN.',
    ],
    'relay-only-alone': () => [
      'You allow calls through a relay only, and no relay carries calls for you. So you reach nobody.',
      'Choose another way in the settings, or use a relay with TURN.',
    ],
    'camera-failed': (_who, why) => [`Your camera does not start. ${why}`, ''],
    'camera-dark': () => [
      'Your camera is open but gives no picture.',
      'Open its cover or switch, close other programs that use it, or choose another.',
    ],
    'camera-unanswered': () => [
      'The browser waits for you to allow the camera.',
      'Allow it in the browser’s question near the page address.',
    ],
    'microphone-failed': (_who, why) => [`Your microphone does not start. ${why}`, ''],
    'microphone-silent': () => [
      'Your microphone is open but completely silent.',
      'It is muted in the system, or by a switch on the device. Unmute it in the system’s sound settings, look for a switch or key, or choose another microphone.',
    ],
    'microphone-faint': () => [
      'We heard hardly anything from your microphone.',
      'If you did speak: come closer, raise its level in the system’s sound settings, or choose another.',
    ],
    'microphone-unanswered': () => [
      'The browser waits for you to allow the microphone.',
      'Allow it in the browser’s question near the page address.',
    ],
    'muted-here': () => ['You are muted in Parley.', 'Press the microphone button when you want to be heard.'],
    'person-unheard': (who) => [
      `Nothing comes back from ${who}: their network is down, or their page is closed.`,
      'Ask them another way to check their network and to reload the page.',
    ],
    'person-policy': (who) => [
      `There is no direct way to ${who}, and your settings allow no other.`,
      'Allow relays in the settings, at least for this call.',
    ],
    'person-your-side': (who) => [
      `${who} cannot be reached because of your side: nothing gets from your network to others.`,
      'See the other findings here: solving one of them is enough.',
    ],
    'person-their-side': (who) => [
      `${who} cannot be reached, although your side is fine.`,
      'Ask them to run this check too. It will say more over there.',
    ],
    'person-no-way': (who) => [
      `There is no direct way to ${who}, and no relay carries calls for you.`,
      'Use a relay with TURN, or another network on either side.',
    ],
    'person-relayed': (who) => [
      `You and ${who} talk through a relay: no direct way was found.`,
      'Calls work. Another network on either side may give a better picture.',
    ],
    'person-relayed-tcp': (who) => [
      `You and ${who} talk through a relay by TCP, which may be choppy.`,
      'Your network blocks the better ways. Try another one.',
    ],
    'person-slow': (who) => [
      `What you say takes long to reach ${who} and back.`,
      'Pause downloads, come closer to your Wi-Fi, or use a cable.',
    ],
    'all-fine': () => [
      'Everything that we can check works.',
      'If something is still wrong, ask the other people to run this check too.',
    ],
  } as const satisfies Record<FindingCode, (who: string, why: string) => readonly [what: string, advice: string]>,
  /** How somebody is called who has no name here, and a relay by its name. */
  relay: { numbered: (position: number): string => `relay ${position}`, named: (name: string): string => `the relay ${name}`, short: (position: number): string => `Relay ${position}` },
  person: { numbered: (position: number): string => `person ${position}`, short: (position: number): string => `Person ${position}` },
})

export const { sides, verdicts, checks, results } = doctor

/** A finding in words, with the subject called by `nameOf`. */
export function findingSentences({ code, subject, error }: Finding, nameOf: (subject: Subject) => string): { what: string, advice: string } {
  const [what, advice] = doctor.findings[code](subject === null ? '' : nameOf(subject), error === null ? '' : errors[error])
  return { what: what[0] === undefined ? '' : what[0].toLocaleUpperCase(language.value) + what.slice(1), advice }
}

/** How the person sees a relay or somebody in the call: by its name where there is one. */
export function fullName({ kind, number, label }: Subject): string {
  if (label !== '') return kind === 'relay' ? doctor.relay.named(label) : label
  return doctor[kind].numbered(number)
}

/** The same where there is little room. */
export function shortName({ kind, number, label }: Subject): string {
  if (label !== '') return label
  return doctor[kind].short(number)
}

/** The same without anything that tells strangers who it is. */
export function namelessName({ kind, number }: Subject): string {
  return doctor[kind].numbered(number)
}
