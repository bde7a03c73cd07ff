import { children, element, filler, float64, ID, idBytes, joined, readHead, readUnsigned, sizeBytes, UNKNOWN_SIZE, unsigned } from './ebml.ts'
import { videoTrack, type CuePoint, type WebmScan } from './webm-scan.ts'

/** A file that can be written anywhere in. */
export interface WritableFile {
  write(bytes: Uint8Array, at: number): void
  truncate(bytes: number): void
}

/** Beginnings longer than this are not looked at; those of recorders take some hundred bytes. */
export const MAX_BEGINNING_BYTES = 64 * 1024
/** Kept free for the list of what stands where; it takes 68. */
const RESERVED_BYTES = 80
/** Nanoseconds of the unit of time that all recorders use. */
const MILLISECOND_NS = 1_000_000

/** Where in a file stands what is known only at its end. Bytes from its beginning. */
export interface Beginning {
  /** The segment's size, and its content, from whose beginning positions are counted. */
  segmentSizeAt: number
  contentAt: number
  /** Room for the list of what stands where; null where there is none. */
  reservedAt: number | null
  infoAt: number
  tracksAt: number
  durationAt: number | null
  video: number | null
  /** Where the first cluster begins. */
  end: number
}

/** Parts of a file's beginning as some recorder wrote it. */
interface Parts {
  head: Uint8Array
  info: Uint8Array
  others: Uint8Array[]
}

/**
 * Rewrites the beginning of a recording so that its duration and what makes it seekable can be filled in later; null as
 * long as it has not come whole.
 *
 * @throws {RangeError} for anything but WebM in milliseconds
 */
export function prepared(bytes: Uint8Array): { bytes: Uint8Array<ArrayBuffer>, used: number } | null {
  const found = partsOf(bytes)
  if (found === null) return null
  const { head, info, others } = found.parts
  const fields = [...children(info)]
  const scale = fields.find(({ id }) => id === ID.timestampScale)?.content
  if (scale === undefined || readUnsigned(scale) !== MILLISECOND_NS) throw new RangeError('another unit of time')
  const kept = fields.filter(({ id }) => id !== ID.duration).map(({ whole }) => whole)
  return {
    bytes: joined([
      head, idBytes(ID.segment), UNKNOWN_SIZE, filler(RESERVED_BYTES),
      element(ID.info, ...kept, element(ID.duration, float64(0))), ...others,
    ]),
    used: found.used,
  }
}

/** Where things stand in a beginning that `prepared` made. @throws {RangeError} in any other */
export function readBeginning(bytes: Uint8Array): Beginning {
  const places = new Map<number, { at: number, content: Uint8Array }>()
  let segmentSizeAt = 0
  let at = 0
  for (;;) {
    const head = readHead(bytes, at)
    if (head === null) throw new RangeError('the beginning is cut')
    if (head.id === ID.cluster) break
    const content = at + head.length
    places.set(head.id, { at, content: bytes.subarray(content, content + (head.size ?? 0)) })
    if (head.id === ID.segment) segmentSizeAt = at + 4
    at = head.id === ID.segment ? content : content + (head.size ?? 0)
  }
  const [info, tracks, reserved] = [places.get(ID.info), places.get(ID.tracks), places.get(ID.voidElement)]
  if (segmentSizeAt === 0 || info === undefined || tracks === undefined) throw new RangeError('parts are missing')
  const duration = [...children(info.content)].find(({ id }) => id === ID.duration)?.content
  return {
    segmentSizeAt,
    contentAt: segmentSizeAt + 8,
    reservedAt: reserved?.content.length === RESERVED_BYTES - 2 ? reserved.at : null,
    infoAt: info.at,
    tracksAt: tracks.at,
    durationAt: duration?.length === 8 ? duration.byteOffset - bytes.byteOffset : null,
    video: videoTrack(tracks.content),
    end: at,
  }
}

/** Completes a file whose clusters have been scanned to its end: duration, sizes, and a list of places to play from. */
export function complete(file: WritableFile, beginning: Beginning, scan: WebmScan): void {
  const end = scan.end()
  if (end === null) return
  const { segmentSizeAt, contentAt, reservedAt, durationAt, infoAt, tracksAt, video } = beginning
  closeClusters(file, scan)
  file.truncate(end)
  if (durationAt !== null) file.write(float64(scan.lastMs), durationAt)
  if (reservedAt === null || video === null) return
  const cues = element(ID.cues, ...scan.cues.map((cue) => cuePoint(cue, video, contentAt)))
  file.write(cues, end)
  const places = [[ID.info, infoAt], [ID.tracks, tracksAt], [ID.cues, end]] as const
  const seekHead = element(ID.seekHead, ...places.map(([id, at]) => element(ID.seek,
    element(ID.seekId, idBytes(id)), element(ID.seekPosition, unsigned(at - contentAt, 8)))))
  file.write(joined([seekHead, filler(RESERVED_BYTES - seekHead.length)]), reservedAt)
  file.write(joined([sizeBytes(end + cues.length - contentAt)]), segmentSizeAt)
}

/** Writes the sizes of clusters that have ended since. */
export function closeClusters(file: WritableFile, scan: WebmScan): void {
  for (const { sizeAt, end } of scan.closed.splice(0)) file.write(joined([sizeBytes(end - sizeAt - 8)]), sizeAt)
}

function cuePoint({ timeMs, at }: CuePoint, video: number, contentAt: number): Uint8Array {
  return element(ID.cuePoint,
    element(ID.cueTime, unsigned(timeMs, 8)),
    element(ID.cueTrackPositions, element(ID.cueTrack, unsigned(video, 1)), element(ID.cueClusterPosition, unsigned(at - contentAt, 8))))
}

/** What stands before the first cluster; null as long as that has not come. */
function partsOf(bytes: Uint8Array): { parts: Parts, used: number } | null {
  if (bytes.length > 4 && readHead(bytes, 0)?.id !== ID.header) throw new RangeError('not WebM')
  const others: Uint8Array[] = []
  let head: Uint8Array = bytes.subarray(0, 0)
  let info: Uint8Array | null = null
  let at = 0
  for (;;) {
    const found = readHead(bytes, at)
    if (found === null) break
    const content = at + found.length
    if (found.id === ID.cluster) {
      if (info === null) throw new RangeError('no information about the file')
      return { parts: { head, info, others }, used: at }
    }
    const end = found.id === ID.segment ? content : content + (found.size ?? Infinity)
    if (end > bytes.length) break
    if (found.id === ID.header) head = bytes.subarray(at, end)
    else if (found.id === ID.info) info = bytes.subarray(content, end)
    else if (found.id !== ID.segment && found.id !== ID.voidElement && found.id !== ID.seekHead) others.push(bytes.subarray(at, end))
    at = end
  }
  if (bytes.length > MAX_BEGINNING_BYTES) throw new RangeError('no cluster begins')
  return null
}
