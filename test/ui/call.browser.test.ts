import { isDeepStrictEqual } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { callStrings } from '../../src/ui/call-strings.ts'
import { errors, network, strings } from '../../src/ui/strings.ts'
import { UiPages, chooseInMenu } from './ui-page.ts'

let pages: UiPages
let page: Page

beforeAll(async () => { pages = await UiPages.start() })
afterAll(() => pages.stop())
afterEach(async () => {
  expect(await page.evaluate(() => window.harness.violations), 'the security policy holds').toEqual([])
  await page.context().close()
})

const callsOf = (name: string): Promise<unknown[][]> => page.evaluate((wanted) => window.harness.calls.filter(([made]) => made === wanted), name)
const tile = (peer: string) => page.locator(`[data-testid=tile][data-peer=${peer}]`)

async function joined(): Promise<void> {
  page = await pages.open()
  await page.getByTestId('topic').fill('standup')
  await page.getByTestId('join').click()
  await page.getByTestId('call').waitFor()
}

describe('tiles', () => {
  test('alone we are told so and given the link; with company the invitation goes', async () => {
    await joined()
    await page.getByText(callStrings.call.alone).waitFor()
    await page.getByText('https://parley.example/#/standup').waitFor()
    expect(await page.locator('[data-testid=tile][data-self]').count()).toBe(1)
    await page.evaluate(() => window.harness.arrive('ada'))
    await page.getByText(callStrings.call.alone).waitFor({ state: 'detached' })
  })

  test('each person has a tile with name, mute and connection, and coming and going is announced', async () => {
    await joined()
    await page.evaluate(() => {
      window.harness.arrive('ada', { name: 'Ada', camera: window.harness.pictureStream(20) })
      window.harness.arrive('bob', { name: 'Bob', connection: 'connecting', media: { microphone: false, camera: false, screen: false } })
    })
    await page.getByRole('status').getByText(callStrings.call.here(['Ada', 'Bob'])).waitFor()
    expect(await page.getByTestId('tile').count()).toBe(3)
    expect(await tile('ada').getByTestId('tile-name').textContent()).toBe('Ada')
    expect(await tile('ada').getByTestId('tile-muted').count()).toBe(0)
    await tile('bob').getByTestId('tile-muted').waitFor()
    await tile('bob').getByText(strings.tile.connecting).waitFor()
    await tile('bob').getByText('B', { exact: true }).waitFor()
    await page.evaluate(() => window.harness.change('bob', { connection: 'reconnecting' }))
    await tile('bob').getByText(strings.tile.reconnecting).waitFor()
    await page.evaluate(() => window.harness.depart('bob'))
    await page.getByRole('status').getByText(callStrings.call.left(['Bob'])).waitFor()
    expect(await page.getByTestId('tile').count()).toBe(2)
  })

  test('who cannot be reached is told of with a name, and the others only when they are there', async () => {
    await joined()
    await page.evaluate(() => window.harness.arrive('ada', { name: 'Ada', connection: 'unreachable' }))
    await tile('ada').getByText(strings.tile.unreachable('Ada', false)).waitFor()
    await page.evaluate(() => window.harness.arrive('bob', { name: 'Bob' }))
    await tile('ada').getByText(strings.tile.unreachable('Ada', true)).waitFor()
  })

  test('somebody whose connection is lost has not left', async () => {
    await joined()
    await page.evaluate(() => window.harness.arrive('ada', { name: 'Ada' }))
    await page.getByText(callStrings.call.here(['Ada'])).waitFor()
    await page.evaluate(() => {
      window.harness.change('ada', { connection: 'away' })
      window.harness.depart('ada')
    })
    await page.getByRole('status').getByText(callStrings.call.lost(['Ada'])).waitFor()
    expect(await page.getByText(callStrings.call.left(['Ada'])).count()).toBe(0)
  })

  test('the way to each person is a badge with words', async () => {
    await joined()
    await page.evaluate(() => {
      window.harness.arrive('ada', { path: { relay: null, protocol: 'udp', roundTripMs: 23 } })
      window.harness.arrive('bob', { path: { relay: 'relay.example.org', protocol: 'tls', roundTripMs: null } })
      window.harness.arrive('cyd', { path: { relay: '', protocol: 'udp', roundTripMs: 5 } })
      window.harness.arrive('dan')
    })
    await tile('ada').getByRole('img', { name: 'Direct connection, 23 ms' }).waitFor()
    await tile('bob').getByRole('img', { name: 'Through relay relay.example.org (TLS)' }).waitFor()
    await tile('cyd').getByRole('img', { name: 'Through a relay (UDP), 5 ms' }).waitFor()
    expect(await tile('dan').getByTestId('tile-path').count()).toBe(0)
  })

  test('a camera that waits for a better path is no picture of somebody who sits still, and a slow connection of ours is told', async () => {
    await joined()
    await page.evaluate(() => window.harness.arrive('ada', { name: 'Ada', camera: window.harness.pictureStream(20), cameraHeld: true }))
    await tile('ada').getByRole('status').getByText(strings.tile.held).waitFor()
    await tile('ada').locator('.initials').waitFor()
    await page.evaluate(() => window.harness.change('ada', { cameraHeld: false }))
    await tile('ada').getByTestId('tile-held').waitFor({ state: 'detached' })
    await tile('ada').locator('.initials').waitFor({ state: 'detached' })
    for (const uplink of ['thin', 'paused'] as const) {
      await page.evaluate((value) => { window.harness.call.uplink.value = value }, uplink)
      await page.getByTestId('network-status').getByText(network[uplink], { exact: true }).waitFor()
    }
  })

  test('being cut off is told at once, with what is known, and leaving is offered', async () => {
    await joined()
    await page.evaluate(() => {
      window.harness.arrive('ada', { name: 'Ada', connection: 'reconnecting' })
      window.harness.call.outage.value = { since: Date.now(), reach: 'relay' }
    })
    await page.getByRole('alert').getByText(callStrings.outage.relay).waitFor()
    await page.evaluate(() => { window.harness.call.outage.value = { since: Date.now(), reach: 'offline' } })
    await page.getByRole('alert').getByText(callStrings.outage.offline).waitFor()
    await page.evaluate(() => { window.harness.call.outage.value = null })
    await page.getByTestId('outage').waitFor({ state: 'detached' })
    await page.evaluate(() => { window.harness.call.outage.value = { since: Date.now(), reach: 'no-relay' } })
    await page.getByRole('alert').getByText(callStrings.outage.noRelay).waitFor()
    await page.getByTestId('outage-leave').click()
    await page.getByTestId('join').waitFor()
  })

  test('videos are silent, and sound is played by audio elements', async () => {
    await joined()
    await page.evaluate(() => window.harness.arrive('ada', { camera: window.harness.pictureStream(20), audio: window.harness.toneStream() }))
    await tile('ada').locator('video').waitFor()
    expect(await tile('ada').locator('video').evaluate((video: HTMLVideoElement) => video.muted)).toBe(true)
    await expect.poll(() => page.locator('audio').first().evaluate((audio: HTMLAudioElement) => ({ paused: audio.paused, muted: audio.muted })))
      .toEqual({ paused: false, muted: false })
  })

  test('a shared screen is a large tile of its own beside the camera', async () => {
    await joined()
    await page.evaluate(() => window.harness.arrive('ada', {
      camera: window.harness.pictureStream(20), screen: window.harness.pictureStream(220, 1280, 720), media: { microphone: true, camera: true, screen: true },
    }))
    const screen = await page.getByTestId('screen-tile').boundingBox()
    const camera = await tile('ada').boundingBox()
    expect(screen?.width).toBeGreaterThan(2 * (camera?.width ?? Infinity))
    expect(await page.getByTestId('screen-tile').locator('video').evaluate((video) => getComputedStyle(video).objectFit)).toBe('contain')
  })

  test('the size at which a video is seen is reported, follows the layout, and is nothing while the page is hidden', async () => {
    await joined()
    const lastReport = async (): Promise<unknown> => (await callsOf('showAt')).findLast(([, peer]) => peer === 'ada')
    const seen = async (): Promise<unknown> => {
      const box = await tile('ada').boundingBox()
      return ['showAt', 'ada', { width: Math.round(box?.width ?? 0), height: Math.round(box?.height ?? 0) }, { width: 0, height: 0 }]
    }
    await page.evaluate(() => window.harness.arrive('ada'))
    await expect.poll(async () => isDeepStrictEqual(await lastReport(), await seen())).toBe(true)
    const large = await lastReport()
    await page.evaluate(() => { for (const peer of ['bob', 'eve', 'joe']) window.harness.arrive(peer) })
    await expect.poll(async () => !isDeepStrictEqual(await lastReport(), large) && isDeepStrictEqual(await lastReport(), await seen())).toBe(true)
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, value: true })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await expect.poll(lastReport).toEqual(['showAt', 'ada', { width: 0, height: 0 }, { width: 0, height: 0 }])
  })

  test('the first frame and readiness are marked once for each join', async () => {
    await joined()
    const marks = (): Promise<string[]> => page.evaluate(() => performance.getEntriesByType('mark').map(({ name }) => name).filter((name) => ['first-frame', 'ready'].includes(name)))
    await page.evaluate(() => window.harness.arrive('ada', { camera: window.harness.pictureStream(20), audio: window.harness.toneStream() }))
    await expect.poll(marks).toEqual(['first-frame', 'ready'])
    await page.evaluate(() => window.harness.arrive('bob', { camera: window.harness.pictureStream(90) }))
    await expect.poll(() => tile('bob').locator('video').evaluate((video: HTMLVideoElement) => video.readyState)).toBeGreaterThan(1)
    expect(await marks()).toEqual(['first-frame', 'ready'])
    await page.getByTestId('leave').click()
    await page.getByTestId('topic').fill('again')
    await page.getByTestId('join').click()
    await page.getByTestId('call').waitFor()
    await page.evaluate(() => window.harness.arrive('ada', { camera: window.harness.pictureStream(20) }))
    await expect.poll(marks).toEqual(['first-frame', 'ready', 'first-frame', 'ready'])
  })

  test('readiness waits for refused sound, and one tap starts all of it', async () => {
    await joined()
    await page.evaluate(() => {
      const play = HTMLAudioElement.prototype.play
      HTMLAudioElement.prototype.play = () => Promise.reject(new DOMException('no gesture', 'NotAllowedError'))
      Object.assign(window, { allow: () => { HTMLAudioElement.prototype.play = play } })
      for (const peer of ['ada', 'bob']) window.harness.arrive(peer, { camera: window.harness.pictureStream(20), audio: window.harness.toneStream() })
    })
    const tap = page.getByTestId('tap-to-hear')
    await tap.waitFor()
    await page.waitForFunction(() => performance.getEntriesByName('first-frame').length > 0)
    expect(await page.evaluate(() => performance.getEntriesByName('ready').length)).toBe(0)
    await page.evaluate(() => (window as unknown as { allow: () => void }).allow())
    await tap.click()
    await tap.waitFor({ state: 'detached' })
    expect(await page.locator('audio').evaluateAll((all: HTMLAudioElement[]) => all.filter(({ paused }) => !paused).length)).toBe(2)
    await page.waitForFunction(() => performance.getEntriesByName('ready').length === 1)
  })
})

