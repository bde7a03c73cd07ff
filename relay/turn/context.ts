import type { Allocations } from './allocations.ts'
import type { Answers } from './answers.ts'
import type { Attribute, StunMessage } from './stun-message.ts'
import type { ErrorCode } from './attributes.ts'
import type { Client } from './client.ts'
import type { Counters, Refusal } from './counters.ts'
import type { Nonces } from './nonce.ts'
import type { TurnSettings } from './options.ts'
import type { Account, Accounts } from './quota.ts'
import type { SourceLimiter } from '../addresses/source-limiter.ts'
import type { RelayPorts } from './relay-ports.ts'
import type { Reservations } from './reservations.ts'

/** What a server's requests work with. */
export interface TurnContext {
  readonly settings: TurnSettings
  readonly counters: Counters
  readonly allocations: Allocations
  readonly accounts: Accounts
  readonly reservations: Reservations
  readonly answers: Answers
  readonly nonces: Nonces
  readonly relayPorts: RelayPorts
  /** Answers that the unproven may get. */
  readonly unproven: SourceLimiter
  /** Wrong passwords that may be tried. */
  readonly guesses: SourceLimiter
  /** Whether packets to this address may leave the machine, or it is reached only as a relayed address; undefined: not at all. */
  reach(address: string): 'network' | 'relayed' | undefined
  /** Whether this server listens for clients at this address, which is this machine's or stands for it. */
  listensAt(address: string, port: number): boolean
  /** Ends with the server. */
  readonly signal: AbortSignal
}

/** A request whose sender is known. */
export interface TurnRequest {
  readonly client: Client
  readonly message: StunMessage
  readonly account: Account
  /** When the credential ends; this and `now` are milliseconds of `performance.now()`. */
  readonly credentialEndsAt: number
  readonly now: number
}

/** What a request is answered with. */
export type Answer =
  | { kind: 'success', attributes: readonly Attribute[] }
  | { kind: 'error', code: ErrorCode, cause: Refusal, attributes?: readonly Attribute[] }

/** A request that is refused. */
export function refusal(code: ErrorCode, cause: Refusal, attributes: readonly Attribute[] = []): Answer {
  return { kind: 'error', code, cause, attributes }
}

/** A request that is granted. */
export function success(...attributes: readonly Attribute[]): Answer {
  return { kind: 'success', attributes }
}
