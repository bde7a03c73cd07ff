import type { DialRule } from './node/addresses.ts'
import type { SourceName } from './node/discovery/source.ts'
import { DEFAULT_NETWORK, isNetworkName } from './wire/network.ts'

/** What the page itself tells: where it came from, which relays it names, what the person has set. */
export interface Config {
  /** Multiaddrs of the relay that served the page, written into it. */
  relays: string[]
  /** Name of the network that the page belongs to. */
  network: string
  rule: DialRule
  /** Where links to rooms point: the page's address without its fragment. */
  origin: string
  /** The ways of finding others that are switched on; undefined for all. */
  sources: readonly SourceName[] | undefined
}

const SOURCES_KEY = 'parley:sources'

/** Reads the page's settings; never throws. */
export function readConfig(): Config {
  const network = metaContent('parley-network')
  return {
    relays: metaContent('parley-relays').split(/\s+/).filter((address) => address.startsWith('/')),
    network: isNetworkName(network) ? network : DEFAULT_NETWORK,
    rule: dialRule(location),
    origin: pageAddress(location),
    sources: readSources(pageStorage.get(SOURCES_KEY))
  }
}

function metaContent(name: string): string {
  return document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? ''
}

/** The page's address as links should have it: without query, fragment and the name of the file. */
export function pageAddress({ origin, pathname }: Pick<Location, 'origin' | 'pathname'>): string {
  return origin + pathname.replace(/\/index\.html$/, '/')
}

/** localStorage, or nothing where the browser refuses it. */
export const pageStorage = {
  get(key: string): string | null {
    try {
      return localStorage.getItem(key)
    } catch {
      // Storage may be forbidden (private windows, embedded pages): such a visit remembers nothing.
      return null
    }
  },
  set(key: string, value: string): void {
    try {
      localStorage.setItem(key, value)
    } catch {
      // Forbidden or full: what is remembered is a comfort, not a need.
    }
  }
}

const LOCAL_HOST = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/
const PRIVATE_HOST = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|\[f[cd]|.*\.local$)/

/** What a page from this place may dial. */
export function dialRule({ hostname, protocol }: Pick<Location, 'hostname' | 'protocol'>): DialRule {
  const loopback = LOCAL_HOST.test(hostname)
  return { localPage: loopback || PRIVATE_HOST.test(hostname), securePage: protocol === 'https:' && !loopback }
}

const NAMES: readonly string[] = ['presence', 'dht', 'remembered', 'pasted']

function readSources(text: string | null): readonly SourceName[] | undefined {
  const names = text?.split(',').filter((name): name is SourceName => NAMES.includes(name)) ?? []
  return names.length > 0 ? names : undefined
}
