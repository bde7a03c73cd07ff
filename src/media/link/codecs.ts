/**
 * The codecs that a section offers. A description lists each codec with its parameters once per section, and the profiles
 * that nobody picks make up a third of an offer. Order is preference: the browser's own, except that redundant audio comes first.
 */

const VIDEO = new Set(['video/vp8', 'video/vp9', 'video/h264', 'video/av1', 'video/rtx', 'video/red', 'video/ulpfec'])
const AUDIO = new Set(['audio/red', 'audio/opus'])

/** Chooses from what the browser can do; every codec that it gives up has a kept one that all browsers share. */
export function chooseCodecs<Codec extends RTCRtpCodec>(kind: 'audio' | 'video', available: readonly Codec[]): Codec[] {
  if (kind === 'video') return available.filter((codec) => VIDEO.has(codec.mimeType.toLowerCase()) && isCommonProfile(codec))
  const kept = available.filter((codec) => AUDIO.has(codec.mimeType.toLowerCase()))
  // RED repeats each packet's predecessor, so that a single loss is not heard. https://www.rfc-editor.org/rfc/rfc2198
  // Opus' own FEC is on in browsers, and DTX is off and stays so: after a pause there is no predecessor to repeat, and the
  // first syllable is what a loss would take.
  return kept.toSorted((a, b) => Number(b.mimeType.toLowerCase() === 'audio/red') - Number(a.mimeType.toLowerCase() === 'audio/red'))
}

/** VP9 and AV1 with 8 bit, H.264 constrained baseline: what cameras give and every decoder takes. */
function isCommonProfile({ mimeType, sdpFmtpLine = '' }: RTCRtpCodec): boolean {
  switch (mimeType.toLowerCase()) {
    case 'video/vp9': return !/profile-id=[1-9]/.test(sdpFmtpLine)
    case 'video/av1': return !/profile=[1-9]/.test(sdpFmtpLine)
    case 'video/h264': return /profile-level-id=42e0/i.test(sdpFmtpLine) && /packetization-mode=1/.test(sdpFmtpLine)
    default: return true
  }
}
