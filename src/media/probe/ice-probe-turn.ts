import { onAbort, withTimeout, type Lifetime } from '../../util/abort.ts'

/** How long a TURN server may take for everything, milliseconds: by TCP and TLS that is six round trips. */
const TURN_MS = 8_000
/** Round trips measured; the quickest of them is the path's. */
const PINGS = 3
/**
 * Below this an error is the server's own answer; 701 means that none came.
 * https://w3c.github.io/webrtc-pc/#dom-rtcpeerconnectioniceerrorevent-errorcode
 */
const ANSWER_BELOW = 700

/**
 * What a TURN server did for us: carried data there and back; gave an address but carried nothing; refused; or did not
 * answer.
 */
export interface TurnProbe {
  outcome: 'carried' | 'allocated' | 'refused' | 'no-answer'
  /** Until it had given us an address, milliseconds; null when it gave none. */
  ms: number | null
  /** To the server and back, twice: from one of its addresses to another. Milliseconds; null when nothing was carried. */
  rttMs: number | null
}

/**
 * Asks this one server for two addresses and sends data from one to the other, as two people would who can reach each other
 * in no other way. Takes at most TURN_MS; closes what it opens. https://www.rfc-editor.org/rfc/rfc8656
 */
export async function probeTurn(server: RTCIceServer, { signal }: Lifetime): Promise<TurnProbe> {
  const limit = withTimeout(signal, TURN_MS)
  const open = (): RTCPeerConnection => new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: 'relay' })
  const ends: [RTCPeerConnection, RTCPeerConnection] = [open(), open()]
  const channel = (end: RTCPeerConnection): RTCDataChannel => end.createDataChannel('probe', { negotiated: true, id: 0 })
  const channels: [RTCDataChannel, RTCDataChannel] = [channel(ends[0]), channel(ends[1])]
  try {
    const allocation = watchAllocation(ends[0], limit.signal)
    const trips = pings(channels, limit.signal)
    await connect(ends)
    const { ms, refused } = await allocation
    if (ms === null) return { outcome: refused ? 'refused' : 'no-answer', ms, rttMs: null }
    const rttMs = await trips
    return { outcome: rttMs === null ? 'allocated' : 'carried', ms, rttMs }
  } finally {
    limit.done()
    for (const end of ends) end.close()
  }
}

/** Resolves with the time of the first candidate, or without one when there will be none. */
function watchAllocation(end: RTCPeerConnection, signal: AbortSignal): Promise<{ ms: number | null, refused: boolean }> {
  const started = performance.now()
  let refused = false
  return new Promise((resolve) => {
    onAbort(signal, () => resolve({ ms: null, refused }))
    end.addEventListener('icecandidateerror', ({ errorCode }) => { refused ||= errorCode < ANSWER_BELOW })
    end.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate?.type === 'relay') resolve({ ms: Math.round(performance.now() - started), refused })
    })
    end.addEventListener('icegatheringstatechange', () => {
      if (end.iceGatheringState === 'complete') resolve({ ms: null, refused })
    })
  })
}

async function connect([a, b]: [RTCPeerConnection, RTCPeerConnection]): Promise<void> {
  pass(a, b)
  pass(b, a)
  await a.setLocalDescription()
  if (a.localDescription === null) return
  await b.setRemoteDescription(a.localDescription)
  await b.setLocalDescription()
  if (b.localDescription !== null) await a.setRemoteDescription(b.localDescription)
}

function pass(from: RTCPeerConnection, to: RTCPeerConnection): void {
  from.addEventListener('icecandidate', ({ candidate }) => {
    to.addIceCandidate(candidate ?? undefined).catch(() => {
      // The other end was closed because the probe is over.
    })
  })
}

/** Resolves with the quickest of a few round trips, or null when none came back in time. */
function pings([a, b]: [RTCDataChannel, RTCDataChannel], signal: AbortSignal): Promise<number | null> {
  let best: number | null = null
  let left = PINGS
  return new Promise((resolve) => {
    onAbort(signal, () => resolve(best))
    let sentAt = 0
    const ping = (): void => {
      sentAt = performance.now()
      a.send('ping')
    }
    a.addEventListener('open', ping)
    b.addEventListener('message', () => b.send('pong'))
    a.addEventListener('message', () => {
      best = Math.min(best ?? Infinity, Math.round(performance.now() - sentAt))
      if (--left === 0) resolve(best)
      else ping()
    })
  })
}
