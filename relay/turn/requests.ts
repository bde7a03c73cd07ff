/** From a message to its answer: the order of checks of RFC 8489 section 6.3 and RFC 8656 section 5. */
import { writeXorAddress } from './address.ts'
import { allocate } from './allocate.ts'
import { ATTRIBUTE, unknownAttributes, writeErrorCode, writeUnknownAttributes } from './attributes.ts'
import { identify } from './authenticate.ts'
import type { Identity } from './authenticate.ts'
import { channelBind } from './channel-bind.ts'
import type { Client } from './client.ts'
import { refusal, success } from './context.ts'
import type { Answer, TurnContext, TurnRequest } from './context.ts'
import type { Refusal } from './counters.ts'
import { createPermission } from './create-permission.ts'
import { addFingerprint } from './fingerprint.ts'
import { addIntegrity } from './integrity.ts'
import { addressBlock } from '../addresses/address-block.ts'
import { refresh } from './refresh.ts'
import { sendIndication } from './send-indication.ts'
import { CLASS, METHOD, parseMessage, writeMessage } from './stun-message.ts'
import type { StunMessage } from './stun-message.ts'

/** A request and who sent it. */
type Exchange = Pick<TurnRequest, 'client' | 'message'>
type Stranger = Extract<Identity, { kind: 'stranger' }>
type Known = Extract<Identity, { kind: 'known' }>
type Handler = (context: TurnContext, request: TurnRequest) => Answer | Promise<Answer>

/** Methods that need a credential. */
const HANDLERS = new Map<number, Handler>([
  [METHOD.allocate, allocate], [METHOD.refresh, refresh],
  [METHOD.createPermission, createPermission], [METHOD.channelBind, channelBind]
])

/** Takes a STUN message, and answers it where an answer is due. Never throws, whatever the bytes are. */
export function takeMessage(context: TurnContext, client: Client, bytes: Buffer): void {
  const { counters } = context
  const now = performance.now()
  const message = parseMessage(bytes)
  if (message === undefined) return counters.refuse('malformed')
  if (message.class === CLASS.indication && message.method === METHOD.send) return sendIndication(counters, client, message, now)
  // A Binding indication keeps a NAT open and wants nothing; nobody answers indications or answers.
  if (message.class !== CLASS.request) return
  if (message.method === METHOD.binding) return bind(context, client, message, now)
  const handler = HANDLERS.get(message.method)
  if (handler === undefined) return counters.refuse('malformed')
  const identity = identify(context, client, message, now)
  if (identity.kind === 'silenced') return counters.refuse(identity.cause)
  if (identity.kind === 'stranger') return challenge(context, { client, message }, identity, now)
  void serve(context, { client, message }, identity, handler, now)
}

/** Binding requests (RFC 8489 section 2): the client learns its address. */
function bind(context: TurnContext, client: Client, message: StunMessage, now: number): void {
  if (!context.unproven.take(addressBlock(client.address), now)) return context.counters.refuse('source-rate')
  const mapped = { type: ATTRIBUTE.xorMappedAddress, value: writeXorAddress(client, message.transactionId) }
  answer(context, { client, message }, unknownAnswer(message) ?? success(mapped))
}

/** Asks for a credential, or for a better one. */
function challenge(context: TurnContext, exchange: Exchange, { code, cause }: Stranger, now: number): void {
  const { client } = exchange
  const { allocation } = client
  // A client with an allocation must get a new nonce even while others flood the server under its address.
  const allowed = allocation === undefined
    ? context.unproven.take(addressBlock(client.address), now)
    : allocation.account.requests.take(1, now)
  if (!allowed) return context.counters.refuse('source-rate')
  answer(context, exchange, refusal(code, cause, code === 400 ? [] : [
    { type: ATTRIBUTE.realm, value: Buffer.from(context.settings.realm) },
    { type: ATTRIBUTE.nonce, value: context.nonces.issue(client.key, now) }
  ]))
}

/** Does what a known sender asks for, once. */
async function serve(
  context: TurnContext, exchange: Exchange, { claim, key }: Known, handler: Handler, now: number
): Promise<void> {
  const { client, message } = exchange
  const { accounts, answers, counters } = context
  const credentialEndsAt = now + claim.expiresAt - Date.now()
  const account = accounts.open(claim.user, credentialEndsAt, now)
  if (account === undefined) return answer(context, exchange, refusal(508, 'capacity'), key)
  if (!account.requests.take(1, now)) return counters.refuse('request-rate')
  const transaction = `${client.key} ${message.transactionId.toString('latin1')}`
  const earlier = answers.recall(transaction, now)
  if (earlier === 'pending') return
  if (earlier !== undefined) return client.send(earlier)
  answers.remember(transaction, 'pending', now)
  const { allocation } = client
  const foreign = allocation !== undefined && allocation.account.user !== claim.user
  const result = foreign ? refusal(441, 'wrong-credentials')
    : unknownAnswer(message) ?? await handler(context, { client, message, account, credentialEndsAt, now })
  answer(context, exchange, result, key, (bytes) => answers.remember(transaction, bytes, performance.now()))
}

function unknownAnswer(message: StunMessage): Answer | undefined {
  const unknown = unknownAttributes(message)
  if (unknown.length === 0) return undefined
  return refusal(420, 'unknown-attribute', [{ type: ATTRIBUTE.unknownAttributes, value: writeUnknownAttributes(unknown) }])
}

/** Writes and sends an answer, with integrity where the sender is known, and with FINGERPRINT where the request had one. */
function answer(
  context: TurnContext, { client, message }: Exchange, result: Answer, key?: Buffer, sent?: (bytes: Buffer) => void
): void {
  if (result.kind === 'error' && !isOrdinary(result.cause)) context.counters.refuse(result.cause)
  const plain = result.kind === 'success'
    ? writeMessage(message.method, CLASS.success, message.transactionId, result.attributes)
    : writeMessage(message.method, CLASS.error, message.transactionId, [
        { type: ATTRIBUTE.errorCode, value: writeErrorCode(result.code) }, ...result.attributes ?? []
      ])
  const protectedMessage = key === undefined ? plain : addIntegrity(plain, key)
  const bytes = message.fingerprint ? addFingerprint(protectedMessage) : protectedMessage
  sent?.(bytes)
  client.send(bytes)
}

/**
 * A client begins without a credential, because only the answer names realm and nonce, and takes a new nonce when one has
 * grown old (RFC 8489 section 9.2.4): neither was refused anything.
 */
function isOrdinary(cause: Refusal): boolean {
  return cause === 'unauthorized' || cause === 'stale-nonce'
}
