import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { callStrings } from '../../src/ui/call-strings.ts'
import { errors, strings } from '../../src/ui/strings.ts'
import { UiPages } from './ui-page.ts'

let pages: UiPages
let page: Page

beforeAll(async () => { pages = await UiPages.start() })
afterAll(() => pages.stop())
afterEach(async () => {
  expect(await page.evaluate(() => window.harness.violations), 'the security policy holds').toEqual([])
  await page.context().close()
})

const callsOf = (name: string): Promise<unknown[][]> => page.evaluate((wanted) => window.harness.calls.filter(([made]) => made === wanted), name)
const lastCallOf = async (name: string): Promise<unknown[] | undefined> => (await callsOf(name)).at(-1)

async function enter(topic = 'standup'): Promise<void> {
  await page.getByTestId('topic').fill(topic)
  await page.getByTestId('join').click()
  await page.getByTestId('call').waitFor()
}

describe('lobby', () => {
  test('asks for no device before a switch is pressed, and then for that one only', async () => {
    page = await pages.open()
    await page.getByTestId('preview').waitFor()
    expect(await callsOf('openCamera')).toEqual([])
    await page.getByTestId('camera-toggle').click()
    await expect.poll(() => callsOf('openCamera')).toHaveLength(1)
    expect(await callsOf('openMicrophone')).toEqual([])
    expect(await page.getByTestId('camera-toggle').getAttribute('aria-pressed')).toBe('true')
  })

  test('shows the microphone level, and offers the devices once one is open', async () => {
    page = await pages.open()
    await page.getByTestId('microphone-toggle').click()
    await page.evaluate(() => { window.harness.fake.local.level.value = 0.42 })
    await expect.poll(() => page.getByTestId('level').getAttribute('aria-valuenow')).toBe('42')
    await page.locator('select#microphone').selectOption('mic-2')
    await expect.poll(() => lastCallOf('openMicrophone')).toEqual(['openMicrophone', 'mic-2'])
  })

  test('explains a refused permission and still joins', async () => {
    page = await pages.open()
    await page.evaluate(() => { window.harness.fake.local.camera.value = { phase: 'failed', error: 'permission-refused' } })
    expect(await page.getByTestId('error').textContent()).toContain(errors['permission-refused'])
    await enter()
  })

  test('says why a join did not work, at the field, and forgets it when the field changes', async () => {
    page = await pages.open()
    await page.getByTestId('join').click()
    const error = page.getByTestId('error')
    await error.waitFor()
    expect(await error.textContent()).toContain(errors['topic-empty'])
    expect(await error.getAttribute('role')).toBe('alert')
    expect(await page.getByTestId('topic').getAttribute('aria-invalid')).toBe('true')
    await page.getByTestId('topic').fill('x')
    await error.waitFor({ state: 'detached' })
  })

  test('shows what was wrong with a link', async () => {
    page = await pages.open()
    await page.evaluate(() => { window.harness.fake.link.value = { topic: '', secret: '', code: '', joinNow: false, error: 'link-malformed' } })
    await page.getByText(errors['link-malformed']).waitFor()
  })

  test('uses the secret of a link for the topic of that link only', async () => {
    page = await pages.open()
    const secret = 'BBBBBBBBBBBBBBBBBBBBBB'
    await page.evaluate((value) => { window.harness.fake.link.value = { topic: 'team', secret: value, code: '', joinNow: false, error: null } }, secret)
    await page.getByText(strings.lobby.isPrivate).waitFor()
    await page.getByTestId('topic').fill('team 2')
    await page.getByText(strings.lobby.isPublic).waitFor()
    await page.getByTestId('topic').fill('team')
    await page.getByText(strings.lobby.isPrivate).waitFor()
    await page.getByTestId('join').click()
    await expect.poll(() => lastCallOf('join')).toEqual(['join', 'team', secret])
  })

  test('a new call is entered at once, with a secret', async () => {
    page = await pages.open()
    await page.getByTestId('new-call').click()
    await expect.poll(() => lastCallOf('join')).toEqual(['join', 'quiet-harbour', 'AAAAAAAAAAAAAAAAAAAAAA'])
    await page.getByTestId('call').waitFor()
  })

  test('a join pressed before the call code has loaded happens when it has', async () => {
    page = await pages.open({ loaded: false })
    await page.getByTestId('topic').fill('early')
    await page.getByTestId('join').click()
    await page.getByText(strings.lobby.joining).waitFor()
    expect(await callsOf('join')).toEqual([])
    await page.evaluate(() => window.harness.load())
    await page.getByTestId('call').waitFor()
    expect(await callsOf('join')).toEqual([['join', 'early', '']])
  })

  test('a link that says join=now joins once, asks for both devices, and not again after leaving', async () => {
    page = await pages.open()
    await page.evaluate(() => { window.harness.fake.link.value = { topic: 'now', secret: '', code: '', joinNow: true, error: null } })
    await page.getByTestId('call').waitFor()
    expect(await page.evaluate(() => window.harness.calls.map(([name]) => name).filter((name) => name !== 'showAt').toSorted()))
      .toEqual(['join', 'openCamera', 'openMicrophone'])
    await page.getByTestId('leave').click()
    await page.getByTestId('topic').waitFor()
    expect(await callsOf('join')).toHaveLength(1)
  })

  test('keeps the name that is typed', async () => {
    page = await pages.open()
    await page.getByTestId('name').pressSequentially('Ada L.')
    expect(await page.evaluate(() => window.harness.fake.name.value)).toBe('Ada L.')
    expect(await callsOf('join')).toEqual([])
  })

  test('everything needed to join is reached with the keyboard alone', async () => {
    page = await pages.open()
    await page.getByTestId('topic').focus()
    await page.keyboard.type('keys')
    await page.keyboard.press('Enter')
    await page.getByTestId('call').waitFor()
  })

  test('says how we stand with the network', async () => {
    page = await pages.open({ loaded: false })
    const status = page.getByTestId('network-status')
    expect(await status.getAttribute('data-status')).toBe('loading')
    await page.evaluate(() => {
      window.harness.load()
      window.harness.call.status.value = 'connecting'
      window.harness.call.problem.value = 'relay-unreachable'
    })
    await expect.poll(() => status.textContent()).toContain(errors['relay-unreachable'])
    await page.evaluate(() => { window.harness.call.status.value = 'online' })
    await expect.poll(() => status.getAttribute('data-status')).toBe('online')
  })
})

