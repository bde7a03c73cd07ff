import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { element, ID, idBytes, joined, readHead, readUnsigned, UNKNOWN_SIZE, unsigned } from '../../../src/media/recording/ebml.ts'
import { repair, TakeFile, type ReadableFile } from '../../../src/media/recording/take-file.ts'

/** A file in memory. */
class MemoryFile implements ReadableFile {
  bytes = new Uint8Array()

  write(bytes: Uint8Array, at: number): void {
    if (at > this.bytes.length) throw new Error('a hole')
    const grown = new Uint8Array(Math.max(this.bytes.length, at + bytes.length))
    grown.set(this.bytes)
    grown.set(bytes, at)
    this.bytes = grown
  }

  truncate(size: number): void {
    this.bytes = this.bytes.slice(0, size)
  }

  read(bytes: Uint8Array, at: number): number {
    const part = this.bytes.subarray(at, at + bytes.length)
    bytes.set(part)
    return part.length
  }

  size(): number {
    return this.bytes.length
  }
}

const SIMPLE_KEY = 0x80
const track = (number: number, type: number): Uint8Array => element(ID.trackEntry, element(ID.trackNumber, [number]), element(ID.trackType, [type]))
const block = (number: number, ms: number, flags: number, bytes = 300): Uint8Array =>
  element(ID.simpleBlock, [0x80 | number, ...unsigned(ms & 0xffff, 2), flags], new Uint8Array(bytes).fill(7))
const open = (id: number): Uint8Array => joined([idBytes(id), UNKNOWN_SIZE])

/** What Chromium writes: nothing of it has a size, and there is no duration. Sound is track 1, the picture 2. */
function recorded(scale = 1_000_000): Uint8Array {
  const clusters = [0, 5_000, 10_000].flatMap((ms) => [
    open(ID.cluster), element(ID.timestamp, unsigned(ms, 3)),
    block(1, 0, SIMPLE_KEY, 20), block(2, 3, ms === 10_000 ? 0 : SIMPLE_KEY), block(2, 43, 0), block(1, 60, SIMPLE_KEY, 20),
  ])
  const info = element(ID.info, element(ID.timestampScale, unsigned(scale, 3)), element(0x4d80, [...'Chrome'].map((letter) => letter.charCodeAt(0))))
  return joined([element(ID.header, [0x42, 0x86, 0x81, 1]), open(ID.segment), info, element(ID.tracks, track(1, 2), track(2, 1)), ...clusters])
}

/** The elements of a finished file, of which each has a size: id, where it begins, its content. */
function read(bytes: Uint8Array, from = 0, to = bytes.length): { id: number, at: number, content: Uint8Array }[] {
  const found = []
  for (let at = from; at < to;) {
    const head = readHead(bytes, at)
    if (head === null || head.size === null) throw new Error(`no whole element at ${at}`)
    const start = at + head.length
    found.push({ id: head.id, at, content: bytes.subarray(start, start + head.size) })
    at = start + head.size
  }
  return found
}

function described(bytes: Uint8Array): { durationMs: number, cues: [number, number][], clusters: number[], listed: number } {
  const [, segment] = read(bytes)
  if (segment === undefined) throw new Error('no segment')
  const from = segment.content.byteOffset - bytes.byteOffset
  const parts = read(bytes, from)
  const find = (id: number, within = parts): Uint8Array => within.find((each) => each.id === id)?.content ?? new Uint8Array()
  const duration = find(ID.duration, read(find(ID.info)))
  const cues = read(find(ID.cues)).map(({ content }): [number, number] => {
    const place = read(find(ID.cueTrackPositions, read(content)))
    return [readUnsigned(find(ID.cueTime, read(content))), readUnsigned(find(ID.cueClusterPosition, place)) + from]
  })
  const seeks = read(find(ID.seekHead)).map(({ content }) => {
    const at = readUnsigned(find(ID.seekPosition, read(content))) + from
    return parts.find((part) => part.at === at)?.id === readUnsigned(find(ID.seekId, read(content)))
  })
  return {
    durationMs: new DataView(duration.buffer, duration.byteOffset).getFloat64(0), cues,
    clusters: parts.filter(({ id }) => id === ID.cluster).map(({ at }) => at), listed: seeks.filter((isRight) => isRight).length,
  }
}

/** Cuts bytes at these places. */
function cut(bytes: Uint8Array, places: number[]): Uint8Array[] {
  const ends = [...new Set(places.map((place) => place % bytes.length)), bytes.length].sort((a, b) => a - b)
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
}

function written(bytes: Uint8Array, places: number[] = []): MemoryFile {
  const file = new MemoryFile()
  const take = new TakeFile(file)
  for (const piece of cut(bytes, places)) take.push(piece)
  take.finish()
  return file
}

describe('a recording', () => {
  test('knows its duration, its sizes, and every place that it can be played from', () => {
    const { durationMs, cues, clusters, listed } = described(written(recorded()).bytes)
    expect(durationMs).toBe(10_060)
    // The third cluster begins with a picture that needs an earlier one.
    expect(cues).toEqual([[3, clusters[0]], [5_003, clusters[1]]])
    expect(clusters).toHaveLength(3)
    expect(listed).toBe(3)
  })

  test('comes out the same in whatever pieces it came', () => {
    const whole = written(recorded()).bytes
    fc.assert(fc.property(fc.array(fc.nat(10_000), { maxLength: 40 }), (places) => {
      expect(written(recorded(), places).bytes).toEqual(whole)
    }))
    expect(written(recorded(), Array.from({ length: 5_000 }, (_, at) => at)).bytes).toEqual(whole)
  })

  test('that a crash has cut is whole up to the last block', () => {
    const bytes = recorded()
    fc.assert(fc.property(fc.integer({ min: 300, max: bytes.length }), (length) => {
      const file = new MemoryFile()
      new TakeFile(file).push(bytes.subarray(0, length))
      const atCrash = file.size()
      repair(file)
      expect(described(file.bytes).listed).toBe(3)
      expect(described(file.bytes).durationMs).toBeLessThanOrEqual(10_060)
      expect(described(file.bytes).clusters.length).toBeGreaterThan(0)
      // Mended once, it stays as it is.
      expect(file.size()).toBeLessThan(atCrash + 300)
    }))
  })

  test('of something else is written as it comes', () => {
    for (const bytes of [new TextEncoder().encode('....ftypisom and so on'), recorded(500), new Uint8Array(100_000), joined([[0x1a, 0x45, 0xdf, 0xa3], new Uint8Array(90_000)])]) {
      expect(written(bytes, [5, 70_000]).bytes).toEqual(bytes)
      const file = new MemoryFile()
      file.write(bytes, 0)
      repair(file)
      expect(file.bytes).toEqual(bytes)
    }
  })

  test('that turns into nonsense plays up to there, and nothing is lost', () => {
    const nonsense = joined([recorded(), new Uint8Array(1_000)])
    expect(written(nonsense).size()).toBeGreaterThanOrEqual(nonsense.length)
  })

  test('too short for a beginning is kept', () => {
    expect(written(recorded().subarray(0, 20)).bytes).toEqual(recorded().subarray(0, 20))
  })

  test('never breaks on any bytes', () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 8 }), fc.boolean(), (pieces, isBegun) => {
      const file = new MemoryFile()
      const take = new TakeFile(file)
      if (isBegun) take.push(recorded())
      for (const piece of pieces) take.push(piece)
      take.finish()
      repair(file)
    }))
  })
})
