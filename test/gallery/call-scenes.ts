import type { PeerKey } from '../../src/room/views.ts'
import type { Play, Scene } from './play.ts'

const in2 = async (play: Play): Promise<Play> => (await play.join()).others(1)
const in6 = async (play: Play): Promise<Play> => (await play.join()).others(5)

export const CALL: Readonly<Record<string, Scene>> = {
  'call-alone': { title: 'Nobody else is here yet', show: (play) => play.join() },
  'call-two': { title: 'Two people', sizes: ['wide', 'phone', 'flat', 'small'], show: in2 },
  'call-three': { title: 'Three people', show: async (play) => (await play.join()).others(2) },
  'call-six': { title: 'Six people, one of whom speaks', sizes: ['wide', 'phone', 'flat'], show: async (play) => speak(await in6(play), 2) },
  'call-twelve': { title: 'More people than fit well', show: async (play) => (await play.join()).others(11) },
  'call-speaker-view': {
    title: 'Six people, the speaker large',
    show: async (play) => {
      play.harness.fake.parley.settings.setStage({ view: 'speaker' })
      speak(await in6(play), 1)
    },
  },
  'call-own-hidden': {
    title: 'Three people, and our own picture hidden',
    show: async (play) => {
      play.harness.fake.parley.settings.setStage({ ownPicture: 'hidden' })
      ;(await play.join()).others(2)
    },
  },
  'call-screen': { title: 'A shared screen among six', show: async (play) => sharing(await in6(play), 1) },
  'call-two-screens': { title: 'Two shared screens', show: async (play) => sharing(await in6(play), 2) },
  'call-states': {
    title: 'Every state that a tile can be in',
    show: async (play) => {
      await play.join()
      const dark = { microphone: true, camera: false, screen: false }
      play.other('Ben', { media: { microphone: false, camera: true, screen: false } })
      play.other('Carla', { name: 'Carla, camera off', camera: null, media: dark })
      play.other('Deniz', { name: 'Deniz comes', connection: 'connecting', camera: null, path: null })
      play.other('Emi', { name: 'Emi comes back', connection: 'reconnecting' })
      play.other('Femi', { name: 'Femi unreachable', connection: 'unreachable', camera: null, path: null })
      play.other('Ben', { name: 'Held back', cameraHeld: true }, 1)
      play.other('Carla', { name: 'By a relay', path: { relay: 'relay.example.org', protocol: 'tls', roundTripMs: 140 } }, 1)
      play.other('Deniz', { name: 'Somebody with a name that is far too long for any tile there is', media: { microphone: false, camera: true, screen: false } }, 1)
      play.other('Emi', { name: 'Bad line' }, 1)
      speak(play, 0)
      const last = [...play.harness.people.values()].at(-1)
      if (last !== undefined) last.quality.value = 'poor'
    },
  },
  'call-muted': {
    title: 'Everything of ours is off',
    show: async (play) => {
      const { fake } = (await in2(play)).harness
      fake.local.setMuted(true)
      fake.local.closeCamera()
    },
  },
  'call-hands': {
    title: 'Hands are up, and somebody reacts',
    show: async (play) => {
      const { call, people } = (await in6(play)).harness
      const [first, second] = [...people.keys()] as PeerKey[]
      if (first === undefined || second === undefined) return
      call.hands.value = [second, call.views.room.self]
      call.reactions.value = [{ id: 1, peer: first, reaction: 'heart' }]
    },
  },
  'people': {
    title: 'Who is here, with their volumes and raised hands',
    show: async (play) => {
      const { call, people } = (await in6(play)).harness
      call.hands.value = [...people.keys()].slice(2, 4) as PeerKey[]
      await play.press('people-count')
    },
  },
  'call-reactions': { title: 'Choosing a reaction', show: async (play) => (await in2(play)).press('reactions') },
  'call-talking-muted': {
    title: 'Talking while nobody hears it',
    show: async (play) => {
      const { fake } = (await in2(play)).harness
      fake.local.setMuted(true)
      await play.find('parley-muted-hint')
      for (let i = 0; i < 12; i++) {
        fake.local.level.value = 0.7 + i / 100
        await new Promise((resolve) => setTimeout(resolve, 110))
      }
    },
  },
  'call-effect-failed': {
    title: 'The background cannot be replaced',
    show: async (play) => { (await in2(play)).harness.fake.local.effects.backgroundState.value = { phase: 'failed', error: 'effect-too-slow' } },
  },
  'call-recorded': {
    title: 'Somebody asks to record',
    show: async (play) => {
      const { call, people } = (await in2(play)).harness
      const [peer] = [...people.keys()] as PeerKey[]
      if (peer !== undefined) call.othersRecording.value = [{ peer, id: 'take', answer: 'waiting' }]
    },
  },
  'call-recording': { title: 'We record', show: async (play) => (await in2(play)).harness.call.views.room.recording.begin() },
  'call-devices-failed': {
    title: 'Camera and microphone were pulled out',
    show: async (play) => {
      const { fake } = (await in2(play)).harness
      fake.local.camera.value = { phase: 'failed', error: 'device-missing' }
      fake.local.microphone.value = { phase: 'failed', error: 'device-busy' }
    },
  },
  'call-sharing': { title: 'We share our screen', show: async (play) => (await in2(play)).harness.fake.local.openScreen() },
  'call-outage': {
    title: 'The network is gone',
    show: async (play) => {
      const { call, people, change } = (await in2(play)).harness
      for (const peer of people.keys()) change(peer, { connection: 'reconnecting' })
      call.outage.value = { since: Date.now() - 20_000, reach: 'offline' }
    },
  },
  'call-thin': { title: 'The uplink carries sound only', show: async (play) => { (await in2(play)).harness.call.uplink.value = 'paused' } },
  'call-toasts': {
    title: 'People come and go',
    show: async (play) => {
      const { people, depart } = (await play.join()).others(3).harness
      await new Promise((resolve) => setTimeout(resolve, 200))
      depart([...people.keys()][0] ?? '')
    },
  },
  'chat': { title: 'The chat', show: async (play) => talk(await in2(play)) },
  'chat-files': {
    title: 'Files in the chat, in every state',
    show: async (play) => {
      await (await in2(play)).press('chat-toggle')
      const { offer, file, call } = play.harness
      offer('Ben', 'plan.pdf', 1_048_576)
      const states = [
        { phase: 'receiving', step: 'running', bytes: 400_000_000, bytesPerSecond: 9_000_000 }, { phase: 'receiving', step: 'paused', bytes: 200_000_000, bytesPerSecond: 0 },
        { phase: 'receiving', step: 'waiting', bytes: 700_000_000, bytesPerSecond: 0 }, { phase: 'receiving', step: 'queued', bytes: 0, bytesPerSecond: 0 },
        { phase: 'arrived', file: new Blob(['x']), saved: false },
        { phase: 'failed', reason: 'damaged' }, { phase: 'withdrawn' },
      ] as const
      for (const state of states) file(offer('Ben', 'a film of the whole boat trip with a long name.mkv', 1_073_741_824), state)
      file(offer(call.views.room.self, 'ours.zip', 5_000_000), { phase: 'shared', receivers: [] })
    },
  },
  'chat-empty': { title: 'The chat before anybody has said anything', show: async (play) => (await in2(play)).press('chat-toggle') },
  'chat-unread': {
    title: 'Something was said while the chat is closed',
    show: async (play) => (await in2(play)).harness.hear('Ben', 'Are you there?'),
  },
}

function speak(play: Play, index: number): void {
  const person = [...play.harness.people.values()][index]
  if (person !== undefined) person.speaking.value = true
}

function sharing({ harness }: Play, count: number): void {
  for (const peer of [...harness.people.keys()].slice(0, count)) {
    harness.change(peer, { screen: harness.pictureStream(210, 960, 600), media: { microphone: true, camera: true, screen: true } })
  }
}

async function talk(play: Play): Promise<void> {
  await play.press('chat-toggle')
  const { hear, call } = play.harness
  hear('Ben', 'Good morning! Shall we look at the plan for Friday?')
  hear('Ben', 'It is here: https://example.org/plans/2026/friday?view=all')
  call.views.room.say('Yes. **Two things** first: the *boat*, and who brings `cake`.')
  hear('Carla', 'I do! 🍰')
  hear('Carla', 'Averylongwordwithoutanyspacewhichnobodywouldwritebutsomebodywillpasteonedayandthenithastobebrokensomewhere')
}
