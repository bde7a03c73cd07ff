import { afterEach, beforeEach, expect, test } from 'vitest'
import { FrameLine } from '../../../src/media/effects/background/frame-line.ts'

/** A frame that knows whether it was closed. */
class FakeFrame {
  static open = new Set<FakeFrame>()
  readonly timestamp: number

  constructor(timestamp: number) {
    this.timestamp = timestamp
    FakeFrame.open.add(this)
  }

  close(): void { FakeFrame.open.delete(this) }
}

const frame = (timestamp: number): VideoFrame => new FakeFrame(timestamp) as unknown as VideoFrame
const copy = async ({ timestamp }: VideoFrame): Promise<VideoFrame> => frame(timestamp)

/** A camera that delivers when told to. */
function camera(): { readable: ReadableStream<VideoFrame>, deliver: (timestamp: number) => void, end: () => void } {
  let out: ReadableStreamDefaultController<VideoFrame> | undefined
  const readable = new ReadableStream<VideoFrame>({ start: (controller) => { out = controller } })
  return { readable, deliver: (timestamp) => out?.enqueue(frame(timestamp)), end: () => out?.close() }
}

let shown: number[]
let isStopped: boolean
let track: WritableStream<VideoFrame>

beforeEach(() => {
  shown = []
  isStopped = false
  track = new WritableStream<VideoFrame>({
    write: (made) => {
      if (isStopped) throw new Error('stopped')
      shown.push(made.timestamp)
      made.close()
    },
  })
})

afterEach(() => expect(FakeFrame.open.size).toBe(0))

test('frames keep their order and their time, and each is closed', async () => {
  const { readable, deliver, end } = camera()
  const line = new FrameLine(track, copy, () => undefined)
  const done = line.input(readable)
  for (const timestamp of [10, 20, 30]) deliver(timestamp)
  end()
  await done
  expect(shown).toEqual([10, 20, 30])
})

test('what is left out is closed as well', async () => {
  const { readable, deliver, end } = camera()
  const line = new FrameLine(track, async (each) => each.timestamp % 20 === 0 ? copy(each) : undefined, () => undefined)
  const done = line.input(readable)
  for (const timestamp of [10, 20, 30]) deliver(timestamp)
  end()
  await done
  expect(shown).toEqual([20])
})

test('after another camera took over nothing comes from the first', async () => {
  const [first, second] = [camera(), camera()]
  const [begun, slow] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const line = new FrameLine(track, async (each) => {
    if (each.timestamp === 10) {
      begun.resolve()
      await slow.promise
    }
    return copy(each)
  }, () => undefined)
  const before = line.input(first.readable)
  first.deliver(10)
  await begun.promise
  const after = line.input(second.readable)
  second.deliver(1_000)
  slow.resolve()
  await before
  second.end()
  await after
  expect(shown).toEqual([10, 1_000])
})

test('the first frame of each camera is said to be one: what was seen of the one before is not true of it', async () => {
  const firsts: [number, boolean][] = []
  const line = new FrameLine(track, async (each, isFirst) => {
    firsts.push([each.timestamp, isFirst])
    return undefined
  }, () => undefined)
  for (const timestamp of [10, 1_000]) {
    const { readable, deliver, end } = camera()
    const done = line.input(readable)
    deliver(timestamp)
    deliver(timestamp + 1)
    end()
    await done
  }
  expect(firsts).toEqual([[10, true], [11, false], [1_000, true], [1_001, false]])
})

test('a model that fails ends the line, with its frame closed', async () => {
  const { readable, deliver } = camera()
  const line = new FrameLine(track, async () => { throw new Error('context lost') }, () => undefined)
  const done = line.input(readable)
  deliver(10)
  await expect(done).rejects.toThrow('context lost')
})

test('a track that was stopped ends the line without a word', async () => {
  const { readable, deliver } = camera()
  isStopped = true
  const line = new FrameLine(track, copy, () => { throw new Error('nobody saw it') })
  const done = line.input(readable)
  deliver(10)
  await done
  expect(shown).toEqual([])
})
