import { RnnoiseWorkletNode, loadRnnoise } from '@sapphi-red/web-noise-suppressor'
import plainUrl from '@sapphi-red/web-noise-suppressor/rnnoise.wasm?url'
import simdUrl from '@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url'
// oxlint-disable-next-line import/default -- the address of the file, not the file
import workletUrl from '@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url'
import { computed, signal, type ReadonlySignal } from '../../util/signals.ts'
import { keepRunning } from '../keep-running.ts'
import type { Engine, EngineState } from './engine.ts'
import { watchSilence } from './silence-watch.ts'

/** RNNoise was trained at this rate and knows no other, samples per second. */
const SAMPLE_RATE = 48_000

/**
 * Loads RNNoise and runs it on a microphone; adds about 20 ms. Its state is `on` from the first sample that is heard behind
 * it: a worklet whose code did not start delivers zeros. Rejects when the code cannot be loaded.
 */
export async function openNoiseEngine(input: MediaStream): Promise<Engine> {
  const context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 'interactive' })
  try {
    const [wasmBinary] = await Promise.all([loadRnnoise({ url: plainUrl, simdUrl }), context.audioWorklet.addModule(workletUrl)])
    // A server that answers with a page of its own would be noticed by nobody: the worklet keeps its errors to itself.
    if (!WebAssembly.validate(wasmBinary)) throw new Error('what came is not WebAssembly')
    return new NoiseEngine(context, new RnnoiseWorkletNode(context, { maxChannels: 1, wasmBinary }), input)
  } catch (error) {
    await context.close()
    throw error
  }
}

class NoiseEngine implements Engine {
  readonly stream: MediaStream
  readonly state: ReadonlySignal<EngineState>
  readonly #context: AudioContext
  readonly #node: AudioWorkletNode
  readonly #controller = new AbortController()
  readonly #isRunning = signal(false)
  readonly #phase = signal<EngineState>({ phase: 'starting' })
  #source: MediaStreamAudioSourceNode

  constructor(context: AudioContext, node: AudioWorkletNode, input: MediaStream) {
    this.#context = context
    this.#node = node
    // Speech has one channel, and each further one would cost as much again.
    node.channelCount = 1
    node.channelCountMode = 'explicit'
    const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 })
    node.connect(destination)
    this.#source = this.#connect(input)
    this.stream = destination.stream
    for (const track of this.stream.getAudioTracks()) if ('contentHint' in track) track.contentHint = 'speech'
    this.state = computed(() => {
      if (this.#phase.value.phase === 'failed' || this.#isRunning.value) return this.#phase.value
      return { phase: 'waiting' }
    })
    this.#followContext()
    const { signal: lifetime } = this.#controller
    node.addEventListener('processorerror', () => this.#fail(), { signal: lifetime })
    this.#watch = watchSilence(context, node, {
      signal: lifetime, onSound: () => { this.#phase.value = { phase: 'on' } }, onSilence: () => this.#fail(),
    })
    this.#watch.follow(this.#source)
  }

  readonly #watch: ReturnType<typeof watchSilence>

  input(stream: MediaStream): void {
    if (stream === this.#source.mediaStream) return
    const old = this.#source
    this.#source = this.#connect(stream)
    old.disconnect()
    this.#watch.follow(this.#source)
  }

  close(): void {
    this.#controller.abort()
    for (const track of this.stream.getTracks()) track.stop()
    this.#source.disconnect()
    // It only rejects when it is closed already.
    this.#context.close().catch(() => undefined)
  }

  #connect(stream: MediaStream): MediaStreamAudioSourceNode {
    const source = new MediaStreamAudioSourceNode(this.#context, { mediaStream: stream })
    source.connect(this.#node)
    return source
  }

  #followContext(): void {
    const follow = (): void => { this.#isRunning.value = this.#context.state === 'running' }
    this.#context.addEventListener('statechange', follow, { signal: this.#controller.signal })
    follow()
    keepRunning(this.#context, this.#controller)
  }

  #fail(): void {
    this.#phase.value = { phase: 'failed', error: 'effect-failed' }
  }
}
