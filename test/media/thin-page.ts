/** Runs inside the browser: two links in one page that talk and show themselves to each other, and what arrives. */
import { livelyPicture, steadyVoice } from '../lab/quality-sources.ts'
import { createPair, openConnections, until, untilConnected, type Side } from './link-page.ts'

export interface Arrival {
  /** Sound packets and pictures that the first side has received. */
  packets: number
  frames: number
  /** Whether the second side said last that its camera is held. */
  held: boolean
  /** Packets of sound that the first side has sent again. */
  repeated: number
}

/** Opus packets of 20 ms. */
const PACKETS_A_SECOND = 50

let pair: [Side, Side] | undefined

/** Connects the two and waits until each sees the other. */
export async function meet(): Promise<void> {
  pair = createPair(livelyPicture(), { seed: 1, delayMs: 0 })
  const voice = steadyVoice()
  for (const { tracks } of pair) tracks.microphone.value = voice
  pair[0].link.start()
  await untilConnected(pair)
  for (const { link } of pair) {
    const full = { width: 640, height: 360 }
    await until('the view is told', () => link.send({ kind: 'view', camera: full, screen: { width: 0, height: 0 } }))
    for (const stream of [link.remote.peek().audio, link.remote.peek().camera]) play(stream)
  }
}

/** What has arrived up to now. */
export async function arrival(): Promise<Arrival> {
  const result: Arrival = { packets: 0, frames: 0, held: false, repeated: 0 }
  const last = pair?.[0].received.findLast(({ kind }) => kind === 'held')
  result.held = last?.kind === 'held' && last.camera
  const stats = await openConnections()[0]?.getStats()
  for (const entry of (stats?.values() ?? []) as Iterable<Record<string, number | string | undefined>>) {
    if (entry['type'] === 'outbound-rtp' && entry['kind'] === 'audio') result.repeated += Number(entry['retransmittedPacketsSent'] ?? 0)
    if (entry['type'] !== 'inbound-rtp') continue
    result.frames += Number(entry['framesDecoded'] ?? 0)
    if (entry['kind'] === 'audio') result.packets += Number(entry['packetsReceived'])
  }
  return result
}

/** How many times the encoder's bits of sound each side has sent, of late: statistics call RED and what is in it by the same name. */
export async function copiesOfSound(): Promise<number[]> {
  const read = async (pc: RTCPeerConnection): Promise<{ bits: number, packets: number, bps: number }> => {
    for (const entry of (await pc.getStats()).values() as Iterable<Record<string, number | string>>) {
      if (entry['type'] !== 'outbound-rtp' || entry['kind'] !== 'audio' || entry['packetsSent'] === 0) continue
      return { bits: 8 * Number(entry['bytesSent']), packets: Number(entry['packetsSent']), bps: Number(entry['targetBitrate']) }
    }
    return { bits: 0, packets: 0, bps: 1 }
  }
  const before = await Promise.all(openConnections().map(read))
  await new Promise((resolve) => setTimeout(resolve, 500))
  const now = await Promise.all(openConnections().map(read))
  return now.map(({ bits, packets, bps }, index) => {
    const sent = packets - (before[index]?.packets ?? 0)
    return (bits - (before[index]?.bits ?? 0)) / Math.max(1, sent) * PACKETS_A_SECOND / bps
  })
}

/** The longest time, milliseconds, that the first side has what arrives wait for repeats. */
export function playout(): number {
  return Math.max(...(openConnections()[0]?.getReceivers() ?? []).map(({ jitterBufferTarget }) => jitterBufferTarget ?? 0))
}

function play(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) {
    const element = Object.assign(document.createElement(track.kind as 'audio' | 'video'), { autoplay: true, srcObject: stream })
    element.muted = track.kind === 'video'
    document.body.append(element)
    // Rejected when the page is closed while it loads, which is when nobody waits for it any more.
    element.play().catch(() => undefined)
  }
}
