import { parseLink } from '../wire/link.ts'
import type { Topic } from '../wire/index.ts'
import { refusalToError } from './refusal-to-error.ts'
import type { LinkRequest } from './views.ts'

/** What a link asked for, with the parts that concern the network and not the lobby. */
export interface LinkRequestWithPeers extends LinkRequest {
  topic: Topic | ''
  /** Multiaddrs of relays to use. */
  relays: string[]
  /** Multiaddrs of peers to dial. */
  peers: string[]
  /** What to call the person who opened the link; empty when the link does not say. */
  name: string
}

/** Reads the fragment of the page's address. Of a faulty link nothing is used but the reason; never throws. */
export function readLinkRequest(hash: string): LinkRequestWithPeers {
  try {
    return { ...parseLink(hash), error: null }
  } catch (error) {
    return { topic: '', secret: '', relays: [], peers: [], name: '', code: '', joinNow: false, error: refusalToError(error) }
  }
}
