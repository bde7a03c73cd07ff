/** Every screen of the interface, to be looked at one by one: whether it is accessible, whether everything fits. */
import type { Page } from 'playwright-core'
import { chooseInMenu } from './ui-page.ts'

export interface Screen {
  name: string
  /** Brings a freshly opened page there. */
  show(page: Page): Promise<void>
}

async function enter(page: Page): Promise<void> {
  await page.getByTestId('topic').fill('standup')
  await page.getByTestId('join').click()
  await page.getByTestId('call').waitFor()
}

async function company(page: Page): Promise<void> {
  await enter(page)
  await page.evaluate(() => {
    const { harness } = window
    harness.arrive('ada', { name: 'Ada', camera: harness.pictureStream(20), path: { relay: null, protocol: 'udp', roundTripMs: 23 } })
    harness.arrive('bob', {
      name: 'Bartholomew Featherstonehaugh', connection: 'reconnecting', path: { relay: 'relay.example.org', protocol: 'tls', roundTripMs: 210 },
      media: { microphone: false, camera: false, screen: true }, screen: harness.pictureStream(200),
    })
  })
  await page.locator('[data-testid=tile][data-peer=bob]').waitFor()
}

const inMenu = (hook: string, wait: string) => async (page: Page): Promise<void> => {
  await company(page)
  await chooseInMenu(page, hook)
  await page.getByTestId(wait).waitFor()
}

