import { describe, expect, test } from 'vitest'
import { withAudioNack, withoutStrayFormats } from '../../../src/media/link/sdp.ts'

const lines = (...all: string[]): string => all.map((line) => `${line}\r\n`).join('')

describe('a description', () => {
  test('loses what it says about formats that it does not offer, in each section for itself', () => {
    const sdp = lines(
      'v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 109', 'a=rtpmap:109 opus/48000/2', 'a=rtpmap:96 VP8/90000', 'a=rtcp-fb:* transport-cc',
      'm=video 9 UDP/TLS/RTP/SAVPF 96 97', 'a=rtpmap:96 VP8/90000', 'a=rtpmap:97 rtx/90000', 'a=fmtp:97 apt=96', 'a=rtcp-fb:96 nack pli', 'a=rtcp-fb:45 nack pli',
      'a=fmtp:45 profile=0', 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=sctp-port:5000',
    )
    expect(withoutStrayFormats(sdp)).toBe(lines(
      'v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 109', 'a=rtpmap:109 opus/48000/2', 'a=rtcp-fb:* transport-cc',
      'm=video 9 UDP/TLS/RTP/SAVPF 96 97', 'a=rtpmap:96 VP8/90000', 'a=rtpmap:97 rtx/90000', 'a=fmtp:97 apt=96', 'a=rtcp-fb:96 nack pli',
      'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=sctp-port:5000',
    ))
  })

  test('asks for repeats of sound once', () => {
    const sdp = lines('m=audio 9 UDP/TLS/RTP/SAVPF 109', 'a=rtpmap:109 opus/48000/2', 'm=video 9 UDP/TLS/RTP/SAVPF 96', 'a=rtpmap:96 VP8/90000')
    const asked = lines('m=audio 9 UDP/TLS/RTP/SAVPF 109', 'a=rtpmap:109 opus/48000/2', 'a=rtcp-fb:109 nack', 'm=video 9 UDP/TLS/RTP/SAVPF 96', 'a=rtpmap:96 VP8/90000')
    expect(withAudioNack(sdp)).toBe(asked)
    expect(withAudioNack(asked)).toBe(asked)
  })
})
