/** Two real links in one page: how they come about, what they carry, how they end. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type * as LinkPage from './link-page.ts'
import { startSourcePages, type SourcePages } from './source-pages.ts'

declare global {
  var linkPage: typeof LinkPage
}

let pages: SourcePages
let page: Page
let problems: string[]

beforeAll(async () => { pages = await startSourcePages() }, 60_000)

afterAll(() => pages?.close())

beforeEach(async () => {
  problems = []
  page = await pages.open('/test/media/link-page.ts', 'linkPage', async (opened) => {
    opened.on('pageerror', (error) => problems.push(String(error)))
  })
})

afterEach(async () => {
  await page.close()
  expect(problems).toEqual([])
})

test('two sides that offer at once, over a shuffling pipe, connect and see each other, every time', async () => {
  expect(await page.evaluate(() => linkPage.glare(20))).toBe(20)
}, 120_000)

test('one side offers, the other answers, and a lost offer or a lost answer is said again', async () => {
  await page.evaluate(async () => {
    const picture = linkPage.movingPicture()
    for (const lost of [[0, 0], [1, 0], [0, 1], [0, 2]] as const) {
      const pair = linkPage.createPair(picture, { seed: 1, delayMs: 10, lost: [...lost] })
      pair[0].link.start()
      await linkPage.untilConnected(pair)
      await Promise.all(pair.map(({ link }) => linkPage.frames(link.remote.peek().camera)))
      for (const { controller } of pair) controller.abort()
    }
  })
}, 60_000)

test('without any media, heartbeats alone keep a link connected', async () => {
  const phases = await page.evaluate(async () => {
    const sent = [0, 0]
    const pair = linkPage.createPair(null, { seed: 1, delayMs: 0 })
    const seen = new Set<string>()
    for (const { link } of pair) link.phase.subscribe((phase) => seen.add(phase))
    const send = RTCDataChannel.prototype.send
    const channels: RTCDataChannel[] = []
    RTCDataChannel.prototype.send = function (this: RTCDataChannel, data: string): void {
      if (!channels.includes(this)) channels.push(this)
      if (data.includes('heartbeat')) sent[channels.indexOf(this)]!++
      send.call(this, data as never)
    } as typeof send
    pair[0].link.start()
    await linkPage.untilConnected(pair)
    await linkPage.until('both have sent five heartbeats', () => sent.every((count) => count >= 5))
    return [...seen]
  })
  expect(phases).toEqual(['connecting', 'connected'])
}, 30_000)

test('a screen that is shared later, and a camera that is exchanged, need no signaling', async () => {
  const signals = await page.evaluate(async () => {
    const pair = linkPage.createPair(linkPage.movingPicture(), { seed: 1, delayMs: 0 })
    pair[0].link.start()
    await linkPage.untilConnected(pair)
    await Promise.all(pair.map(({ link }) => linkPage.frames(link.remote.peek().camera)))
    const before = pair.map(({ sent }) => sent.length)
    pair[1].tracks.screen.value = linkPage.movingPicture()
    await linkPage.frames(pair[0].link.remote.peek().screen)
    pair[1].tracks.camera.value?.stop()
    pair[1].tracks.camera.value = linkPage.movingPicture()
    await linkPage.frames(pair[0].link.remote.peek().camera)
    return pair.map(({ sent }, index) => sent.length - (before[index] ?? 0))
  })
  expect(signals).toEqual([0, 0])
}, 30_000)

test('a side that leaves is closed on the other side within two seconds', async () => {
  await page.evaluate(async () => {
    const pair = linkPage.createPair(linkPage.movingPicture(), { seed: 1, delayMs: 0 })
    pair[0].link.start()
    await linkPage.untilConnected(pair)
    await linkPage.frames(pair[0].link.remote.peek().camera)
    pair[1].controller.abort()
    await linkPage.until('the other is closed', () => pair[0].link.phase.peek() === 'closed', 2_000)
    if (linkPage.openConnections().length > 0) throw new Error('a connection was left open')
  })
}, 30_000)

test('what a receiver says about its view limits what it is sent', async () => {
  const scales = await page.evaluate(async () => {
    const pair = linkPage.createPair(linkPage.movingPicture(), { seed: 1, delayMs: 0 })
    pair[0].link.start()
    await linkPage.untilConnected(pair)
    const hidden = { width: 0, height: 0 }
    const encoding = (): RTCRtpEncodingParameters | undefined =>
      linkPage.openConnections()[0]?.getSenders()[1]?.getParameters().encodings[0]
    await linkPage.until('it is told', () => pair[1].link.send({ kind: 'view', camera: { width: 160, height: 90 }, screen: hidden }))
    await linkPage.until('half the size is sent', () => encoding()?.scaleResolutionDownBy === 2)
    pair[1].link.send({ kind: 'view', camera: hidden, screen: hidden })
    await linkPage.until('nothing is sent', () => encoding()?.active === false)
    pair[1].link.send({ kind: 'view', camera: { width: 1280, height: 720 }, screen: hidden })
    await linkPage.until('the full size is sent', () => encoding()?.active === true && encoding()?.scaleResolutionDownBy === 1)
    await linkPage.frames(pair[1].link.remote.peek().camera)
    return true
  })
  expect(scales).toBe(true)
}, 30_000)
