/** Who has a hand up, and since when: pure. `gestures.ts` acts. */
import type { PeerKey, SessionId } from '../../wire/index.ts'

/** What somebody's session has said last. */
interface Hand {
  session: SessionId
  /** By our clock, milliseconds since 1970; null while it is down. */
  since: number | null
}

export type Hands = ReadonlyMap<PeerKey, Hand>

export const NO_HANDS: Hands = new Map()

/**
 * What is known after a session has said for how long its hand is up. Only its first word may tell of a time before we heard
 * it: we have come later, or it has. After that what counts is when we hear it, so that nobody gets ahead by a claim.
 */
export function heardHand(hands: Hands, peer: PeerKey, session: SessionId, upForMs: number | null, now: number): Hands {
  const known = hands.get(peer)
  const isFirst = known?.session !== session
  if (upForMs === null) return isFirst || known.since !== null ? withHand(hands, peer, { session, since: null }) : hands
  if (isFirst) return withHand(hands, peer, { session, since: now - upForMs })
  return known.since === null ? withHand(hands, peer, { session, since: now }) : hands
}

/** Those of whom the session that has spoken is still there. */
export function kept(hands: Hands, sessionOf: (peer: PeerKey) => SessionId | undefined): Hands {
  const left = [...hands].filter(([peer, { session }]) => sessionOf(peer) === session)
  return left.length === hands.size ? hands : new Map(left)
}

/** The peers with a hand up, who raised it first comes first. */
export function inOrder(hands: Hands): PeerKey[] {
  return [...hands].flatMap(([peer, { since }]) => since === null ? [] : [{ peer, since }])
    .toSorted((a, b) => a.since - b.since).map(({ peer }) => peer)
}

function withHand(hands: Hands, peer: PeerKey, hand: Hand): Hands {
  return new Map([...hands].filter(([other]) => other !== peer)).set(peer, hand)
}
