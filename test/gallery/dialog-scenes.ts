import { DoctorRequest, SettingsRequest } from '../../src/ui/events.ts'
import type { Play, Scene } from './play.ts'

/** As the button does that stands inside the app somewhere. */
async function ask(play: Play, event: Event): Promise<void> {
  (await play.find('parley-lobby, parley-stage')).dispatchEvent(event)
}

async function menu(play: Play): Promise<void> {
  (await play.join()).others(1)
  await play.press('menu')
}

export const DIALOGS: Readonly<Record<string, Scene>> = {
  'settings': { title: 'Settings', show: async (play) => ask(play.load(), new SettingsRequest()) },
  'menu': { title: 'What has no place in the bar', show: menu },
  'menu-microphone': {
    title: 'Choice of microphone',
    show: async (play) => {
      (await play.join()).others(1)
      await play.press('mute-menu')
    },
  },
  'codes': { title: 'Connecting without a relay', show: async (play) => play.load().press('codes') },
  'code-made': {
    title: 'An invitation to hand over',
    show: async (play) => {
      await play.load().press('codes')
      await play.press('codes-invite')
    },
  },
  'code-answer': {
    title: 'Somebody handed us an invitation',
    show: ({ harness: { load, fake } }) => {
      load()
      fake.link.value = { topic: '', secret: '', code: 'parley:A1b2C3d4', joinNow: false, error: null }
    },
  },
  'code-scan': {
    title: 'Scanning a code',
    show: async (play) => {
      await play.load().press('codes')
      await play.press('codes-answer')
      await play.press('scan-code')
    },
  },
  'keys': {
    title: 'What the keys do',
    show: async (play) => {
      await menu(play)
      await play.press('keys')
    },
  },
  'effects': {
    title: 'Background and noise, in the lobby',
    show: async (play) => {
      const { fake } = play.load().harness
      await fake.local.openCamera()
      await play.press('effects')
    },
  },
  'invite': {
    title: 'Inviting somebody into the call',
    show: async (play) => {
      await menu(play)
      await play.press('invite')
    },
  },
  'record': {
    title: 'Recording the call',
    show: async (play) => {
      await menu(play)
      await play.press('record')
    },
  },
  'statistics': {
    title: 'What each connection counts',
    show: async (play) => {
      await menu(play)
      await play.press('statistics')
    },
  },
  'doctor': {
    title: 'Looking for what is wrong',
    show: async (play) => ask(play.load(), new DoctorRequest()),
  },
  'doctor-found': {
    title: 'What was found',
    show: async (play) => {
      const { examination } = play.load().harness.fake
      await ask(play, new DoctorRequest())
      await play.find('parley-doctor-dialog')
      examination.findings.value = []
    },
  },
}
