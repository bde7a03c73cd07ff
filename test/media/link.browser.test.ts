import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type * as LinkPage from './link-page.ts'

declare global {
  var linkPage: typeof LinkPage
}

const ROOT = join(import.meta.dirname, '../..')
const FLAGS = [
  '--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic',
  '--no-first-run', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
]

let cacheDir: string
let server: ViteDevServer
let browser: Browser
let page: Page
let problems: string[]

beforeAll(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'parley-vite-'))
  server = await createServer({
    root: ROOT, cacheDir, configFile: false, appType: 'custom', logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    plugins: [{
      name: 'blank-page',
      configureServer: ({ middlewares }) => {
        middlewares.use('/blank', (_request, response) => void response.setHeader('content-type', 'text/html').end('<!doctype html>'))
      },
    }],
  })
  await server.listen()
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await rm(cacheDir, { recursive: true, force: true })
})

beforeEach(async () => {
  page = await browser.newPage()
  problems = []
  page.on('pageerror', (error) => problems.push(String(error)))
  await page.goto(new URL('/blank', server.resolvedUrls?.local[0]).href)
  // As text, because the test runner would rewrite the import for itself.
  await page.evaluate("import('/test/media/link-page.ts').then((module) => { globalThis.linkPage = module })")
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

test('a link on which nothing is heard is interrupted, asks for an ICE restart, and is connected once it hears again', async () => {
  await page.evaluate(async () => {
    const pair = linkPage.createPair(null, { seed: 1, delayMs: 0 })
    pair[0].link.start()
    await linkPage.untilConnected(pair)
    const { send } = RTCDataChannel.prototype
    const { getStats } = RTCPeerConnection.prototype
    RTCDataChannel.prototype.send = () => undefined
    // Reports on media that nobody sends go on all the same.
    RTCPeerConnection.prototype.getStats = async () => new Map()
    await linkPage.until('both are interrupted', () => pair.every(({ link }) => link.phase.peek() === 'interrupted'))
    const offers = (): number => pair[0].sent.filter((body) => body.kind === 'description' && body.type === 'offer').length
    await linkPage.until('the impolite side has restarted', () => offers() === 2)
    if (pair[0].link.send({ kind: 'signal', seq: 1, body: { kind: 'rebuild' } })) throw new Error('a silent link took a signal')
    RTCDataChannel.prototype.send = send
    RTCPeerConnection.prototype.getStats = getStats
    await linkPage.untilConnected(pair)
  })
}, 60_000)

test('a link that is interrupted sends no pictures, forgets those that it has sent, and is seen again afterwards', async () => {
  await page.evaluate(async () => {
    const pair = linkPage.createPair(linkPage.movingPicture(), { seed: 1, delayMs: 0 })
    pair[0].link.start()
    await linkPage.untilConnected(pair)
    await Promise.all(pair.map(({ link }) => linkPage.frames(link.remote.peek().camera)))
    const [impolite] = linkPage.openConnections()
    const sender = impolite!.getSenders().find(({ track }) => track?.kind === 'video')!
    const encoding = (): RTCRtpEncodingParameters & { codec?: RTCRtpCodec } => sender.getParameters().encodings[0]!
    const { send } = RTCDataChannel.prototype
    const { getStats } = RTCPeerConnection.prototype
    const [first] = sender.getParameters().codecs
    await linkPage.until('the sender is at work', () => encoding().active === true && encoding().codec === undefined)
    RTCDataChannel.prototype.send = () => undefined
    RTCPeerConnection.prototype.getStats = async () => new Map()
    // Only a change of codec makes the browser forget what it has sent.
    await linkPage.until('the sender rests', () => encoding().active === false && ![undefined, first?.mimeType].includes(encoding().codec?.mimeType))
    RTCDataChannel.prototype.send = send
    RTCPeerConnection.prototype.getStats = getStats
    await linkPage.untilConnected(pair)
    await linkPage.until('the sender is at work again', () => encoding().active === true && encoding().codec === undefined)
    await Promise.all(pair.map(({ link }) => linkPage.frames(link.remote.peek().camera)))
  })
}, 60_000)

test.each(['heartbeats', 'a word that goes around the link'])('a side that is heard no more learns it by %s, and builds the connection anew', async (by) => {
  await page.evaluate(async (by) => {
    const pair = linkPage.createPair(null, { seed: 1, delayMs: 0 })
    // Sound goes on in the direction that works.
    pair[1].tracks.microphone.value = linkPage.tone()
    pair[0].link.start()
    await linkPage.untilConnected(pair)
    const { send } = RTCDataChannel.prototype
    const { getStats } = RTCPeerConnection.prototype
    const [, polite] = linkPage.openConnections()
    // To all appearance nothing of ours reaches the polite side, and nothing but such words leaves it.
    RTCDataChannel.prototype.send = function (this: RTCDataChannel, data: string): void {
      if (by === 'heartbeats' && data.includes('"hears":false')) send.call(this, data as never)
    } as typeof send
    RTCPeerConnection.prototype.getStats = async function (this: RTCPeerConnection) {
      return this === polite ? new Map() : getStats.call(this)
    } as typeof getStats
    pair[1].muted = by === 'heartbeats'
    await linkPage.until('the unheard side begins anew', () => pair[0].sent.some(({ kind }) => kind === 'rebuild'))
    RTCDataChannel.prototype.send = send
    RTCPeerConnection.prototype.getStats = getStats
    pair[1].muted = false
    await linkPage.untilConnected(pair)
    if (pair[1].sent.some(({ kind }) => kind === 'rebuild')) throw new Error('the side that hears nothing began anew')
  }, by)
}, 60_000)

test('what arrives and gives no picture is first asked for anew, then the connection is made anew', async () => {
  const outcome = await page.evaluate(async () => {
    const pair = linkPage.createPair(linkPage.movingPicture(), { seed: 1, delayMs: 0 })
    pair[0].link.start()
    await linkPage.untilConnected(pair)
    await Promise.all(pair.map(({ link }) => linkPage.frames(link.remote.peek().camera)))
    pair[0].link.send({ kind: 'state', name: 'Ada', media: { microphone: false, camera: true, screen: false } })
    const [sender, receiver] = linkPage.openConnections()
    if (sender === undefined || receiver === undefined) throw new Error('nothing is open')
    const keyFrames = async (): Promise<number> => [...(await sender.getStats()).values() as Iterable<{ type: string, keyFramesEncoded?: number }>]
      .filter(({ type }) => type === 'outbound-rtp').reduce((sum, { keyFramesEncoded = 0 }) => sum + keyFramesEncoded, 0)
    const before = await keyFrames()
    // To all appearance, a decoder that makes nothing of what arrives.
    const { getStats } = RTCPeerConnection.prototype
    RTCPeerConnection.prototype.getStats = async function (this: RTCPeerConnection) {
      const stats = await getStats.call(this)
      if (this !== receiver) return stats
      return new Map([...stats as unknown as Map<string, object>].map(([id, entry]) => [id, { ...entry, framesDecoded: 7 }]))
    } as typeof getStats
    let after = before
    const counting = setInterval(() => void keyFrames().then((count) => { after = Math.max(after, count) }), 250)
    await linkPage.until('the connection is exchanged', () => receiver.signalingState === 'closed', 45_000)
    clearInterval(counting)
    await linkPage.untilConnected(pair)
    await Promise.all(pair.map(({ link }) => linkPage.frames(link.remote.peek().camera)))
    return { asked: after > before, connections: linkPage.openConnections().length }
  })
  expect(outcome).toEqual({ asked: true, connections: 2 })
}, 90_000)

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

test('ICE restarts that both ask for at once leave the link connected and the picture running', async () => {
  await page.evaluate(async () => {
    const pair = linkPage.createPair(linkPage.movingPicture(), { seed: 1, delayMs: 20 })
    pair[0].link.start()
    await linkPage.untilConnected(pair)
    for (let round = 0; round < 5; round++) {
      const before = pair.map(({ sent }) => sent.length)
      for (const { link } of pair) link.restart()
      await linkPage.until('both have spoken', () => pair.every(({ sent }, index) => sent.length > (before[index] ?? 0)))
      await linkPage.until('both are settled', () => linkPage.openConnections()
        .every((pc) => pc.signalingState === 'stable' && pc.connectionState === 'connected'))
      await linkPage.untilConnected(pair)
      await Promise.all(pair.map(({ link }) => linkPage.frames(link.remote.peek().camera)))
    }
    if (linkPage.openConnections().length !== 2) throw new Error('a connection was left open')
  })
}, 60_000)

test('a description that breaks a connection is answered with a rebuild, in the same streams', async () => {
  const outcome = await page.evaluate(async () => {
    const pair = linkPage.createPair(linkPage.movingPicture(), { seed: 1, delayMs: 20 })
    pair[0].link.start()
    await linkPage.untilConnected(pair)
    const streams = pair.map(({ link }) => link.remote.peek().camera)
    const broken = linkPage.openConnections()
    const seq = pair[0].sent.length + pair[1].sent.length - 0.5
    pair[1].link.receive(seq, { kind: 'description', type: 'offer', sdp: 'v=0', offerId: 'broken', candidates: [] })
    await linkPage.until('both are exchanged', () => broken.every((pc) => pc.signalingState === 'closed'))
    await linkPage.untilConnected(pair)
    await Promise.all(pair.map(({ link }) => linkPage.frames(link.remote.peek().camera)))
    return {
      rebuilds: pair[1].sent.filter(({ kind }) => kind === 'rebuild').length,
      sameStreams: pair.every(({ link }, index) => link.remote.peek().camera === streams[index]),
    }
  })
  expect(outcome).toEqual({ rebuilds: 1, sameStreams: true })
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
