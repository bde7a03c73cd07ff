/** The service worker. `plan.ts` says why it does what it does. */
import type { Build } from './build.ts'
import { PAGE, PAGE_PATIENCE_MS, cacheName, cacheOf, isOurs, isPageOf, isUsable, outdated, wayOf } from './plan.ts'
import type { WorkerScope } from './worker-scope.ts'

/** Written in by the build. */
declare const GIVEN: Build
declare const self: WorkerScope
const BUILD = GIVEN

/** Lets the worker live until some work is done that no answer waits for. */
type Meanwhile = (work: Promise<unknown>) => void

self.addEventListener('install', (event) => event.waitUntil(install()))
self.addEventListener('activate', (event) => event.waitUntil(activate()))
self.addEventListener('message', ({ data }) => { if (data === 'take-over') void self.skipWaiting() })
self.addEventListener('fetch', (event) => {
  const { request } = event
  const asked = { method: request.method, url: request.url, isNavigation: request.mode === 'navigate' }
  switch (wayOf(asked, self.location.origin, BUILD)) {
    case 'page': return event.respondWith(page(request, (work) => event.waitUntil(work)))
    case 'kept': return event.respondWith(kept(request, (work) => event.waitUntil(work)))
    case 'fresh': return event.respondWith(fresh(request))
    case 'pass': return
  }
})

/** Fetches the whole build, or fails: then the browser tries again some other time. */
async function install(): Promise<void> {
  const cache = await caches.open(cacheOf(BUILD, await caches.keys()) ?? cacheName(BUILD, Date.now()))
  await Promise.all(BUILD.ahead.map(async (path) => {
    const answer = path.startsWith('/assets/') ? await caches.match(path) ?? await fetch(path) : await fetch(path, { cache: 'no-cache' })
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    // The server may have been given a newer build while this one was on its way.
    if (path === PAGE && !isPageOf(BUILD, await answer.clone().text())) throw new Error('the page is of another build')
    await cache.put(path, answer)
  }))
  await Promise.all(BUILD.later.map(async (path) => {
    const used = await caches.match(path)
    if (used !== undefined) await cache.put(path, used)
  }))
}

async function activate(): Promise<void> {
  await Promise.all(outdated(BUILD, await caches.keys()).map((name) => caches.delete(name)))
  await self.clients.claim()
}

async function ownCache(): Promise<Cache> {
  return caches.open(cacheOf(BUILD, await caches.keys()) ?? cacheName(BUILD, Date.now()))
}

/** What is in the own cache; nothing as well where the browser cannot read its storage, for then there is still the network. */
async function lookUp(url: string): Promise<Response | undefined> {
  try {
    return await (await ownCache()).match(url)
  } catch {
    return undefined
  }
}

async function page(request: Request, meanwhile: Meanwhile): Promise<Response> {
  const last = await lookUp(PAGE)
  if (last === undefined) return fetch(request)
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), PAGE_PATIENCE_MS)
  try {
    const answer = await fetch(request, { signal: patience.signal })
    if (!isUsable(answer.status)) return last
    if (answer.ok) meanwhile(keepPage(answer.clone()))
    return answer
  } catch {
    // No network, no server, or none that answers: what the worker is for.
    return last
  } finally {
    // A server that has begun to answer is there: the rest of a page that is cut off would never come.
    clearTimeout(timer)
  }
}

async function keepPage(answer: Response): Promise<void> {
  if (isPageOf(BUILD, await answer.clone().text())) await keep(PAGE, answer)
}

async function kept(request: Request, meanwhile: Meanwhile): Promise<Response> {
  // Another build's page may still ask for its own files.
  const found = await caches.match(request.url).catch(() => undefined)
  if (found !== undefined) return found
  const answer = await fetch(request)
  // Not waited for: where there is no room to keep it, it is used all the same.
  if (answer.ok && isOurs(request.url, BUILD)) meanwhile(keep(request.url, answer.clone()))
  return answer
}

async function keep(url: string, answer: Response): Promise<void> {
  await (await ownCache()).put(url, answer)
}

async function fresh(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request)
    if (isUsable(answer.status)) return answer
  } catch {
    // No server: below.
  }
  return await lookUp(request.url) ?? Response.error()
}