describe('controls', () => {
  test('the microphone opens first and is then muted and unmuted; the camera is opened and closed', async () => {
    await joined()
    const mute = page.getByTestId('mute')
    expect(await mute.getAttribute('aria-pressed')).toBe('false')
    await mute.click()
    await expect.poll(() => mute.getAttribute('aria-pressed')).toBe('true')
    await mute.click()
    await expect.poll(() => mute.getAttribute('aria-pressed')).toBe('false')
    expect(await callsOf('openMicrophone')).toHaveLength(1)
    await page.locator('[data-testid=tile][data-self]').getByTestId('tile-muted').waitFor()
    await page.getByTestId('camera').click()
    await expect.poll(() => page.getByTestId('camera').getAttribute('aria-pressed')).toBe('true')
    await page.getByTestId('camera').click()
    await expect.poll(() => page.getByTestId('camera').getAttribute('aria-pressed')).toBe('false')
  })

  test('a device that fails in the call is a notice that can be closed', async () => {
    await joined()
    await page.evaluate(() => { window.harness.fake.local.microphone.value = { phase: 'failed', error: 'device-missing' } })
    const notice = page.getByTestId('error')
    await notice.getByText(errors['device-missing']).waitFor()
    await notice.getByRole('button', { name: strings.close }).click()
    await notice.waitFor({ state: 'detached' })
  })

  test('sharing the screen is a pressed button and a notice that stops it', async () => {
    await joined()
    await page.getByTestId('screen').click()
    await page.getByText(callStrings.call.sharing).waitFor()
    await page.getByRole('button', { name: callStrings.call.stopSharing }).last().click()
    await expect.poll(() => page.getByTestId('screen').getAttribute('aria-pressed')).toBe('false')
  })

  test('others are invited by a link that is copied', async () => {
    await joined()
    await page.evaluate(() => window.harness.arrive('ada'))
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await chooseInMenu(page, 'invite')
    const dialog = page.getByTestId('invite-dialog')
    await dialog.getByRole('button', { name: strings.copy, exact: true }).click()
    await dialog.getByText(strings.copied).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('https://parley.example/#/standup')
  })

  test('leaving leads back to the lobby', async () => {
    await joined()
    await page.getByTestId('leave').click()
    await page.getByTestId('join').waitFor()
    expect(await callsOf('leave')).toHaveLength(1)
  })
})

