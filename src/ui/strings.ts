/** Every sentence that a person reads, in English; `languages/` has the others. */
import { formats } from './formats.ts'
import { words } from './words.ts'

export { errors } from './error-strings.ts'

/** Sentences about how we stand with the network. */
export const network = words('network', {
  loading: 'Getting ready…',
  starting: 'Getting ready…',
  connecting: 'Connecting…',
  online: 'Connected',
  thin: 'Slow connection',
  paused: 'Slow connection: your video is paused so that you can be heard',
  offline: 'You are offline',
})

const { list, plural, number } = formats('en')

/** Everything else, by the place where it stands. */
export const strings = words('app', {
  product: 'Parley',
  guest: 'Guest',
  you: 'You',
  close: 'Close',
  tryAgain: 'Try again',
  copy: 'Copy',
  sendLink: 'Send link',
  copied: 'Copied',
  showCode: 'Show QR code',
  hideCode: 'Hide QR code',
  codeLabel: (what: string): string => `QR code: ${what}`,

  lobby: {
    title: 'Talk face to face.',
    lead: 'No account, nothing to install. Your call goes straight to the people in it, and only they can see and hear it.',
    invited: (topic: string): string => `You are invited to “${topic}”`,
    invitedLead: 'Check how you look, then join. You can come without camera and microphone, too.',
    name: 'Your name',
    namePlaceholder: 'What should others see?',
    topic: 'Name of the call',
    topicPlaceholder: 'for example: sunday coffee',
    isPrivate: 'Private: only people who have this link can enter.',
    isPublic: 'A public square: anyone who knows or guesses the name can enter. For a private talk, start a new call.',
    topicHint: 'Everyone who types the same name meets there.',
    join: 'Join',
    joining: 'Joining…',
    newCall: 'Start a new private call',
    newLink: 'Get a link to send first',
    made: 'Your call is ready',
    madeLead: 'Send this link to whoever should come. Join when you like: the call is there whenever somebody is in it.',
    whoIsThere: 'Who is there?',
    looking: 'Looking…',
    nobodyThere: 'Nobody is there yet.',
    areThere: (names: readonly string[], more: number): string => {
      const all = more === 0 ? names : [...names, plural(more, { one: '1 other', other: `${number(more)} others` })]
      return `${list(all)} ${plural(names.length + more, { one: 'is', other: 'are' })} there`
    },
    settings: 'Settings and help',
    others: 'Other ways to a call, and settings',
    or: 'or',
  },
  preview: {
    label: 'How others will see you',
    off: 'Turn on your camera to see how you look',
    without: 'You can also join without it.',
    starting: 'Starting your camera…',
    cameraOn: 'Turn on camera',
    cameraOff: 'Turn off camera',
    microphoneOn: 'Turn on microphone',
    microphoneOff: 'Turn off microphone',
    level: 'Microphone level',
    speak: 'Say something: the bar should move.',
    silent: 'We hear nothing. Is it muted on the headset, or is another microphone the right one?',
  },
  devices: {
    camera: 'Camera',
    microphone: 'Microphone',
    screen: 'Screen',
    unnamed: (kind: string, position: number): string => `${kind} ${position}`,
    settings: 'Settings',
    language: 'Language',
    closed: 'Turn on your camera or microphone to choose which one to use.',
  },
  direct: {
    title: 'Call someone directly',
  },
  codes: {
    title: 'Call without a relay',
    titleInCall: 'Let somebody in by code',
  },
  trouble: {
    check: 'Check my connection',
    why: 'Find out why',
    network: 'You are not connected.',
    person: (name: string): string => `${name} cannot be reached.`,
    device: 'Your camera or microphone does not start.',
    notLoaded: 'This could not be loaded. Try again when you are online.',
  },
  ring: {
    title: (name: string): string => `${name} is calling`,
  },
  call: {
    link: 'Link to this call',
    screenRefused: 'Your screen is not shared.',
  },
  tile: {
    connecting: 'Connecting…',
    reconnecting: 'Reconnecting…',
    unreachable: (name: string, others: boolean): string => `No connection to ${name}.${others ? ' The others are not affected.' : ''} Still trying.`,
    direct: 'Direct connection',
    directTcp: 'Direct connection (TCP)',
    relayed: (host: string, protocol: string): string => host === '' ? `Through a relay (${protocol})` : `Through relay ${host} (${protocol})`,
    roundTrip: (path: string, ms: number): string => `${path}, ${number(ms)} ms`,
    muted: 'Microphone off',
    held: 'Video paused: slow connection',
    screen: (name: string): string => `${name}’s screen`,
    own: (name: string): string => name === '' ? 'You' : `${name} (you)`,
    ownPicture: 'Your picture',
    ownFloating: 'Your picture. The arrow keys move it to another corner.',
    speaking: 'Speaking',
    poor: 'Poor connection',
    cameraOff: 'Camera off',
    silenced: 'Muted for you',
    pin: 'Pin',
    unpin: 'Unpin',
    menu: (name: string): string => `More about ${name}`,
    silence: 'Mute for me',
    volume: 'Volume…',
    fullScreen: 'Full screen',
  },
})
