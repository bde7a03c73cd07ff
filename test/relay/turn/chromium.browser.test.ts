/** Chromium's own TURN client against the relay's server: two peer connections that may only use relayed addresses. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createTurnServer, turnCredential } from '../../../relay/turn/index.ts'
import type { TurnServer } from '../../../relay/turn/index.ts'
import { startChromium, until } from '../../browser/harness.ts'

const SECRET = 'of the test'

let browser: Browser
let page: Page
let server: TurnServer

beforeAll(async () => {
  browser = await startChromium()
  page = await browser.newPage()
  // Camera access needs a secure context, which a page of the file system or about:blank is not.
  await page.route('http://localhost/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }))
  await page.goto('http://localhost/')
})

afterAll(async () => {
  await browser?.close()
})

afterEach(async () => {
  await server?.close()
})

interface Outcome {
  echo: string
  framesDecoded: number
  pair: { local: string | undefined, remote: string | undefined, relayProtocol: string | undefined }
}

for (const [where, host] of [['one loopback address', '127.0.0.1'], ['every address of the machine', undefined]] as const) {
  for (const transport of ['udp', 'tcp'] as const) {
    test(`picture and data go through the relay by ${transport}, although no private peer is allowed; it listens on ${where}`, async () => {
      server = await createTurnServer({ host, port: 0, secret: SECRET, realm: 'parley' }, { signal: new AbortController().signal })
      const url = `turn:127.0.0.1:${server.ports[transport]}?transport=${transport}`
      const outcome = await page.evaluate(callThroughRelay, { urls: url, ...turnCredential(SECRET, 'somebody', 600, Date.now()) })
      expect(outcome.echo).toBe('echo of hello')
      expect(outcome.framesDecoded).toBeGreaterThanOrEqual(10)
      expect(outcome.pair).toEqual({ local: 'relay', remote: 'relay', relayProtocol: transport })
      const { allocations, bytes, refusals } = server.counters
      expect(allocations.total).toBeGreaterThanOrEqual(2)
      expect(bytes.toPeers).toBeGreaterThan(10_000)
      // Chromium checks before the other side has given leave, and closes one after the other.
      expect(Object.keys(refusals).filter((cause) => !['no-permission', 'peer-gone'].includes(cause))).toEqual([])
      await until('the media in flight to have arrived', rests)
      await page.evaluate(hangUp)
      await until('the closed connections to have given up their allocations', async () => server.counters.allocations.live === 0)
    })
  }
}

/** Whether the server has relayed nothing for a moment: a browser says goodbye once, in a datagram that a full buffer loses. */
async function rests(): Promise<boolean> {
  const { toPeers } = server.counters.bytes
  await new Promise((resolve) => setTimeout(resolve, 50))
  return server.counters.bytes.toPeers === toPeers
}

/** Runs in the page: ends the call, once no allocation is under way any more, since the browser gives up only those that it knows of. */
async function hangUp(): Promise<void> {
  const { pcs } = globalThis as unknown as { pcs: RTCPeerConnection[] }
  while (pcs.some(({ iceGatheringState }) => iceGatheringState !== 'complete')) await new Promise((resolve) => setTimeout(resolve, 50))
  for (const pc of pcs) pc.close()
}

/** Runs in the page: calls itself with camera and data channel, and says over which candidates. Must use nothing from outside. */
async function callThroughRelay(iceServer: RTCIceServer): Promise<Outcome> {
  const until = async (isTrue: () => Promise<boolean> | boolean): Promise<void> => {
    while (!await isTrue()) await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const statsOf = async (pc: RTCPeerConnection) => [...(await pc.getStats()).values()] as Array<Record<string, unknown>>
  const pcs = [0, 1].map(() => new RTCPeerConnection({ iceServers: [iceServer], iceTransportPolicy: 'relay' }))
  const [caller, callee] = pcs as [RTCPeerConnection, RTCPeerConnection]
  caller.onicecandidate = ({ candidate }) => void callee.addIceCandidate(candidate ?? undefined)
  callee.onicecandidate = ({ candidate }) => void caller.addIceCandidate(candidate ?? undefined)
  const camera = await navigator.mediaDevices.getUserMedia({ video: true })
  for (const track of camera.getTracks()) caller.addTrack(track, camera)
  const channel = caller.createDataChannel('test')
  callee.ondatachannel = ({ channel }) => { channel.onmessage = ({ data }) => channel.send(`echo of ${data}`) }
  const echo = new Promise<string>((resolve) => { channel.onmessage = ({ data }) => resolve(data) })
  channel.onopen = () => channel.send('hello')
  await caller.setLocalDescription()
  await callee.setRemoteDescription(caller.localDescription!)
  await callee.setLocalDescription()
  await caller.setRemoteDescription(callee.localDescription!)
  const heard = await echo
  let framesDecoded = 0
  await until(async () => {
    framesDecoded = Number((await statsOf(callee)).find(({ type }) => type === 'inbound-rtp')?.['framesDecoded'] ?? 0)
    return framesDecoded >= 10
  })
  const stats = await statsOf(caller)
  const transport = stats.find(({ type }) => type === 'transport')
  const pair = stats.find(({ id }) => id === transport?.['selectedCandidatePairId'])
  const candidate = (end: 'local' | 'remote') => stats.find(({ id }) => id === pair?.[`${end}CandidateId`])
  const typeOf = (end: 'local' | 'remote') => candidate(end)?.['candidateType'] as string | undefined
  const relayProtocol = candidate('local')?.['relayProtocol'] as string | undefined
  for (const track of camera.getTracks()) track.stop()
  Object.assign(globalThis, { pcs })
  return { echo: heard, framesDecoded, pair: { local: typeOf('local'), remote: typeOf('remote'), relayProtocol } }
}
