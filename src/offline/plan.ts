/** What the worker does about requests and caches: decisions only. */
import type { Build } from './build.ts'

/** The page, under which name the cache has it. */
export const PAGE = '/'
/** A server that has not sent the page by then is treated as if it were not there, milliseconds. */
export const PAGE_PATIENCE_MS = 4_000

const PREFIX = 'parley-'
const HASHED = '/assets/'

/** What matters about a request. */
export interface Asked {
  method: string
  url: string
  /** The person goes to this address, rather than the page asking for a file. */
  isNavigation: boolean
}

/**
 * How a request is answered. `page`: by the server, else from the cache. `kept`: from the cache, else by the server and
 * then kept. `fresh`: by the server, else from the cache. `pass`: as if there were no worker.
 */
export type Way = 'page' | 'kept' | 'fresh' | 'pass'

/** Decides on a request to the page's own origin or any other. */
export function wayOf({ method, url, isNavigation }: Asked, origin: string, build: Build): Way {
  const { origin: asked, pathname } = new URL(url)
  if (method !== 'GET' || asked !== origin) return 'pass'
  if (isNavigation) return pathname === PAGE || pathname === '/index.html' ? 'page' : 'pass'
  // Other files of that folder belong to an older build, whose cache may still have them.
  if (pathname.startsWith(HASHED)) return 'kept'
  return build.ahead.includes(pathname) && pathname !== PAGE ? 'fresh' : 'pass'
}

/** Whether a file that was used is worth keeping: those of other builds would stay for ever. */
export function isOurs(url: string, { ahead, later }: Build): boolean {
  const { pathname } = new URL(url)
  return ahead.includes(pathname) || later.includes(pathname)
}

/** The cache of a build. The time orders builds of one device. */
export function cacheName({ version }: Pick<Build, 'version'>, nowMs: number): string {
  return `${PREFIX}${nowMs.toString(36).padStart(9, '0')}-${version}`
}

/** Which of these caches belongs to the build; undefined when there is none. */
export function cacheOf({ version }: Pick<Build, 'version'>, names: readonly string[]): string | undefined {
  return names.filter((name) => name.startsWith(PREFIX) && name.endsWith(`-${version}`)).toSorted().at(-1)
}

/**
 * Caches to be deleted when a build takes over. The one before it stays: another tab may still run it, and may need a
 * file that no server has any more.
 */
export function outdated(build: Pick<Build, 'version'>, names: readonly string[]): string[] {
  const ours = names.filter((name) => name.startsWith(PREFIX)).toSorted()
  const own = cacheOf(build, ours)
  const others = ours.filter((name) => name !== own)
  const previous = others.at(-1)
  return others.filter((name) => name !== previous)
}

/** Whether a page belongs to a build. */
export function isPageOf({ version }: Pick<Build, 'version'>, html: string): boolean {
  return html.includes(`<meta name="parley-version" content="${version}">`)
}

/** Whether the server's answer to a navigation is to be shown: not the error page of a proxy whose relay is down. */
export function isUsable(status: number): boolean {
  return status < 500
}
