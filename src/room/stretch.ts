import { childController, onAbort, type Lifetime } from '../util/abort.ts'
import type { Topic } from '../wire/index.ts'
import type { Stretch } from './key-ring.ts'

/**
 * Makes a function that stretches topics in a worker, each in its own, which ends with its answer. A further call ends
 * the one before it, whose topic the person has typed over.
 *
 * The function throws an Error when the worker cannot run or is ended.
 */
export function createStretcher({ signal }: Lifetime): Stretch {
  let latest: AbortController | undefined
  return async (topic) => {
    latest?.abort()
    const mine = latest = childController(signal)
    try {
      return await stretchInWorker(topic, mine.signal)
    } finally {
      mine.abort()
    }
  }
}

/**
 * The same function with the work on `topic` already begun: it is handed over once, at the first call for that topic.
 */
export function withHeadStart(stretch: Stretch, topic: Topic): Stretch {
  let begun: Promise<Uint8Array> | undefined = stretch(topic)
  // Whoever takes the work over hears of its failure; until then nobody has asked for it.
  begun.catch(() => undefined)
  return (wanted) => {
    const ready = wanted === topic ? begun : undefined
    begun = undefined
    return ready ?? stretch(wanted)
  }
}

function stretchInWorker(topic: Topic, signal: AbortSignal): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const worker = new Worker(new URL('./stretch-worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<Uint8Array>) => resolve(data), { signal })
    worker.addEventListener('error', (event) => {
      reject(new Error('the topic could not be stretched', { cause: event }))
    }, { signal })
    onAbort(signal, () => {
      worker.terminate()
      reject(signal.reason)
    })
    worker.postMessage(topic)
  })
}
