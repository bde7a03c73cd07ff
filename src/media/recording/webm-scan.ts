import { children, ID, readHead, readUnsigned } from './ebml.ts'

/** A place from which a video can be played: a cluster that begins with a picture that needs no other. */
export interface CuePoint {
  timeMs: number
  /** Where the cluster begins, bytes from the beginning of the file. */
  at: number
}

/** A cluster whose size the file does not say, and where it ends. */
export interface OpenCluster {
  /** Where its eight bytes of size stand, and where its content begins and ends. */
  sizeAt: number
  end: number
}

/** A cluster's id, and a size in the long form of eight bytes, which can be written over. */
const OPEN_HEAD_BYTES = 12

/** Which track is the picture; null where there is none. `content` is that of the Tracks element. */
export function videoTrack(content: Uint8Array): number | null {
  for (const { id, content: entry } of children(content)) {
    if (id !== ID.trackEntry) continue
    const fields = new Map([...children(entry)].map((field) => [field.id, field.content]))
    const number = fields.get(ID.trackNumber)
    if (number !== undefined && readUnsigned(fields.get(ID.trackType) ?? new Uint8Array()) === 1) return readUnsigned(number)
  }
  return null
}

/** Reads the clusters of a file piece by piece, as it is written, and keeps what makes it seekable. Holds no media. */
export class WebmScan {
  readonly #video: number | null
  readonly cues: CuePoint[] = []
  /** Clusters that have ended since this was last emptied by its reader. */
  readonly closed: OpenCluster[] = []
  /** Time of the last block, milliseconds. */
  lastMs = 0
  /** Bytes that could not be read yet, and where in the file they begin. */
  #rest = new Uint8Array()
  #at: number
  /** Bytes of content to pass over, and where the element that they belong to begins. */
  #skip = 0
  #cutFrom = 0
  #cluster: { at: number, sizeAt: number | null, ms: number, cued: boolean } | null = null
  #broken = false

  /** @param at where in the file the first byte to come stands: right after the Tracks element, or between clusters */
  constructor(video: number | null, at: number) {
    this.#video = video
    this.#at = at
  }

  /** Takes the next bytes of the file. Once they make no sense nothing more is read, and what was found is all there is. */
  push(chunk: Uint8Array): void {
    if (this.#broken) return
    const passed = Math.min(this.#skip, chunk.length)
    this.#skip -= passed
    this.#at += passed
    if (passed === chunk.length) return
    const bytes = new Uint8Array(this.#rest.length + chunk.length - passed)
    bytes.set(this.#rest)
    bytes.set(chunk.subarray(passed), this.#rest.length)
    try {
      const read = this.#read(bytes)
      this.#at += read
      this.#rest = bytes.slice(read)
    } catch {
      // Not what we take for WebM: it plays as it is, only not from any place.
      this.#broken = true
      this.#rest = new Uint8Array()
    }
  }

  /** The file ends here. Returns how much of it, in bytes, is whole: a crash may have cut the last block. Null for what is no WebM. */
  end(): number | null {
    if (this.#broken) return null
    const end = this.#skip > 0 ? this.#cutFrom : this.#at
    this.#closeCluster(end)
    return end
  }

  /** Reads whole heads, and returns how many bytes were used up. */
  #read(bytes: Uint8Array): number {
    let at = 0
    while (at < bytes.length) {
      const head = readHead(bytes, at)
      if (head === null) break
      const content = at + head.length
      if (head.id === ID.cluster) this.#openCluster(this.#at + at, head.size === null && head.length === OPEN_HEAD_BYTES ? this.#at + content - 8 : null)
      if (head.id === ID.cluster || head.id === ID.blockGroup) {
        at = content
        continue
      }
      if (head.size === null) throw new RangeError('only clusters may be without size')
      // Of a block only its beginning is looked at, which may not be here yet.
      const needed = head.id === ID.timestamp ? head.size : head.id === ID.simpleBlock || head.id === ID.block ? Math.min(head.size, 12) : 0
      if (content + needed > bytes.length) break
      this.#look(head.id, bytes.subarray(content, content + needed))
      const end = content + head.size
      this.#skip = Math.max(0, end - bytes.length)
      this.#cutFrom = this.#at + at
      at = Math.min(end, bytes.length)
    }
    return at
  }

  #look(id: number, content: Uint8Array): void {
    const cluster = this.#cluster
    if (cluster === null) return
    if (id === ID.timestamp) cluster.ms = readUnsigned(content)
    if (id !== ID.simpleBlock && id !== ID.block) return
    const first = content[0] ?? 0
    const numberLength = Math.clz32(first) - 23
    const track = readUnsigned(content.subarray(0, numberLength)) - 0x80 * 256 ** (numberLength - 1) / 2 ** (numberLength - 1)
    const view = new DataView(content.buffer, content.byteOffset, content.length)
    const timeMs = cluster.ms + view.getInt16(numberLength)
    this.lastMs = Math.max(this.lastMs, timeMs)
    if (track !== this.#video || cluster.cued) return
    cluster.cued = true
    const isKey = id === ID.simpleBlock && (view.getUint8(numberLength + 2) & 0x80) !== 0
    if (isKey) this.cues.push({ timeMs, at: cluster.at })
  }

  #openCluster(at: number, sizeAt: number | null): void {
    this.#closeCluster(at)
    this.#cluster = { at, sizeAt, ms: 0, cued: false }
  }

  #closeCluster(end: number): void {
    const sizeAt = this.#cluster?.sizeAt ?? null
    if (sizeAt !== null) this.closed.push({ sizeAt, end })
    this.#cluster = null
  }
}
