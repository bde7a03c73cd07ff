import type { Browser } from 'playwright-core'
import { progress } from '../report.ts'
import { visit, type Visitor } from './world.ts'

/** What the app sends of a small camera and of sound, bits per second. */
const VIDEO_BPS = 600_000
const AUDIO_BPS = 60_000

/** What runs in a control page. */
interface Plain {
  offer(to: number): Promise<string>
  answer(from: number, sdp: string): Promise<string>
  accept(from: number, sdp: string): Promise<void>
}

/**
 * The control: so many pages with nothing but peer connections, video and audio elements, every pair connected, at the app's
 * picture size and bitrates. What freezes here is not the app's doing.
 */
export async function openMesh(browser: Browser, url: string, people: number): Promise<Visitor[]> {
  const visitors: Visitor[] = []
  for (let i = 0; i < people; i++) {
    const visitor = await visit(browser, `${url}healthz`)
    await visitor.page.evaluate(prepare, { videoBps: VIDEO_BPS, audioBps: AUDIO_BPS })
    for (const [from, earlier] of visitors.entries()) {
      const offer = await earlier.page.evaluate((to) => (globalThis as unknown as { plain: Plain }).plain.offer(to), i)
      const answer = await visitor.page.evaluate(([from, sdp]) => (globalThis as unknown as { plain: Plain }).plain.answer(from, sdp), [from, offer] as const)
      await earlier.page.evaluate(([to, sdp]) => (globalThis as unknown as { plain: Plain }).plain.accept(to, sdp), [i, answer] as const)
    }
    visitors.push(visitor)
    progress(`${i + 1} of ${people} connected`)
  }
  return visitors
}

/** For the page: gets devices and makes ready to be connected. */
async function prepare({ videoBps, audioBps }: { videoBps: number, audioBps: number }): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true })
  const peers = new Map<number, RTCPeerConnection>()
  document.body.replaceChildren()

  const connect = (other: number): RTCPeerConnection => {
    const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' })
    peers.set(other, pc)
    const video = Object.assign(document.createElement('video'), { autoplay: true, playsInline: true, muted: true, width: 200, srcObject: new MediaStream() })
    const audio = Object.assign(document.createElement('audio'), { autoplay: true, srcObject: new MediaStream() })
    document.body.append(video, audio)
    pc.addEventListener('track', ({ track }) => (track.kind === 'video' ? video : audio).srcObject.addTrack(track))
    for (const track of stream.getTracks()) pc.addTrack(track, stream)
    return pc
  }
  const described = async (pc: RTCPeerConnection): Promise<string> => {
    await pc.setLocalDescription()
    while (pc.iceGatheringState !== 'complete') await new Promise((resolve) => pc.addEventListener('icegatheringstatechange', resolve, { once: true }))
    return pc.localDescription?.sdp ?? ''
  }
  const limit = (pc: RTCPeerConnection): Promise<unknown> => Promise.all(pc.getSenders().map((sender) => {
    const parameters = sender.getParameters()
    for (const encoding of parameters.encodings) encoding.maxBitrate = sender.track?.kind === 'video' ? videoBps : audioBps
    return sender.setParameters(parameters)
  }))
  const plain: Plain = {
    offer: (to) => described(connect(to)),
    answer: async (from, sdp) => {
      const pc = connect(from)
      await pc.setRemoteDescription({ type: 'offer', sdp })
      const answer = await described(pc)
      await limit(pc)
      return answer
    },
    accept: async (from, sdp) => {
      const pc = peers.get(from)
      await pc?.setRemoteDescription({ type: 'answer', sdp })
      if (pc !== undefined) await limit(pc)
    },
  }
  Object.assign(globalThis, { plain })
}
