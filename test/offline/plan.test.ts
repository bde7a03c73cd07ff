import { describe, expect, test } from 'vitest'
import { cacheName, cacheOf, isOurs, isPageOf, isUsable, outdated, wayOf } from '../../src/offline/plan.ts'

const ORIGIN = 'https://parley.test'
const BUILD = { version: 'bbb', ahead: ['/', '/assets/call-1.js', '/icon.svg'], later: ['/assets/model-1.wasm'] }

describe('a request', () => {
  test.each([
    ['the page', { url: `${ORIGIN}/` }, true, 'page'],
    ['the page for a new call', { url: `${ORIGIN}/?new-call` }, true, 'page'],
    ['the page by its file', { url: `${ORIGIN}/index.html#/tea` }, true, 'page'],
    ['the page of statistics of the relay', { url: `${ORIGIN}/status` }, true, 'pass'],
    ['the page, but not gone to', { url: `${ORIGIN}/` }, false, 'pass'],
    ['a file of this build', { url: `${ORIGIN}/assets/call-1.js` }, false, 'kept'],
    ['a file of an older build', { url: `${ORIGIN}/assets/call-0.js` }, false, 'kept'],
    ['a file whose name stays', { url: `${ORIGIN}/icon.svg` }, false, 'fresh'],
    ['the worker itself', { url: `${ORIGIN}/sw.js` }, false, 'pass'],
    ['health', { url: `${ORIGIN}/healthz` }, false, 'pass'],
    ['another server', { url: 'https://elsewhere.test/assets/call-1.js' }, false, 'pass'],
    ['something sent', { url: `${ORIGIN}/`, method: 'POST' }, true, 'pass'],
  ])('for %s', (_what, asked, isNavigation, way) => {
    expect(wayOf({ method: 'GET', ...asked, isNavigation }, ORIGIN, BUILD)).toBe(way)
  })

  test('is answered by the last page when a proxy stands before a relay that is down', () => {
    expect([200, 304, 404, 499, 500, 502, 503].filter(isUsable)).toEqual([200, 304, 404, 499])
  })
})

describe('what is kept', () => {
  test('are files of the build, not those of others', () => {
    expect(isOurs(`${ORIGIN}/assets/model-1.wasm`, BUILD)).toBe(true)
    expect(isOurs(`${ORIGIN}/assets/model-0.wasm`, BUILD)).toBe(false)
  })

  test('is a page that names the build, and none that names another', () => {
    const page = (version: string): string => `<html><head><meta name="parley-version" content="${version}"></head></html>`
    expect(isPageOf(BUILD, page('bbb'))).toBe(true)
    expect(isPageOf(BUILD, page('bbbb'))).toBe(false)
    expect(isPageOf(BUILD, 'This is a Parley relay. It serves no app.')).toBe(false)
  })
})

describe('caches', () => {
  const [first, second, third] = [cacheName({ version: 'aaa' }, 1_000), cacheName({ version: 'ccc' }, 2_000_000_000_000), cacheName(BUILD, 2_000_000_000_001)]

  test('belong to one build each', () => {
    expect(cacheOf(BUILD, [third, first, second])).toBe(third)
    expect(cacheOf({ version: 'bb' }, [third])).toBe(undefined)
    expect(cacheOf(BUILD, ['else-bbb'])).toBe(undefined)
  })

  test('of the build before are kept for tabs that still run it; older ones go, and none of others', () => {
    expect(outdated(BUILD, ['else', third, second, first])).toEqual([first])
    expect(outdated(BUILD, [third, second])).toEqual([])
    expect(outdated(BUILD, [third])).toEqual([])
  })
})
