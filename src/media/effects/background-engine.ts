import { onAbort } from '../../util/abort.ts'
import { createLog } from '../../util/log.ts'
import { effect, signal, type ReadonlySignal, type Signal } from '../../util/signals.ts'
import { tellSize } from '../track-size.ts'
import { letGo, type Background, type FromWorker, type ToWorker } from './background/messages.ts'
import type { BackgroundWish, Engine, EngineState } from './engine.ts'
import { SCENES } from './choices.ts'
import { readOwnPicture } from './own-picture.ts'

const log = createLog('background')

/** Not in TypeScript's library: the older interface, which Chromium keeps in pages. https://www.w3.org/TR/2021/WD-mediacapture-transform-20210810/ */
declare const MediaStreamTrackProcessor: new (options: { track: MediaStreamTrack }) => { readable: ReadableStream<VideoFrame> }
declare const MediaStreamTrackGenerator: new (options: { kind: 'video' }) => MediaStreamTrack & { writable: WritableStream<VideoFrame> }

/**
 * Opens a worker that puts the chosen background around the person, and goes on doing so whatever else the page does and
 * whichever tab is in front. Rejects when the background cannot be had.
 */
export async function openBackgroundEngine(input: MediaStream, wish: ReadonlySignal<BackgroundWish>): Promise<Engine> {
  const first = wish.peek()
  const background = await backgroundOf(first)
  try {
    // Before anything is opened that would have to be closed: a camera that has ended meanwhile yields no frames.
    const readable = framesOf(input)
    const engine = new BackgroundEngine(input, readable, background)
    engine.follow(wish, first)
    return engine
  } catch (error) {
    letGo(background)
    throw error
  }
}

class BackgroundEngine implements Engine {
  readonly stream: MediaStream
  readonly #state: Signal<EngineState> = signal({ phase: 'starting' })
  readonly #controller = new AbortController()
  readonly #worker = new Worker(new URL('./background/background-worker.ts', import.meta.url), { type: 'module', name: 'background' })
  readonly #track = new MediaStreamTrackGenerator({ kind: 'video' })
  #input: MediaStream

  constructor(input: MediaStream, readable: ReadableStream<VideoFrame>, background: Background) {
    this.#input = input
    this.stream = new MediaStream([this.#track])
    if ('contentHint' in this.#track) this.#track.contentHint = 'motion'
    const { signal: lifetime } = this.#controller
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#hear(data), { signal: lifetime })
    // Its own code did not arrive, or it was ended for want of memory.
    this.#worker.addEventListener('error', () => this.#fail(), { signal: lifetime })
    const { writable } = this.#track
    this.#tell({ type: 'start', background, readable, writable }, [readable, writable, ...picturesOf(background)])
  }

  /** Goes over to each further background, from the one that it was opened with. */
  follow(wish: ReadonlySignal<BackgroundWish>, first: BackgroundWish): void {
    followWish(wish, first, this.#controller.signal, (next) => this.#tell({ type: 'background', background: next }, picturesOf(next)))
  }

  get state(): ReadonlySignal<EngineState> { return this.#state }

  input(stream: MediaStream): void {
    if (stream === this.#input) return
    this.#input = stream
    const readable = framesOf(stream)
    this.#tell({ type: 'input', readable }, [readable])
  }

  close(): void {
    this.#controller.abort()
    this.#worker.terminate()
    this.#track.stop()
  }

  #hear(message: FromWorker): void {
    switch (message.type) {
      case 'size': return tellSize(this.#track, message.size)
      case 'on': return void (this.#state.value = { phase: 'on' })
      case 'pace': return log.debug('pace', message.step, message.frameMs)
      case 'failed':
        log.warn(message.error, message.reason)
        this.#state.value = { phase: 'failed', error: message.error }
    }
  }

  #fail(): void {
    this.#state.value = { phase: 'failed', error: this.#state.peek().phase === 'on' ? 'effect-failed' : 'effect-not-loaded' }
  }

  #tell(message: ToWorker, transfer: Transferable[]): void {
    this.#worker.postMessage(message, transfer)
  }
}

function framesOf(stream: MediaStream): ReadableStream<VideoFrame> {
  const [track] = stream.getVideoTracks()
  if (track === undefined) throw new Error('no picture in the stream')
  return new MediaStreamTrackProcessor({ track }).readable
}

/** Hands over each further background that is chosen, the last one last. */
function followWish(wish: ReadonlySignal<BackgroundWish>, first: BackgroundWish, lifetime: AbortSignal, hand: (background: Background) => void): void {
  let current = first
  let attempt = 0
  onAbort(lifetime, effect(() => {
    const next = wish.value
    // `none` ends the engine; until then the background stays.
    if (next === current || next.choice === 'none') return
    current = next
    const mine = ++attempt
    void backgroundOf(next).then((background) => {
      if (mine === attempt && !lifetime.aborted) hand(background)
      else letGo(background)
    }, (error: unknown) => log.warn('a background cannot be had', error))
  }))
}

/** A picture of the person's own that is there no more leaves the room out of focus: nobody asked for it to be shown. */
async function backgroundOf({ choice }: BackgroundWish): Promise<Background> {
  if (choice === 'blur-light') return { kind: 'blur', strong: false }
  const name = SCENES.find((scene) => scene === choice)
  if (name !== undefined) return { kind: 'scene', name }
  const picture = choice === 'own' ? await readOwnPicture() : null
  return picture === null ? { kind: 'blur', strong: true } : { kind: 'picture', bitmap: await createImageBitmap(picture) }
}

function picturesOf(background: Background): Transferable[] {
  return background.kind === 'picture' ? [background.bitmap] : []
}
