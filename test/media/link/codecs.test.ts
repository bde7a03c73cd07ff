import { expect, test } from 'vitest'
import { chooseCodecs } from '../../../src/media/link/codecs.ts'
import { dtlsFingerprint, iceUfrag, withAudioNack, withoutCandidates } from '../../../src/media/link/sdp.ts'

const codec = (mimeType: string, sdpFmtpLine?: string): RTCRtpCodec =>
  ({ mimeType, clockRate: 90_000, ...(sdpFmtpLine === undefined ? {} : { sdpFmtpLine }) })

test('of each video codec the one profile that all browsers share is kept, in the order of the browser', () => {
  const kept = chooseCodecs('video', [
    codec('video/VP8'), codec('video/rtx'), codec('video/VP9', 'profile-id=0'), codec('video/VP9', 'profile-id=2'),
    codec('video/H264', 'packetization-mode=1;profile-level-id=42001f'), codec('video/H264', 'packetization-mode=0;profile-level-id=42e01f'),
    codec('video/H264', 'packetization-mode=1;profile-level-id=42e01f'), codec('video/H264', 'packetization-mode=1;profile-level-id=640034'),
    codec('video/AV1', 'level-idx=5;profile=0'), codec('video/AV1', 'level-idx=5;profile=1'), codec('video/flexfec-03'),
  ])
  expect(kept.map(({ mimeType, sdpFmtpLine = '' }) => `${mimeType} ${sdpFmtpLine}`.trim())).toEqual([
    'video/VP8', 'video/rtx', 'video/VP9 profile-id=0', 'video/H264 packetization-mode=1;profile-level-id=42e01f',
    'video/AV1 level-idx=5;profile=0',
  ])
})

test('audio is Opus, redundant where the browser can', () => {
  const mimeTypes = (available: RTCRtpCodec[]): string[] => chooseCodecs('audio', available).map(({ mimeType }) => mimeType)
  expect(mimeTypes([codec('audio/opus'), codec('audio/red'), codec('audio/G722'), codec('audio/PCMU')])).toEqual(['audio/red', 'audio/opus'])
  expect(mimeTypes([codec('audio/opus'), codec('audio/PCMA')])).toEqual(['audio/opus'])
})

test('fingerprint and user fragment are read from a description, candidates are taken out of it', () => {
  const sdp = 'v=0\r\nm=audio 9\r\na=candidate:1 1 udp 2 10.0.0.1 5 typ host\r\na=ice-ufrag:AbC+\r\na=fingerprint:sha-256 AA:BB\r\na=end-of-candidates\r\na=mid:0\r\n'
  expect(iceUfrag(sdp)).toBe('AbC+')
  expect(dtlsFingerprint(sdp)).toBe('sha-256 aa:bb')
  expect(withoutCandidates(sdp)).toBe('v=0\r\nm=audio 9\r\na=ice-ufrag:AbC+\r\na=fingerprint:sha-256 AA:BB\r\na=mid:0\r\n')
  expect([iceUfrag('v=0'), dtlsFingerprint('v=0')]).toEqual(['', ''])
})

test('repeats are asked for of every kind of sound, and of nothing twice', () => {
  const sdp = [
    'v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 63 111 9', 'a=rtpmap:63 red/48000/2', 'a=fmtp:63 111/111', 'a=rtpmap:111 opus/48000/2',
    'a=rtcp-fb:111 transport-cc', 'a=rtpmap:9 G722/8000', 'm=video 9 UDP/TLS/RTP/SAVPF 96', 'a=rtpmap:96 VP8/90000',
    'm=audio 9 UDP/TLS/RTP/SAVPF 109', 'a=rtpmap:109 opus/48000/2', '',
  ]
  const asking = withAudioNack(sdp.join('\r\n'))
  expect(asking.split('\r\n').filter((line) => !sdp.includes(line))).toEqual(['a=rtcp-fb:63 nack', 'a=rtcp-fb:111 nack', 'a=rtcp-fb:109 nack'])
  expect(asking.indexOf('a=rtcp-fb:109 nack')).toBeGreaterThan(asking.lastIndexOf('m=audio'))
  expect(withAudioNack(asking)).toBe(asking)
  expect(withAudioNack('v=0\r\nm=video 9\r\na=rtpmap:96 VP8/90000\r\n')).toBe('v=0\r\nm=video 9\r\na=rtpmap:96 VP8/90000\r\n')
})
