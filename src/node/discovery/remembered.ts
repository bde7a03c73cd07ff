import type { PeerBook } from '../peer-book.ts'
import { repeatHints } from './repeat-hints.ts'
import type { DiscoverySource } from './source.ts'

/** People who were met in this room on earlier visits, at the addresses they had. */
export function rememberedSource(book: PeerBook): DiscoverySource {
  return {
    name: 'remembered',
    start: (context) => { void repeatHints(book.of(context.keys.pubsubTopic), context) }
  }
}
