import type { PeerKey } from '../wire/index.ts'

/**
 * Whether we yield when both sides have offered at once: the side with the lesser peer key does. Both sides compute it
 * from the same two keys and never agree on the same role. A peer never links to itself, so the keys differ.
 *
 * See "perfect negotiation" in WebRTC 1.0, section 10.7.
 */
export function isPolite(self: PeerKey, other: PeerKey): boolean {
  return self < other
}
