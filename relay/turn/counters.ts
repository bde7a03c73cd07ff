/** Why something was not done. */
export type Refusal =
  // By what the message was.
  | 'malformed' | 'unknown-attribute' | 'bad-request' | 'unauthorized' | 'stale-nonce' | 'expired' | 'wrong-credentials'
  | 'allocation-mismatch' | 'address-family' | 'transport-protocol'
  // Relayed data that had nowhere to go.
  | 'peer-forbidden' | 'peer-gone' | 'no-permission' | 'no-channel'
  // Limits.
  | 'source-rate' | 'guessing' | 'request-rate' | 'byte-rate' | 'byte-total' | 'allocation-quota' | 'permission-quota'
  | 'channel-quota' | 'capacity' | 'connection-quota' | 'slow-reader' | 'send-backlog' | 'bad-stream' | 'idle-stream'

/** What a TURN server has done since it started. */
export interface TurnCounters {
  allocations: { live: number, total: number }
  /** Payload from clients to peers and back, without headers. */
  bytes: { toPeers: number, toClients: number }
  packets: { toPeers: number, toClients: number }
  /** What was refused or dropped, by cause. */
  refusals: Record<string, number>
}

/** Counts. Plain numbers, because they are touched for every packet. */
export class Counters {
  liveAllocations = 0
  totalAllocations = 0
  bytesToPeers = 0
  bytesToClients = 0
  packetsToPeers = 0
  packetsToClients = 0
  readonly #refusals = new Map<Refusal, number>()

  refuse(cause: Refusal): void {
    this.#refusals.set(cause, (this.#refusals.get(cause) ?? 0) + 1)
  }

  snapshot(): TurnCounters {
    return {
      allocations: { live: this.liveAllocations, total: this.totalAllocations },
      bytes: { toPeers: this.bytesToPeers, toClients: this.bytesToClients },
      packets: { toPeers: this.packetsToPeers, toClients: this.packetsToClients },
      refusals: Object.fromEntries(this.#refusals)
    }
  }
}
