/** Media bytes received on a connection so far, over all its sections. https://www.w3.org/TR/webrtc-stats/#inboundrtpstats-dict* */
export async function inboundBytes(pc: RTCPeerConnection): Promise<number> {
  let bytes = 0
  for (const entry of (await pc.getStats()).values() as Iterable<unknown>) bytes += bytesOf(entry)
  return bytes
}

function bytesOf(entry: unknown): number {
  if (typeof entry !== 'object' || entry === null) return 0
  if (!('type' in entry) || entry.type !== 'inbound-rtp' || !('bytesReceived' in entry)) return 0
  return typeof entry.bytesReceived === 'number' ? entry.bytesReceived : 0
}
