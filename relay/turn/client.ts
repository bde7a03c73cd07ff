import type { Endpoint } from './address.ts'
import type { Allocation } from './allocation.ts'

/** The far end of a 5-tuple: who sends requests, and may have an allocation. */
export interface Client extends Endpoint {
  /** Address of this machine at which its packets arrive. */
  readonly localAddress: string
  /** It comes by TCP or TLS, where ChannelData is padded. */
  readonly stream: boolean
  /** Names the 5-tuple. */
  readonly key: string
  /** It can still be sent to. */
  readonly connected: boolean
  allocation: Allocation | undefined
  /** Its allocation is being made. */
  allocating: boolean
  /** Keeps this object for the 5-tuple until `release`. */
  hold(): void
  /** The allocation is gone, or did not come about. */
  release(): void
  /** Sends an answer. */
  send(message: Buffer): void
  /** Sends relayed data; drops it when the way is blocked. */
  relay(message: Buffer): void
}