describe('chat', () => {
  test('counts what was not read, shows it with its author, and sends on Enter', async () => {
    await joined()
    await page.evaluate(() => {
      window.harness.hear('ada', 'hello <b>there</b>')
      window.harness.hear('ada', 'anybody?')
    })
    const toggle = page.getByTestId('chat-toggle')
    await expect.poll(() => toggle.getAttribute('aria-label')).toBe(callStrings.controls.unread(2))
    await toggle.click()
    await page.getByTestId('chat-line').first().getByText('hello <b>there</b>').waitFor()
    await expect.poll(() => toggle.getAttribute('aria-label')).toBe(callStrings.controls.chat)
    await page.getByTestId('chat-input').fill('two\nlines')
    await page.keyboard.press('Enter')
    const last = page.getByTestId('chat-line').last()
    await last.getByText('two').waitFor()
    expect(await last.getByText(strings.you).count()).toBe(1)
    expect(await page.getByTestId('chat-input').inputValue()).toBe('')
    await page.keyboard.press('Escape')
    await page.getByTestId('chat-input').waitFor({ state: 'detached' })
    expect(await toggle.evaluate((button) => (button.getRootNode() as ShadowRoot).activeElement === button)).toBe(true)
    expect(await toggle.getAttribute('aria-label')).toBe(callStrings.controls.chat)
  })

  test('keeps a message that is too long, and says so', async () => {
    await joined()
    await page.getByTestId('chat-toggle').click()
    await page.getByTestId('chat-input').fill('x'.repeat(4001))
    await page.getByTestId('chat-send').click()
    await page.getByText(callStrings.chat.tooLong).waitFor()
    expect((await page.getByTestId('chat-input').inputValue()).length).toBe(4001)
  })
})

describe('on a phone', () => {
  test('nothing is wider than the screen, in the lobby or in the call', async () => {
    page = await pages.open({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })
    const overflow = (): Promise<number> => page.locator('parley-app').evaluate((app) => app.scrollWidth - app.clientWidth)
    await page.evaluate(() => { window.harness.call.addresses.value = [`/dns4/relay.example/p2p/${'A'.repeat(60)}/p2p-circuit/p2p/${'B'.repeat(60)}`] })
    await page.getByText(strings.direct.title).click()
    await page.getByTestId('own-address').waitFor()
    expect(await overflow()).toBe(0)
    await page.getByTestId('topic').fill('a'.repeat(64))
    await page.getByTestId('join').click()
    await page.getByTestId('leave').waitFor()
    expect(await overflow()).toBe(0)
    const leave = await page.getByTestId('leave').boundingBox()
    expect((leave?.x ?? Infinity) + (leave?.width ?? Infinity)).toBeLessThanOrEqual(390)
  })
})
