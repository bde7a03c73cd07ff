/** Runs inside the browser, one on either side: a link of ours, or a plain RTCPeerConnection with nothing set, and what they receive. */
import { createLinkFactory, type MediaLink } from '../../src/media/index.ts'
import { effect, signal } from '../../src/util/signals.ts'
import type { SignalBody } from '../../src/wire/message.ts'
import { livelyPicture, steadyVoice } from './quality-sources.ts'

export type Kind = 'parley' | 'plain'

/** Totals of one side, and how it is at the moment. */
export interface Heard {
  atMs: number
  /** Samples of sound played, and those that were made up for lost ones. */
  samples: number
  concealed: number
  /** Time that sound waited before it was played, milliseconds, and of how many samples. */
  waitedMs: number
  emitted: number
  frames: number
  freezes: number
  frozenMs: number
  /** Size of the picture received, and whether it stands still because the sender says so. */
  height: number
  held: boolean
  bytes: number
}

interface Sent {
  microphone: MediaStreamTrack
  camera: MediaStreamTrack | null
}

interface Side {
  take: (text: string) => Promise<void>
  pc: () => RTCPeerConnection
  held: () => boolean
}

declare global {
  var qualitySend: (text: string) => Promise<void>
  var qualitySide: { start: typeof start, take: (text: string) => Promise<void>, hear: typeof hear }
}

const VIEW = { width: 640, height: 360 }
const connections: RTCPeerConnection[] = []
const early: string[] = []
let side: Side | undefined

/** Starts this page's side of a call. The one that offers shows itself; both speak, which is half the work for the machine. */
export async function start(kind: Kind, offers: boolean): Promise<void> {
  const tracks: Sent = { microphone: steadyVoice(), camera: offers ? livelyPicture() : null }
  side = kind === 'parley' ? parley(tracks, offers) : await plain(tracks, offers)
  for (const text of early.splice(0)) await side.take(text)
}

function parley(tracks: Sent, offers: boolean): Side {
  const { signal: lifetime } = new AbortController()
  const { makeLink } = createLinkFactory({
    tracks: { microphone: signal(tracks.microphone), camera: signal(tracks.camera), screen: signal(null), screenAudio: signal(null) },
  }, { signal: lifetime })
  let seq = 0
  let held = false
  const link: MediaLink = makeLink({
    polite: !offers, iceServers: signal([]), signalable: () => true,
    send: (body) => void qualitySend(JSON.stringify({ seq: ++seq, body })),
    onControl: (message) => {
      if (message.kind === 'held') held = message.camera
      if (message.kind === 'signal') link.receive(message.seq, message.body)
    },
    signal: lifetime,
  })
  effect(() => { for (const stream of [link.remote.value.audio, link.remote.value.camera]) if (stream !== null) play(stream) })
  const tell = setInterval(() => {
    if (link.send({ kind: 'view', camera: VIEW, screen: { width: 0, height: 0 } })) clearInterval(tell)
  }, 50)
  if (offers) link.start()
  return {
    take: async (text) => {
      const { seq: number, body } = JSON.parse(text) as { seq: number, body: SignalBody }
      link.receive(number, body)
    },
    pc: newest,
    held: () => held,
  }
}

/** As the specification's example has it: everything is the browser's default. */
async function plain(tracks: Sent, offers: boolean): Promise<Side> {
  const pc = new RTCPeerConnection()
  const stream = new MediaStream()
  pc.addEventListener('icecandidate', ({ candidate }) => { if (candidate) void qualitySend(JSON.stringify({ candidate })) })
  pc.addEventListener('track', ({ streams, track }) => play(streams[0] ?? new MediaStream([track])))
  for (const track of [tracks.microphone, tracks.camera]) if (track !== null) pc.addTrack(track, stream)
  const describe = async (): Promise<void> => {
    await pc.setLocalDescription()
    await qualitySend(JSON.stringify({ description: pc.localDescription }))
  }
  if (offers) await describe()
  return {
    take: async (text) => {
      const { candidate, description } = JSON.parse(text) as { candidate?: RTCIceCandidateInit, description?: RTCSessionDescriptionInit }
      if (description) await pc.setRemoteDescription(description)
      if (description?.type === 'offer') await describe()
      if (candidate) await pc.addIceCandidate(candidate)
    },
    pc: () => pc,
    held: () => false,
  }
}

/** What has been received up to now. */
export async function hear(): Promise<Heard> {
  const heard: Heard = {
    atMs: performance.now(), samples: 0, concealed: 0, waitedMs: 0, emitted: 0, frames: 0, freezes: 0, frozenMs: 0, height: 0,
    held: side?.held() ?? false, bytes: 0,
  }
  const stats = [...(await side?.pc().getStats() ?? new Map<string, never>()).values()] as Record<string, never>[]
  for (const entry of stats) {
    if (entry.type !== 'inbound-rtp') continue
    heard.bytes += entry.bytesReceived ?? 0
    if (entry.kind === 'audio') {
      heard.samples += entry.totalSamplesReceived ?? 0
      heard.concealed += (entry.concealedSamples ?? 0) - (entry.silentConcealedSamples ?? 0)
      heard.waitedMs += 1_000 * (entry.jitterBufferDelay ?? 0)
      heard.emitted += entry.jitterBufferEmittedCount ?? 0
    } else {
      heard.frames += entry.framesDecoded ?? 0
      heard.freezes += entry.freezeCount ?? 0
      heard.frozenMs += 1_000 * (entry.totalFreezesDuration ?? 0)
      heard.height = Math.max(heard.height, entry.frameHeight ?? 0)
    }
  }
  return heard
}

function newest(): RTCPeerConnection {
  const pc = connections.findLast(({ signalingState }) => signalingState !== 'closed')
  if (pc === undefined) throw new Error('no connection')
  return pc
}

/** Nobody listens, and yet what is not played is not decoded either. */
function play(stream: MediaStream): void {
  for (const kind of ['audio', 'video'] as const) {
    if (stream.getTracks().every((track) => track.kind !== kind)) continue
    const element = Object.assign(document.createElement(kind), { autoplay: true, srcObject: stream, width: VIEW.width, muted: kind === 'video' })
    document.body.append(element)
    // A picture that stops before it has begun has nobody who waits for it.
    element.play().catch(() => undefined)
  }
}

globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration)
    connections.push(this)
  }
}

globalThis.qualitySide = {
  start,
  take: async (text) => {
    if (side === undefined) early.push(text)
    else await side.take(text)
  },
  hear,
}
