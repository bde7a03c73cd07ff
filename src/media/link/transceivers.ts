import { createLog } from '../../util/log.ts'
import { chooseCodecs } from './codecs.ts'
import type { SectionName, SendTracks } from '../types.ts'

const log = createLog('transceivers')

interface Section {
  name: SectionName
  kind: 'audio' | 'video'
  /** Sections of one group are played in time with each other. */
  group: 'person' | 'screen'
}

/** The media sections of every connection. Their order is a contract between peers: it is the order of the m-lines. */
export const SECTIONS: readonly Section[] = [
  { name: 'microphone', kind: 'audio', group: 'person' },
  { name: 'camera', kind: 'video', group: 'person' },
  { name: 'screen', kind: 'video', group: 'screen' },
  { name: 'screenAudio', kind: 'audio', group: 'screen' },
]

/** The transceivers of one RTCPeerConnection. All are sendrecv for life; what changes is their senders' tracks. */
export type Sections = Readonly<Record<SectionName, RTCRtpTransceiver>>

/** The peer's offer has other media sections than ours. */
export class SectionsMismatch extends Error {
  readonly code = 'sections-mismatch'

  constructor(found: string) {
    super(`expected audio, video, video, audio; found ${found}`)
    this.name = 'SectionsMismatch'
  }
}

/** Makes the sections of a connection that is about to make its first offer. */
export function addSections(pc: RTCPeerConnection, tracks: SendTracks): Sections {
  const streams = makeStreams()
  return collect(SECTIONS.map(({ name, kind, group }) => {
    const init: RTCRtpTransceiverInit = { direction: 'sendrecv', streams: [streams[group]] }
    const transceiver = pc.addTransceiver(tracks[name].peek() ?? kind, init)
    prefer(transceiver, kind)
    return transceiver
  }))
}

/**
 * Takes the sections from a connection whose first remote offer has just been set, and readies them for the answer:
 * the tracks are in place before it is made, so that media flows with it.
 *
 * @throws {SectionsMismatch} when the offer has not exactly our sections
 */
export function adoptSections(pc: RTCPeerConnection, tracks: SendTracks): Sections {
  const transceivers = pc.getTransceivers()
  const kinds = transceivers.map(({ receiver }) => receiver.track.kind)
  if (kinds.join() !== SECTIONS.map(({ kind }) => kind).join()) throw new SectionsMismatch(kinds.join(', '))
  const streams = makeStreams()
  SECTIONS.forEach(({ name, kind, group }, index) => {
    const transceiver = transceivers[index]
    if (transceiver === undefined) return
    transceiver.direction = 'sendrecv'
    // Old Firefox cannot name streams after the fact; its lip sync is then less exact.
    if ('setStreams' in transceiver.sender) transceiver.sender.setStreams(streams[group])
    prefer(transceiver, kind)
    // Not awaited: the connection's operations are chained, so the answer comes after it anyway.
    transceiver.sender.replaceTrack(tracks[name].peek())
      .catch((error: unknown) => log.debug('no first track', name, error))
  })
  return collect(transceivers)
}

function collect(transceivers: RTCRtpTransceiver[]): Sections {
  const [microphone, camera, screen, screenAudio] = transceivers
  if (!microphone || !camera || !screen || !screenAudio) throw new SectionsMismatch(`${transceivers.length} sections`)
  return { microphone, camera, screen, screenAudio }
}

function makeStreams(): Record<Section['group'], MediaStream> {
  return { person: new MediaStream(), screen: new MediaStream() }
}

function prefer(transceiver: RTCRtpTransceiver, kind: Section['kind']): void {
  const codecs = chooseCodecs(kind, RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [])
  if (codecs.length === 0 || !('setCodecPreferences' in transceiver)) return
  try {
    transceiver.setCodecPreferences(codecs)
  } catch (error) {
    // A browser that dislikes the list offers its own, which only is longer.
    log.debug('codec preferences refused', error)
  }
}
