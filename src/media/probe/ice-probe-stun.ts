import { onAbort, withTimeout, type Lifetime } from '../../util/abort.ts'
import type { MappedAddress, MappingObservation } from './nat-kind.ts'

/** How long a STUN server may take, milliseconds: it is asked at 0, 250, 750 and 1750 ms, and one lost packet is no news. */
const STUN_MS = 4_000
/** After the first answer, wait this long, milliseconds, for those of the others. */
const OTHERS_MS = 700
/** A server that asks for something that we do not have; 701 and above mean that none was reached. */
const REACHED_BELOW = 700

/** What came of asking STUN servers which addresses they see us under. */
export interface StunProbe extends Omit<MappingObservation, 'servers'> {
  /** Whether any of them has answered. */
  answered: boolean
  /** Until the first answer, milliseconds; null without one. */
  ms: number | null
}

/**
 * Asks these STUN servers, all from the same ports, as a call would. Takes at most STUN_MS; closes what it opens.
 * Nobody else is contacted. https://www.rfc-editor.org/rfc/rfc8489
 */
export async function probeStun(urls: string[], { signal }: Lifetime): Promise<StunProbe> {
  const limit = withTimeout(signal, STUN_MS)
  const pc = new RTCPeerConnection({ iceServers: urls.length > 0 ? [{ urls }] : [] })
  const started = performance.now()
  const hosts = new Set<string>()
  const mapped = new Map<string, MappedAddress>()
  let failures = 0
  let ms: number | null = null
  try {
    await new Promise<void>((resolve) => {
      onAbort(limit.signal, resolve)
      let last: ReturnType<typeof setTimeout> | undefined
      onAbort(limit.signal, () => clearTimeout(last))
      pc.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate?.type === 'host' && candidate.address) hosts.add(candidate.address)
        if (candidate?.type !== 'srflx' || candidate.address === null || candidate.port === null) return
        ms ??= Math.round(performance.now() - started)
        const base = `${candidate.relatedAddress ?? ''} ${candidate.relatedPort ?? ''}`
        mapped.set(`${candidate.address} ${candidate.port} ${base}`, { address: candidate.address, port: candidate.port, base })
        last ??= setTimeout(resolve, urls.length > 1 ? OTHERS_MS : 0)
      })
      pc.addEventListener('icecandidateerror', ({ errorCode }) => { if (errorCode >= REACHED_BELOW) failures++ })
      pc.addEventListener('icegatheringstatechange', () => { if (pc.iceGatheringState === 'complete') resolve() })
      pc.createDataChannel('probe')
      pc.setLocalDescription().catch(() => {
        // Closed meanwhile: there is nothing left to ask.
        resolve()
      })
    })
    // A server that sees us under our own address tells nothing new, so that the browser makes no candidate of it.
    const isQuietSuccess = pc.iceGatheringState === 'complete' && failures === 0 && hosts.size > 0
    if (isQuietSuccess) ms ??= Math.round(performance.now() - started)
    return { answered: urls.length > 0 && (mapped.size > 0 || isQuietSuccess), ms, hosts: [...hosts], mapped: [...mapped.values()] }
  } finally {
    limit.done()
    pc.close()
  }
}
