import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { PAGE_PATIENCE_MS } from '../../src/offline/plan.ts'

const ORIGIN = 'https://parley.test'
const page = (text: string): Response => new Response(`<meta name="parley-version" content="bbb">${text}`)

/** What the cache has, by path. */
let cached: Map<string, Response>
/** Whether the browser has no room for more, and whether it can read what it has. */
let isFull: boolean
let isBroken: boolean
let server: (path: string, signal: AbortSignal | undefined) => Promise<Response>
let listeners: Map<string, (event: unknown) => void>

const pathOf = (url: string): string => new URL(url, ORIGIN).pathname

beforeEach(async () => {
  vi.useFakeTimers()
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(new DOMException('timed out', 'TimeoutError')), ms)
    return controller.signal
  })
  vi.resetModules()
  cached = new Map([['/', page('kept')]])
  isFull = isBroken = false
  listeners = new Map()
  const cache = {
    match: async (url: string) => {
      if (isBroken) throw new DOMException('unreadable', 'UnknownError')
      return cached.get(pathOf(url))?.clone()
    },
    put: async (url: string, answer: Response) => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError')
      cached.set(pathOf(url), answer)
    },
  }
  vi.stubGlobal('GIVEN', { version: 'bbb', ahead: ['/', '/assets/call-1.js'], later: ['/assets/model-1.wasm'] })
  vi.stubGlobal('self', { location: { origin: ORIGIN }, addEventListener: (type: string, listener: (event: unknown) => void) => listeners.set(type, listener) })
  vi.stubGlobal('caches', { keys: async () => ['parley-1-bbb'], open: async () => { if (isBroken) throw new DOMException('unreadable', 'UnknownError'); return cache }, match: cache.match })
  vi.stubGlobal('fetch', (request: { url: string }, init?: RequestInit) => server(pathOf(request.url), init?.signal ?? undefined))
  await import('../../src/offline/service-worker.ts')
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** What the worker answers, and what it does meanwhile. */
async function asked(path: string, mode: string): Promise<{ text: Promise<string>, work: Promise<unknown>[] }> {
  const work: Promise<unknown>[] = []
  const answer = await new Promise<Response>((resolve, reject) => {
    listeners.get('fetch')?.({
      request: { url: ORIGIN + path, method: 'GET', mode },
      respondWith: (response: Promise<Response>) => response.then(resolve, reject),
      waitUntil: (promise: Promise<unknown>) => { work.push(promise) },
    })
  })
  return { text: answer.text(), work }
}

describe('the page', () => {
  test('comes from the server as long as that answers, and from the cache when it does not in time', async () => {
    server = async () => page('new')
    const { text, work } = await asked('/', 'navigate')
    expect(await text).toContain('new')
    await Promise.all(work)
    server = (_path, signal) => new Promise((_resolve, reject) => { signal?.addEventListener('abort', () => reject(signal.reason as Error)) })
    const late = asked('/', 'navigate')
    await vi.advanceTimersByTimeAsync(PAGE_PATIENCE_MS)
    expect(await (await late).text).toContain('new')
  })

  test('of a server that began to answer in time is not cut off when the rest takes longer', async () => {
    server = async (_path, signal) => new Response(new ReadableStream<Uint8Array>({
      start(controller) {
        signal?.addEventListener('abort', () => controller.error(signal.reason))
        setTimeout(() => {
          if (signal?.aborted === true) return
          controller.enqueue(new TextEncoder().encode('slow'))
          controller.close()
        }, 2 * PAGE_PATIENCE_MS)
      },
    }))
    const { text } = await asked('/', 'navigate')
    await vi.advanceTimersByTimeAsync(2 * PAGE_PATIENCE_MS)
    expect(await text).toBe('slow')
  })
})

test.each([['/', 'navigate'], ['/assets/call-1.js', 'cors']])('%s comes from the server where the browser cannot read its storage', async (path, mode) => {
  isBroken = true
  server = async () => new Response('of the server')
  const { text, work } = await asked(path, mode)
  expect(await text).toBe('of the server')
  await Promise.allSettled(work)
})

describe('a file of the build', () => {
  test('is kept once it was used', async () => {
    server = async () => new Response('model')
    const { text, work } = await asked('/assets/model-1.wasm', 'cors')
    expect(await text).toBe('model')
    await Promise.all(work)
    server = () => Promise.reject(new TypeError('no network'))
    expect(await (await asked('/assets/model-1.wasm', 'cors')).text).toBe('model')
  })

  test('is used where there is no room to keep it', async () => {
    isFull = true
    server = async () => new Response('model')
    const { text, work } = await asked('/assets/model-1.wasm', 'cors')
    expect(await text).toBe('model')
    await expect(Promise.all(work)).rejects.toThrow('full')
  })
})
