/** The few facts that are read out of an SDP description. Everything else in it is the browser's business. */

/**
 * The DTLS certificate's fingerprint: it names one RTCPeerConnection for life, across all its offers and answers.
 * Empty when there is none. https://www.rfc-editor.org/rfc/rfc8122#section-5
 */
export function dtlsFingerprint(sdp: string): string {
  return /^a=fingerprint:(\S+ \S+)/m.exec(sdp)?.[1]?.toLowerCase() ?? ''
}

/**
 * The ICE user fragment, new with every ICE restart; empty when there is none. All sections share it under BUNDLE.
 * https://www.rfc-editor.org/rfc/rfc8839#section-5.4
 */
export function iceUfrag(sdp: string): string {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? ''
}

/** The description without its candidates, which travel beside it. */
export function withoutCandidates(sdp: string): string {
  return sdp.replace(/^a=(candidate:.*|end-of-candidates)\r?\n/gm, '')
}

/**
 * The peer's description as if it had asked for lost packets of sound to be sent again, which browsers offer for video only:
 * ours then repeats them, and asks for repeats. https://www.rfc-editor.org/rfc/rfc4585#section-6.2.1
 */
export function withAudioNack(sdp: string): string {
  return sdp.replace(/^m=audio [^]*?(?=^m=|$(?![^]))/gm, (section) => section.replace(
    /^a=rtpmap:(\d+) (?:opus|red)\/48000.*(\r?\n)/gim,
    (line, payloadType: string, end: string) => section.includes(`a=rtcp-fb:${payloadType} nack`) ? line : `${line}a=rtcp-fb:${payloadType} nack${end}`,
  ))
}

/**
 * The description without what it says about formats that it does not offer, which Firefox 153 leaves in a further offer
 * where preferences for codecs are set, and for which Chromium 156 refuses the whole.
 */
export function withoutStrayFormats(sdp: string): string {
  return sdp.replace(/^m=(?:audio|video) [^]*?(?=^m=|$(?![^]))/gm, (section) => {
    const [, ...offered] = /^m=\S+ \S+ \S+(.*)/.exec(section)?.[1]?.split(/\s+/) ?? []
    return section.replace(/^a=(?:rtpmap|fmtp|rtcp-fb):(\d+)\s.*\r?\n/gm, (line, format: string) => offered.includes(format) ? line : '')
  })
}
