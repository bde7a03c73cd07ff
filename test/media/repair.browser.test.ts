/** Two real links in one page: what breaks, and what is done about it. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startSourcePages, type SourcePages } from './source-pages.ts'

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

test('a link on which nothing is heard is interrupted, asks for an ICE restart, and is connected once it hears again', async () => {
  await page.evaluate(async () => {
    const pair = linkPage.createPair(null, { seed: 1, delayMs: 0 })
    pair[0].link.start()
    await linkPage.untilConnected(pair)
    const end = linkPage.silence()
    await linkPage.until('both are interrupted', () => pair.every(({ link }) => link.phase.peek() === 'interrupted'))
    const offers = (): number => pair[0].sent.filter((body) => body.kind === 'description' && body.type === 'offer').length
    await linkPage.until('the impolite side has restarted', () => offers() === 2)
    if (pair[0].link.send({ kind: 'signal', seq: 1, body: { kind: 'rebuild' } })) throw new Error('a silent link took a signal')
    end()
    await linkPage.untilConnected(pair)
  })
}, 60_000)

test('what was said in an outage and arrives when the path is whole again costs neither side its connection', async () => {
  await page.evaluate(async () => {
    const pair = linkPage.createPair(linkPage.movingPicture(), { seed: 1, delayMs: 0 })
    pair[0].link.start()
    await linkPage.untilConnected(pair)
    await Promise.all(pair.map(({ link }) => linkPage.frames(link.remote.peek().camera)))
    const before = linkPage.openConnections()
    for (const side of pair) side.held = []
    const end = linkPage.silence()
    const isRepair = ({ kind }: { kind: string }): boolean => kind === 'description' || kind === 'restart'
    const repairs = pair.map(({ sent }) => sent.filter(isRepair).length)
    await linkPage.until('both have tried to repair it', () => pair.every(({ sent }, index) => sent.filter(isRepair).length > repairs[index]!))
    end()
    await linkPage.untilConnected(pair)
    for (const side of pair) linkPage.release(side)
    const [impolite] = before
    await linkPage.until('the restart is answered', () => impolite!.signalingState === 'stable')
    await Promise.all(pair.map(({ link }) => linkPage.frames(link.remote.peek().camera)))
    const after = linkPage.openConnections()
    if (after.length !== 2 || after.some((pc) => !before.includes(pc))) throw new Error('a connection was given up')
  })
}, 60_000)

test('a link that an outage has just left alone takes a closed connection for no goodbye', async () => {
  const phases = await page.evaluate(async () => {
    const pair = linkPage.createPair(null, { seed: 1, delayMs: 0 })
    pair[0].link.start()
    await linkPage.untilConnected(pair)
    const end = linkPage.silence()
    await linkPage.until('both are interrupted', () => pair.every(({ link }) => link.phase.peek() === 'interrupted'))
    end()
    await linkPage.untilConnected(pair)
    const phases: string[] = []
    pair[0].link.phase.subscribe((phase) => phases.push(phase))
    pair[1].controller.abort()
    await linkPage.until('it is missed', () => phases.length > 1)
    pair[0].controller.abort()
    return phases
  })
  expect(phases).toEqual(['connected', 'interrupted', 'closed'])
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
    const [first] = sender.getParameters().codecs
    await linkPage.until('the sender is at work', () => encoding().active === true && encoding().codec === undefined)
    const end = linkPage.silence()
    // Only a change of codec makes the browser forget what it has sent.
    await linkPage.until('the sender rests', () => encoding().active === false && ![undefined, first?.mimeType].includes(encoding().codec?.mimeType))
    end()
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
