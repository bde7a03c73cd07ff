/** Runs inside the browser: pairs of links in one page, and an unruly pipe between them. */
import { createLinkFactory, type MediaLink, type SectionName } from '../../src/media/index.ts'
import { signal, type Signal } from '../../src/util/signals.ts'
import type { ControlMessage, SignalBody } from '../../src/wire/message.ts'
import { seededRandom } from '../fakes/seeded-schedule.ts'

export type Tracks = Record<SectionName, Signal<MediaStreamTrack | null>>

export interface Side {
  link: MediaLink
  tracks: Tracks
  /** Signals sent. */
  sent: SignalBody[]
  received: ControlMessage[]
  controller: AbortController
  /** While this is set, no signal of this side's arrives. */
  muted: boolean
  /** While this is set, signals of this side's wait here for `release`. */
  held: (() => void)[] | null
}

/** Every RTCPeerConnection made in this page. */
const connections: RTCPeerConnection[] = []
globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration)
    connections.push(this)
  }
}

/** How many RTCPeerConnections are open. */
export function openConnections(): RTCPeerConnection[] {
  return connections.filter(({ signalingState }) => signalingState !== 'closed')
}

/** A moving picture as a track. */
export function movingPicture(): MediaStreamTrack {
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 })
  const context = canvas.getContext('2d')
  let frame = 0
  const timer = setInterval(() => {
    if (context === null) return
    context.fillStyle = `hsl(${frame++ * 7 % 360} 80% 50%)`
    context.fillRect(0, 0, canvas.width, canvas.height)
  }, 50)
  const [track] = canvas.captureStream(20).getTracks()
  if (track === undefined) throw new Error('canvas gives no track')
  const stop = track.stop.bind(track)
  track.stop = () => { clearInterval(timer); stop() }
  return track
}

/** A sound as a track. */
export function tone(): MediaStreamTrack {
  const context = new AudioContext()
  const oscillator = context.createOscillator()
  const destination = context.createMediaStreamDestination()
  oscillator.connect(destination)
  oscillator.start()
  const [track] = destination.stream.getTracks()
  if (track === undefined) throw new Error('an oscillator gives no track')
  return track
}

export interface PairOptions {
  seed: number
  /** Signals take up to this long, each its own time, so that they overtake each other. */
  delayMs: number
  /** Signals of the impolite and of the polite side that get lost, counted from the first. */
  lost?: [number, number]
}

/** Two links that send the camera `picture`; nothing is started yet. */
export function createPair(picture: MediaStreamTrack | null, { seed, delayMs, lost = [0, 0] }: PairOptions): [Side, Side] {
  const random = seededRandom(seed)
  let sequence = 0
  const sides: Side[] = [false, true].map((polite, index) => {
    const controller = new AbortController()
    const tracks: Tracks = {
      microphone: signal(null), camera: signal(picture), screen: signal(null), screenAudio: signal(null),
    }
    const sent: SignalBody[] = []
    const received: ControlMessage[] = []
    const send = (body: SignalBody): void => {
      sent.push(body)
      const seq = sequence++
      if (sent.length <= (lost[index] ?? 0) || sides[index]?.muted === true) return
      const arrive = (): void => sides[1 - index]?.link.receive(seq, structuredClone(body))
      if (sides[index]?.held) return void sides[index].held.push(arrive)
      for (let copies = random() < 0.2 ? 2 : 1; copies > 0; copies--) {
        setTimeout(arrive, random() * delayMs)
      }
    }
    const { makeLink } = createLinkFactory({ tracks }, { signal: controller.signal })
    const link = makeLink({
      polite, iceServers: signal([]), signalable: () => true, send, onControl: (message) => received.push(message), signal: controller.signal,
    })
    return { link, tracks, sent, received, controller, muted: false, held: null }
  })
  const [impolite, polite] = sides
  if (impolite === undefined || polite === undefined) throw new Error('unreachable')
  return [impolite, polite]
}

/** Lets everything arrive that was held back, in its order. */
export function release(side: Side): void {
  const { held } = side
  side.held = null
  for (const arrive of held ?? []) arrive()
}

/** To all appearance nothing arrives on any connection any more, until the function that this gives is called. */
export function silence(): () => void {
  const { send } = RTCDataChannel.prototype
  const { getStats } = RTCPeerConnection.prototype
  RTCDataChannel.prototype.send = () => undefined
  // Reports on media go on all the same.
  RTCPeerConnection.prototype.getStats = async () => new Map()
  return () => {
    RTCDataChannel.prototype.send = send
    RTCPeerConnection.prototype.getStats = getStats
  }
}

/** Resolves once `condition` holds. */
export async function until(what: string, condition: () => boolean, limitMs = 15_000): Promise<void> {
  const end = performance.now() + limitMs
  while (!condition()) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Resolves once two frames of the stream's video were shown. */
export async function frames(stream: MediaStream | null, limitMs = 15_000): Promise<void> {
  const video = Object.assign(document.createElement('video'), { muted: true, playsInline: true, srcObject: stream })
  document.body.append(video)
  let shown = 0
  const next = (): void => { video.requestVideoFrameCallback(() => { shown++; next() }) }
  next()
  // Rejected when the element is removed while it loads, which is when nobody waits for it any more.
  video.play().catch(() => undefined)
  try {
    await until('frames are shown', () => shown >= 2, limitMs)
  } finally {
    video.remove()
    video.srcObject = null
  }
}

export async function untilConnected([a, b]: [Side, Side]): Promise<void> {
  await until('both are connected', () => a.link.phase.peek() === 'connected' && b.link.phase.peek() === 'connected')
}

/** Makes both links, starts both at once, waits for frames on both, and ends them. */
export async function glare(repetitions: number): Promise<number> {
  const picture = movingPicture()
  for (let seed = 0; seed < repetitions; seed++) {
    const pair = createPair(picture, { seed, delayMs: 30 })
    for (const { link } of pair) link.start()
    await untilConnected(pair)
    await Promise.all(pair.map(({ link }) => frames(link.remote.peek().camera)))
    for (const connection of openConnections()) {
      const kinds = connection.getTransceivers().map(({ receiver }) => receiver.track.kind).join()
      if (kinds !== 'audio,video,video,audio') throw new Error(`seed ${seed}: sections ${kinds}`)
    }
    for (const { controller } of pair) controller.abort()
    if (openConnections().length > 0) throw new Error(`seed ${seed}: a connection was left open`)
  }
  picture.stop()
  return repetitions
}
