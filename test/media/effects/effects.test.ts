import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createEffects, type AppliedEffects } from '../../../src/media/effects/effects.ts'
import type { Engine, EngineState } from '../../../src/media/effects/engine.ts'
import { signal, type Signal } from '../../../src/util/signals.ts'

/** An engine whose state a test sets. */
class FakeEngine implements Engine {
  readonly stream = stream('made')
  readonly state: Signal<EngineState> = signal({ phase: 'starting' })
  readonly inputs: MediaStream[]
  isClosed = false

  constructor(input: MediaStream) { this.inputs = [input] }

  input(next: MediaStream): void { this.inputs.push(next) }
  close(): void { this.isClosed = true }
}

const stream = (name: string): MediaStream => ({ name }) as unknown as MediaStream
const [ROOM, OTHER] = [stream('camera'), stream('another camera')]

let storage: Map<string, string>
let microphone: Signal<MediaStream | null>
let camera: Signal<MediaStream | null>
let opened: FakeEngine[]
let refusal: Error | null
/** A stream on which no engine opens. */
let over: MediaStream | null
let controller: AbortController

beforeEach(() => {
  for (const name of ['AudioWorkletNode', 'MediaStreamTrackProcessor', 'MediaStreamTrackGenerator', 'OffscreenCanvas', 'VideoFrame']) vi.stubGlobal(name, Object)
  storage = new Map()
  microphone = signal(null)
  camera = signal(null)
  opened = []
  refusal = null
  over = null
  controller = new AbortController()
})

afterEach(() => {
  controller.abort()
  expect(opened.filter(({ isClosed }) => !isClosed)).toEqual([])
  vi.unstubAllGlobals()
})

const open = async (input: MediaStream): Promise<Engine> => {
  if (refusal !== null) throw refusal
  if (input === over) throw new TypeError('the track has ended')
  const engine = new FakeEngine(input)
  opened.push(engine)
  return engine
}

function start(): AppliedEffects {
  return createEffects({
    microphone, camera, signal: controller.signal, openNoise: open, openBackground: open,
    storage: { get: (key) => storage.get(key) ?? null, set: (key, value) => void storage.set(key, value) },
  })
}

/** The engine that was opened last, running. */
async function running(): Promise<FakeEngine> {
  await vi.waitFor(() => expect(opened.filter(({ isClosed }) => !isClosed)).toHaveLength(1))
  const engine = opened.at(-1) as FakeEngine
  engine.state.value = { phase: 'on' }
  return engine
}

test('without effects everything goes as it was captured, and nothing is loaded', () => {
  const effects = start()
  camera.value = ROOM
  microphone.value = OTHER
  expect([effects.cameraStream.peek(), effects.microphoneStream.peek()]).toEqual([ROOM, OTHER])
  expect(effects.browserSuppression.peek()).toBe(true)
  expect(opened).toEqual([])
})

test('what was chosen is remembered, and what cannot be is left', () => {
  start().setBackground('hills')
  expect(start().background.peek()).toBe('hills')
  storage.set('parley:background', 'no such place')
  expect(start().background.peek()).toBe('none')
  storage.set('parley:background', 'hills')
  vi.stubGlobal('MediaStreamTrackGenerator', undefined)
  Reflect.deleteProperty(globalThis, 'MediaStreamTrackGenerator')
  expect(start()).toMatchObject({ canReplaceBackground: false, background: { value: 'none' } })
})

test('a room that is to be hidden is not shown before its background is there', async () => {
  storage.set('parley:background', 'blur')
  const effects = start()
  camera.value = ROOM
  expect(effects.cameraStream.peek()).toBeNull()
  expect(effects.backgroundState.peek()).toEqual({ phase: 'starting' })
  const engine = await running()
  expect(effects.cameraStream.peek()).toBe(engine.stream)
})

