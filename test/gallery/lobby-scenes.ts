import type { Scene } from './play.ts'

export const LOBBY: Readonly<Record<string, Scene>> = {
  'lobby-loading': { title: 'The page has just opened', show: () => undefined },
  'lobby': { title: 'Nothing chosen yet', sizes: ['wide', 'phone', 'flat', 'small'], show: (play) => play.load() },
  'lobby-ready': {
    title: 'Camera and microphone are on, a call is named, somebody is there',
    show: async (play) => {
      const { fake, call } = play.load().harness
      fake.name.value = 'Anna'
      fake.local.camera.value = { phase: 'on', deviceId: 'cam-1', label: 'Front camera' }
      Object.assign(fake.local.cameraStream, { value: play.portrait('Anna') })
      fake.local.level.value = 0.5
      await fake.local.openMicrophone()
      call.sighting.value = ['Ben', 'Carla']
      await play.type('topic', 'sunday coffee')
    },
  },
  'lobby-invited': {
    title: 'A link into a private call was opened',
    show: ({ harness }) => {
      harness.load()
      harness.fake.link.value = { topic: 'quiet-harbour', secret: 'AAAAAAAAAAAAAAAAAAAAAA', code: '', joinNow: false, error: null }
    },
  },
  'lobby-recent': {
    title: 'Calls that were entered before',
    show: ({ harness }) => {
      harness.load()
      const at = Date.now()
      harness.fake.recent.rooms.value = [
        { topic: 'sunday-coffee', secret: '', at: at - 3_600_000 }, { topic: 'quiet-harbour', secret: 'AAAAAAAAAAAAAAAAAAAAAA', at: at - 90_000_000 },
        { topic: 'a-call-with-quite-a-long-name-that-has-to-be-cut', secret: '', at: at - 900_000_000 },
      ]
    },
  },
  'lobby-refused': {
    title: 'Camera and microphone are not allowed',
    show: ({ harness: { load, fake } }) => {
      load()
      fake.local.camera.value = { phase: 'failed', error: 'permission-refused' }
      fake.local.microphone.value = { phase: 'failed', error: 'device-missing' }
    },
  },
  'lobby-link-broken': {
    title: 'A broken link was opened',
    show: ({ harness: { load, fake } }) => {
      load()
      fake.link.value = { topic: '', secret: '', code: '', joinNow: false, error: 'link-malformed' }
    },
  },
  'lobby-offline': {
    title: 'No relay answers',
    show: ({ harness: { load, call } }) => {
      load()
      call.status.value = 'connecting'
      call.relays.value = 0
      call.problem.value = 'relay-unreachable'
    },
  },
  'lobby-ringing': {
    title: 'Somebody rings',
    show: ({ harness: { load, call } }) => {
      load()
      call.incoming.value = { name: 'Ben', peer: call.views.room.self, accept: async () => undefined, refuse: () => { call.incoming.value = null } }
    },
  },
  'lobby-failed': { title: 'The code for calls did not come', show: ({ harness: { fake } }) => { fake.failure.value = 'network-failed' } },
}
