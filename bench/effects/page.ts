/** Runs inside the browser: one measurement at a time. */
import { RnnoiseWorkletNode, loadRnnoise } from '@sapphi-red/web-noise-suppressor'
import plainUrl from '@sapphi-red/web-noise-suppressor/rnnoise.wasm?url'
import simdUrl from '@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url'
// oxlint-disable-next-line import/default -- the address of the file, not the file
import workletUrl from '@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url'
import type { FramesTaken, FramesWanted } from './frames-worker.ts'

/** Makes pictures in a worker of its own. */
export async function frames(wanted: FramesWanted): Promise<FramesTaken> {
  const worker = new Worker(new URL('./frames-worker.ts', import.meta.url), { type: 'module' })
  const taken = new Promise<FramesTaken>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<FramesTaken>) => resolve(data))
    worker.addEventListener('error', ({ message }) => reject(new Error(message)))
  })
  worker.postMessage(wanted)
  return taken.finally(() => worker.terminate())
}

/** Takes the noise out of some seconds of noise, as fast as it goes; milliseconds. */
export async function noise(seconds: number): Promise<number> {
  const context = new OfflineAudioContext(1, seconds * 48_000, 48_000)
  const [wasmBinary] = await Promise.all([loadRnnoise({ url: plainUrl, simdUrl }), context.audioWorklet.addModule(workletUrl)])
  // It is an AudioContext in the package's types, which asks nothing of it that an offline one lacks.
  const node = new RnnoiseWorkletNode(context as unknown as AudioContext, { maxChannels: 1, wasmBinary })
  const buffer = new AudioBuffer({ length: 48_000, sampleRate: 48_000 })
  buffer.getChannelData(0).forEach((_, index, samples) => { samples[index] = Math.random() - 0.5 })
  const source = new AudioBufferSourceNode(context, { buffer, loop: true })
  source.connect(node).connect(context.destination)
  source.start()
  const begun = performance.now()
  await context.startRendering()
  return performance.now() - begun
}