test('a room that was in the picture stays in it until its background is there, and goes for good then', async () => {
  const effects = start()
  camera.value = ROOM
  effects.setBackground('blur')
  expect(effects.cameraStream.peek()).toBe(ROOM)
  const engine = await running()
  expect(effects.cameraStream.peek()).toBe(engine.stream)
  engine.state.value = { phase: 'failed', error: 'effect-too-slow' }
  expect(effects.cameraStream.peek()).toBeNull()
  expect(effects.backgroundState.peek()).toEqual({ phase: 'failed', error: 'effect-too-slow' })
  effects.setBackground('none')
  expect(effects.cameraStream.peek()).toBe(ROOM)
})

test('what has failed is tried again when asked for, or with the next picture of the camera', async () => {
  storage.set('parley:background', 'blur')
  refusal = new Error('offline')
  const effects = start()
  camera.value = ROOM
  const notLoaded = { phase: 'failed', error: 'effect-not-loaded' }
  await vi.waitFor(() => expect(effects.backgroundState.peek()).toEqual(notLoaded))
  effects.retry()
  await vi.waitFor(() => expect(effects.backgroundState.peek()).toEqual(notLoaded))
  expect(effects.cameraStream.peek()).toBeNull()
  refusal = null
  camera.value = null
  camera.value = OTHER
  await running()
  expect(effects.backgroundState.peek()).toEqual({ phase: 'on' })
})

test('another camera goes into the same engine, so that the others see no gap', async () => {
  storage.set('parley:background', 'blur')
  const effects = start()
  camera.value = ROOM
  const engine = await running()
  camera.value = OTHER
  expect(engine.inputs).toEqual([ROOM, OTHER])
  expect(effects.cameraStream.peek()).toBe(engine.stream)
  expect(opened).toHaveLength(1)
})

test('a camera that changes while the engine is loaded is the one that it gets', async () => {
  storage.set('parley:background', 'blur')
  start()
  camera.value = ROOM
  camera.value = OTHER
  const engine = await running()
  expect(engine.inputs.at(-1)).toBe(OTHER)
  expect(opened).toHaveLength(1)
})

test('a camera that ended while the engine was loaded is no failure when there is another one', async () => {
  storage.set('parley:background', 'blur')
  over = ROOM
  const effects = start()
  camera.value = ROOM
  camera.value = OTHER
  const engine = await running()
  expect(engine.inputs).toEqual([OTHER])
  expect(effects.backgroundState.peek()).toEqual({ phase: 'on' })
})

test('with the camera everything ends, also what is still being loaded', async () => {
  storage.set('parley:background', 'blur')
  const effects = start()
  camera.value = ROOM
  camera.value = null
  await vi.waitFor(() => expect(opened.map(({ isClosed }) => isClosed)).toEqual([true]))
  expect([effects.cameraStream.peek(), effects.backgroundState.peek().phase]).toEqual([null, 'off'])
  camera.value = ROOM
  const engine = await running()
  camera.value = null
  expect(engine.isClosed).toBe(true)
})

test('sound is never silenced: as captured until noise removal runs, and again when it cannot', async () => {
  const effects = start()
  microphone.value = ROOM
  effects.setNoise('strong')
  expect(effects.microphoneStream.peek()).toBe(ROOM)
  expect(effects.browserSuppression.peek()).toBe(false)
  const engine = await running()
  expect(effects.microphoneStream.peek()).toBe(engine.stream)
  engine.state.value = { phase: 'waiting' }
  expect(effects.microphoneStream.peek()).toBe(ROOM)
  engine.state.value = { phase: 'on' }
  expect(effects.microphoneStream.peek()).toBe(engine.stream)
  engine.state.value = { phase: 'failed', error: 'effect-failed' }
  expect(effects.microphoneStream.peek()).toBe(ROOM)
  // The browser's own is better than none.
  expect(effects.browserSuppression.peek()).toBe(true)
  expect(effects.noise.peek()).toBe('strong')
})
