/** Running totals and present readings of one connection, out of its statistics. Counters only grow. */
export interface PathSample {
  /** What the browser thinks that the path carries, bits per second; null before it has an opinion. */
  availableBps: number | null
  /** The latest round trip that reports of the peer tell, milliseconds, null before the first; and when they told it. */
  reportedMs: number | null
  reportedAt: number
  /** The same by the checks of ICE, and how many of those were answered. */
  checkedMs: number | null
  checks: number
  /** Bits sent, with headers and repeats. */
  sentBits: number
  sentPackets: number
  /** Time that packets spent waiting to be sent, in all, milliseconds. */
  waitedMs: number
  /** Packets of ours that got lost, whether or not they were repeated. */
  sentLost: number
  receivedPackets: number
  /** Packets of the peer's that got lost, whether or not they were repeated. */
  receivedLost: number
  /** Samples of sound that were played, those of them that were made up for missing ones, and how long the others had waited in all. */
  playedSamples: number
  concealedSamples: number
  heldSamples: number
  heldMs: number
}

/** What happened on a path between two samples. */
export interface PathView {
  availableBps: number | null
  roundTripMs: number | null
  /** Bits per second that we sent. */
  sentBps: number
  /** How long a packet waited before it was sent, on average, milliseconds. */
  queueMs: number
  /** Part of our packets that got lost, 0..1. */
  sentLoss: number
  /** Part of the peer's packets that got lost, 0..1. */
  receivedLoss: number
  /** Part of the sound that was made up, 0..1, and how long a sample waited before it was played, on average, milliseconds. */
  concealed: number
  heldMs: number
}

/** Reports of the peer come about once a second for video and every five for sound; one lot of them is smoothed over so many samples. */
const LOSS_WEIGHT = 0.3

/** Reads one RTCStatsReport's entries. https://www.w3.org/TR/webrtc-stats/#summary */
export function samplePath(entries: Iterable<unknown>): PathSample {
  const sample: PathSample = {
    availableBps: null, reportedMs: null, reportedAt: -Infinity, checkedMs: null, checks: 0,
    sentBits: 0, sentPackets: 0, waitedMs: 0, sentLost: 0, receivedPackets: 0, receivedLost: 0, playedSamples: 0, concealedSamples: 0, heldSamples: 0, heldMs: 0,
  }
  for (const entry of entries) {
    if (typeof entry !== 'object' || entry === null || !('type' in entry)) continue
    const read = (key: string): number => numberAt(entry, key) ?? 0
    // A repeat of sound has its packet's own number and so takes it off the lost ones; a repeat of video has not. Of sound
    // Chromium counts no repeats that came, but the requests, which are as many, or a few more.
    const isAudio = 'kind' in entry && entry.kind === 'audio'
    switch (entry.type) {
      case 'outbound-rtp':
        sample.sentBits += 8 * (read('bytesSent') + read('headerBytesSent'))
        sample.sentPackets += read('packetsSent')
        sample.waitedMs += 1_000 * read('totalPacketSendDelay')
        if (isAudio) sample.sentLost += read('retransmittedPacketsSent')
        break
      case 'inbound-rtp':
        sample.receivedPackets += read('packetsReceived')
        sample.receivedLost += Math.max(0, read('packetsLost')) + (isAudio ? read('nackCount') : 0)
        sample.playedSamples += read('totalSamplesReceived')
        sample.concealedSamples += read('concealedSamples') - read('silentConcealedSamples')
        if (isAudio) sample.heldSamples += read('jitterBufferEmittedCount')
        if (isAudio) sample.heldMs += 1_000 * read('jitterBufferDelay')
        break
      case 'remote-inbound-rtp': {
        sample.sentLost += Math.max(0, read('packetsLost'))
        const roundTripMs = secondsAt(entry, 'roundTripTime')
        // Of a section that sends nothing any more only an old measurement is left.
        if (roundTripMs !== null && read('timestamp') > sample.reportedAt) {
          sample.reportedAt = read('timestamp')
          sample.reportedMs = roundTripMs
        }
        break
      }
      case 'candidate-pair':
        // Firefox goes on calling pairs nominated that it no longer uses.
        if (!('nominated' in entry) || entry.nominated !== true || ('selected' in entry && entry.selected !== true)) break
        sample.availableBps = numberAt(entry, 'availableOutgoingBitrate') ?? sample.availableBps
        sample.checkedMs = secondsAt(entry, 'currentRoundTripTime') ?? sample.checkedMs
        sample.checks += read('responsesReceived')
        break
    }
  }
  return sample
}

/** Compares two samples, `elapsedMs` apart; `last` is the view before, which the losses are smoothed with. */
export function viewPath(before: PathSample, now: PathSample, elapsedMs: number, last: PathView | null): PathView {
  // A rebuilt connection counts from nothing again, and a packet that came late after all is no longer lost.
  const grown = (key: Exclude<keyof PathSample, 'availableBps' | 'reportedMs' | 'checkedMs'>): number => Math.max(0, now[key] - before[key])
  const missed = grown('receivedLost')
  return {
    availableBps: now.availableBps,
    roundTripMs: roundTrip(before, now, last),
    sentBps: 1_000 * ratio(grown('sentBits'), elapsedMs),
    queueMs: ratio(grown('waitedMs'), grown('sentPackets')),
    sentLoss: smooth(last?.sentLoss, ratio(grown('sentLost'), grown('sentPackets'))),
    receivedLoss: smooth(last?.receivedLoss, ratio(missed, grown('receivedPackets') + missed)),
    concealed: ratio(grown('concealedSamples'), grown('playedSamples')),
    heldMs: ratio(grown('heldMs'), grown('heldSamples')),
  }
}

/**
 * The newest measurement there is. A peer that gets nothing but sound reports every five seconds only, and by then a queue
 * is long gone; ICE checks its pair every two or three.
 */
function roundTrip(before: PathSample, now: PathSample, last: PathView | null): number | null {
  if (now.checks > before.checks && now.checkedMs !== null) return now.checkedMs
  if (now.reportedAt > before.reportedAt || last === null) return now.reportedMs ?? now.checkedMs
  return last.roundTripMs
}

function smooth(was: number | undefined, fraction: number): number {
  return was === undefined ? Math.min(1, fraction) : was + LOSS_WEIGHT * (Math.min(1, fraction) - was)
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0
}

/** A time that statistics tell in seconds, milliseconds. */
function secondsAt(entry: object, key: string): number | null {
  const seconds = numberAt(entry, key)
  return seconds === null ? null : 1_000 * seconds
}

function numberAt(entry: object, key: string): number | null {
  const value: unknown = (entry as Readonly<Record<string, unknown>>)[key]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