describe('ringing', () => {
  test('rings a pasted address, can be called off by the other side, and says so', async () => {
    page = await pages.open()
    await page.getByText(strings.direct.title).click()
    await page.getByTestId('ring-address').fill(' /dns4/relay.example/p2p/12D3 ')
    await page.getByTestId('ring').click()
    await page.getByTestId('cancel-ring').waitFor()
    expect(await lastCallOf('ring')).toEqual(['ring', '/dns4/relay.example/p2p/12D3'])
    await page.evaluate(() => window.harness.call.ringAnswer.resolve('ring-refused'))
    await page.getByText(errors['ring-refused']).waitFor()
    await page.getByTestId('ring').waitFor()
  })

  test('shows our own address with a QR code', async () => {
    page = await pages.open()
    await page.getByText(strings.direct.title).click()
    await page.evaluate(() => { window.harness.call.addresses.value = ['/dns4/relay.example/p2p/A/p2p-circuit/p2p/B'] })
    const own = page.getByTestId('own-address')
    await expect.poll(() => own.textContent()).toContain('/dns4/relay.example/p2p/A/p2p-circuit/p2p/B')
    await page.getByRole('button', { name: strings.showCode }).click()
    await page.getByRole('img', { name: strings.codeLabel(callStrings.direct.own) }).waitFor()
  })

  test.each([['accept-ring', 'accepted'], ['refuse-ring', 'refused']])('an incoming ring says who calls, and %s is %s', async (hook, expected) => {
    page = await pages.open()
    await page.evaluate(() => {
      const { call, calls } = window.harness
      const peer = '12D3KooWabcdefgh' as typeof call.views.room.self
      const close = (answer: string) => { calls.push([answer]); call.incoming.value = null }
      call.incoming.value = { name: 'Grace', peer, accept: async () => close('accepted'), refuse: () => close('refused') }
    })
    const dialog = page.getByTestId('incoming-ring')
    await dialog.getByText(strings.ring.title('Grace')).waitFor()
    await dialog.getByText('…abcdefgh').waitFor()
    await page.getByTestId(hook).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(await callsOf(expected)).toHaveLength(1)
  })

  test('Escape refuses, and Enter alone never answers', async () => {
    page = await pages.open()
    await page.evaluate(() => {
      const { call, calls } = window.harness
      const peer = '12D3KooWabcdefgh' as typeof call.views.room.self
      const close = (answer: string) => { calls.push([answer]); call.incoming.value = null }
      call.incoming.value = { name: 'Grace', peer, accept: async () => close('accepted'), refuse: () => close('refused') }
    })
    await page.getByTestId('accept-ring').waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.getByTestId('incoming-ring').waitFor({ state: 'hidden' })
    expect(await callsOf('accepted')).toEqual([])
    expect(await callsOf('refused')).toHaveLength(1)
  })
})