export const SCREENS: readonly Screen[] = [
  {
    name: 'lobby', show: async (page) => {
      await page.getByTestId('camera-toggle').waitFor()
      await page.locator('details > summary').first().click()
    },
  },
  {
    name: 'lobby with preview', show: async (page) => {
      await page.getByTestId('camera-toggle').click()
      await page.getByTestId('microphone-toggle').click()
      await page.getByTestId('level').waitFor()
    },
  },
  {
    name: 'lobby of an invited person, with an error', show: async (page) => {
      await page.evaluate(() => {
        window.harness.fake.link.value = { topic: 'network-failed', secret: 'BBBBBBBBBBBBBBBBBBBBBB', code: '', joinNow: false, error: null }
        window.harness.fake.local.camera.value = { phase: 'failed', error: 'permission-refused' }
      })
      await page.getByTestId('join').click()
      await page.getByTestId('error').first().waitFor()
    },
  },
  { name: 'alone', show: enter },
  { name: 'call of three with a screen', show: company },
  {
    name: 'chat', show: async (page) => {
      await company(page)
      await page.getByTestId('chat-toggle').click()
      await page.evaluate(() => window.harness.hear('Ada', 'Here are the notes: https://example.org/'))
      await page.getByTestId('chat-input').fill('Thank you')
      await page.keyboard.press('Enter')
    },
  },
  {
    name: 'cut off', show: async (page) => {
      await company(page)
      await page.evaluate(() => { window.harness.call.outage.value = { since: Date.now(), reach: 'offline' } })
      await page.getByTestId('outage').waitFor()
    },
  },
  {
    name: 'files', show: async (page) => {
      await company(page)
      await page.getByTestId('chat-toggle').click()
      await page.evaluate(() => {
        const { harness } = window
        harness.hear('ada', '**See** https://example.org and `this`:\n> quoted\n- item\n```\ncode\n```')
        harness.file(harness.offer('ada', 'holiday.zip', 2e9), { phase: 'receiving', step: 'running', bytes: 7e8, bytesPerSecond: 1e7 })
        harness.file(harness.offer('bob', 'torn.iso', 7e9), { phase: 'failed', reason: 'damaged' })
        harness.file(harness.offer('bob', 'letter.pdf', 9e4), { phase: 'arrived', file: new Blob(['x']), saved: false })
        harness.file(harness.offer(harness.call.views.room.self, 'mine.txt', 3), { phase: 'shared', receivers: [{ peer: 'ada' as never, name: 'ada', bytes: 3, done: true }] })
        harness.offer('ada', `${'a-very-long-name-'.repeat(6)}.tar.gz`, 1)
      })
      await page.getByTestId('file-download').last().waitFor()
    },
  },
  {
    name: 'leaving with a file under way', show: async (page) => {
      await company(page)
      await page.evaluate(() => { window.harness.call.files.busy.value = true })
      await page.getByTestId('leave').click()
      await page.getByTestId('leave-dialog').waitFor()
    },
  },
  {
    name: 'menu', show: async (page) => {
      await company(page)
      await page.getByTestId('menu').click()
    },
  },
  { name: 'invite', show: inMenu('invite', 'invite-dialog') },
  {
    name: 'settings', show: async (page) => {
      await page.evaluate(() => window.harness.fake.local.openCamera())
      await inMenu('settings', 'language')(page)
    },
  },
  {
    name: 'doctor', show: async (page) => {
      await inMenu('doctor-menu', 'doctor-dialog')(page)
      await page.evaluate(() => {
        const { examination } = window.harness.fake
        examination.lines.value = [{ id: 'a', check: 'camera', subject: null, verdict: 'good', result: 'picture', ms: null }, { id: 'b', check: 'turn-udp', subject: null, verdict: 'bad', result: 'allocated', ms: 40 }]
        examination.findings.value = [{ code: 'turn-carries-nothing', side: 'relay', severity: 'problem', subject: null, error: null }] as never
      })
      await page.getByTestId('finding').waitFor()
    },
  },
  {
    name: 'keys', show: async (page) => {
      await company(page)
      // By its key, as the menu of a phone does not offer it.
      await page.keyboard.press('?')
      await page.getByTestId('keys-dialog').waitFor()
    },
  },
  {
    name: 'people', show: async (page) => {
      await company(page)
      await page.getByTestId('people-count').click()
      await page.getByTestId('people').waitFor()
    },
  },
  {
    name: 'reactions', show: async (page) => {
      await company(page)
      // They stand in the menu where the bar has no place for them.
      await page.getByTestId('reactions').or(page.getByTestId('menu')).first().click()
      await page.getByTestId('menu-items').waitFor()
    },
  },
  {
    name: 'recordings', show: async (page) => {
      await page.evaluate(() => {
        const { call } = window.harness
        const one = { id: 'one', topic: 'standup', kind: 'mixed' as const, state: 'finished' as const, startedAt: 1_790_000_000_000, endedAt: 1_790_000_754_000, bytes: 187e6, files: [{ name: '1.webm', person: '', startMs: 0 }] }
        call.stored.value = [one, { ...one, id: 'two', topic: 'a'.repeat(64), kind: 'separate', state: 'cut', endedAt: null, files: [...one.files, ...one.files] }, { ...one, id: 'three', topic: '' }]
      })
      await inMenu('record', 'record-dialog')(page)
      await page.getByTestId('recording-delete').last().click()
    },
  },
  {
    name: 'recording, and recorded', show: async (page) => {
      await company(page)
      await page.evaluate(() => {
        const { call } = window.harness
        call.othersRecording.value = [{ peer: 'ada' as never, id: 'take', answer: 'waiting' }]
        call.views.room.recording.begin()
      })
      await page.getByTestId('recording-left-out').waitFor()
    },
  },
  {
    name: 'statistics', show: async (page) => {
      await page.evaluate(() => {
        const flow = { name: 'camera' as const, direction: 'received' as const, codec: 'VP8', bitsPerSecond: 9e5, loss: 0.01, jitterMs: 4, width: 1280, height: 720, framesPerSecond: 30, freezes: 1, concealed: null }
        const reading = { at: 0, receivedBps: 900_000, sentBps: 400_000, roundTripMs: 30, path: { relay: null, protocol: 'udp' as const, roundTripMs: 30 }, flows: [flow, { ...flow, name: 'screenAudio' as const, width: null, height: null }] }
        window.harness.call.statistics.value = [{ peer: 'ada' as never, readings: [reading, { ...reading, at: 1_000 }] }, { peer: 'bob' as never, readings: [] }]
      })
      await inMenu('statistics', 'statistics-panel')(page)
    },
  },
  { name: 'codes', show: inMenu('codes', 'code-dialog') },
  {
    name: 'ring', show: async (page) => {
      await page.evaluate(() => {
        const { call } = window.harness
        call.incoming.value = { name: 'Grace', peer: '12D3KooWabcdefgh' as typeof call.views.room.self, accept: async () => undefined, refuse: () => undefined }
      })
      await page.getByTestId('accept-ring').waitFor()
    },
  },
]
