/** The long-term credential mechanism, server side (RFC 8489 section 9.2.4). */
import { ATTRIBUTE } from './attributes.ts'
import type { ErrorCode } from './attributes.ts'
import type { Client } from './client.ts'
import type { TurnContext } from './context.ts'
import type { Refusal } from './counters.ts'
import { parseUsername, passwordOf } from './credentials.ts'
import type { Claim } from './credentials.ts'
import { hasIntegrity, longTermKey } from './integrity.ts'
import { addressBlock } from '../addresses/address-block.ts'
import { attributeOf } from './stun-message.ts'
import type { StunMessage } from './stun-message.ts'

/** Who sends a request: somebody with a credential, somebody to be asked for one, or nobody who gets an answer. */
export type Identity =
  | { kind: 'known', claim: Claim, key: Buffer }
  | { kind: 'stranger', code: ErrorCode, cause: Refusal }
  | { kind: 'silenced', cause: Refusal }

/**
 * Tells who sends `message`. The nonce comes first: only who gets what is sent to its address can have a fresh one, so nobody
 * is silenced for what others send under its address, and nothing costly is done for a forged one.
 */
export function identify(context: TurnContext, client: Client, message: StunMessage, now: number): Identity {
  const { settings, nonces, guesses } = context
  if (message.integrityAt === undefined) return { kind: 'stranger', code: 401, cause: 'unauthorized' }
  const username = attributeOf(message, ATTRIBUTE.username)
  const realm = attributeOf(message, ATTRIBUTE.realm)
  const nonce = attributeOf(message, ATTRIBUTE.nonce)
  const incomplete = username === undefined || realm === undefined || nonce === undefined
  if (incomplete) return { kind: 'stranger', code: 400, cause: 'bad-request' }
  if (!nonces.isFresh(nonce, client.key, now)) return { kind: 'stranger', code: 438, cause: 'stale-nonce' }
  const source = addressBlock(client.address)
  // Whoever has an allocation has shown a credential, and must not lose it through a neighbour behind the same address.
  if (client.allocation === undefined && guesses.isSilenced(source, now)) return { kind: 'silenced', cause: 'guessing' }
  const claim = parseUsername(username)
  const name = username.toString('utf8')
  const key = longTermKey(name, settings.realm, passwordOf(settings.secret, name))
  if (claim === undefined || !hasIntegrity(message, key)) {
    guesses.take(source, now)
    return { kind: 'stranger', code: 401, cause: 'wrong-credentials' }
  }
  if (claim.expiresAt <= Date.now()) return { kind: 'stranger', code: 401, cause: 'expired' }
  return { kind: 'known', claim, key }
}
