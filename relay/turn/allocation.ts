/** An allocation (RFC 8656 section 2.2): one client's relayed addresses, and the path of every packet through them. */
import { familyOf } from './address.ts'
import type { Family } from './address.ts'
import { channelPayload, writeChannelData } from './channel-data.ts'
import { Channels } from './channels.ts'
import type { Client } from './client.ts'
import type { Counters, Refusal } from './counters.ts'
import { writeDataIndication } from './data-indication.ts'
import type { TurnLimits } from './options.ts'
import { Permissions } from './permissions.ts'
import type { Account } from './quota.ts'
import type { RelaySocket } from './relay-socket.ts'

export interface AllocationOptions {
  client: Client
  account: Account
  relays: readonly RelaySocket[]
  expiresAt: number
  limits: TurnLimits
  counters: Counters
  /** The allocation of this very server that has this relayed address. */
  relayedAt: (address: string, port: number) => Allocation | undefined
  /** Whether this very server listens for clients there. */
  listensAt: (address: string, port: number) => boolean
}

/** Times are milliseconds of `performance.now()`. */
export class Allocation {
  readonly client: Client
  readonly account: Account
  readonly permissions: Permissions
  readonly channels: Channels
  expiresAt: number
  readonly #relays: Map<Family, RelaySocket>
  readonly #counters: Counters
  readonly #relayedAt: AllocationOptions['relayedAt']
  readonly #listensAt: AllocationOptions['listensAt']

  constructor({ client, account, relays, expiresAt, limits, counters, relayedAt, listensAt }: AllocationOptions) {
    this.client = client
    this.account = account
    this.permissions = new Permissions(limits.permissionsPerAllocation)
    this.channels = new Channels(limits.channelsPerAllocation)
    this.expiresAt = expiresAt
    this.#relays = new Map(relays.map((relay) => [relay.family, relay]))
    this.#counters = counters
    this.#relayedAt = relayedAt
    this.#listensAt = listensAt
    for (const relay of relays) relay.listen((data, address, port) => this.#fromPeer(data, address, port, true))
  }

  /** Its relayed addresses, at most one of each family. */
  get relays(): RelaySocket[] {
    return [...this.#relays.values()]
  }

  has(family: Family): boolean {
    return this.#relays.has(family)
  }

  /** Relays a ChannelData message of the client. */
  fromChannel(bytes: Buffer): void {
    const data = channelPayload(bytes)
    if (data === undefined) return this.#counters.refuse('malformed')
    const now = performance.now()
    const channel = this.channels.get(bytes.readUInt16BE(0), now)
    if (channel === undefined) return this.#counters.refuse('no-channel')
    this.toPeer(data, channel.address, channel.port, now)
  }

  /** Relays data of the client to a peer that it has a permission for. */
  toPeer(data: Buffer, address: string, port: number, now: number): void {
    const permission = this.permissions.get(address, now)
    if (permission === undefined) return this.#counters.refuse('no-permission')
    const relay = this.#relays.get(familyOf(address))
    if (relay === undefined) return this.#counters.refuse('address-family')
    const over = this.account.spend(data.length, now)
    if (over !== undefined) return this.#counters.refuse(over)
    const other = this.#relayedAt(address, port)
    const refusal = other === undefined ? this.#send(relay, data, address, port, permission.direct) : undefined
    if (refusal !== undefined) return this.#counters.refuse(refusal)
    this.#counters.packetsToPeers++
    this.#counters.bytesToPeers += data.length
    // Handed over in this process: the router in front need not lead back, and private networks stay closed.
    if (other !== undefined) other.#fromPeer(data, relay.reported.address, relay.reported.port, false)
  }

  #send(relay: RelaySocket, data: Buffer, address: string, port: number, direct: boolean): Refusal | undefined {
    // Leave was given for a relayed address of this server, and there is none any more.
    if (!direct) return 'peer-gone'
    // A client of itself, a server could be made to send one packet in circles (RFC 8656 section 21.1.6).
    if (this.#listensAt(address, port)) return 'peer-forbidden'
    return relay.send(data, address, port) ? undefined : 'send-backlog'
  }

  /** Relays what a peer sent, over the network or from another allocation of this server. */
  #fromPeer(data: Buffer, address: string, port: number, network: boolean): void {
    const now = performance.now()
    const permission = this.permissions.get(address, now)
    if (permission === undefined || network && !permission.direct) return this.#counters.refuse('no-permission')
    const over = this.account.spend(data.length, now)
    if (over !== undefined) return this.#counters.refuse(over)
    const channel = this.channels.of(address, port, now)
    this.#counters.packetsToClients++
    this.#counters.bytesToClients += data.length
    this.client.relay(channel === undefined
      ? writeDataIndication(address, port, data)
      : writeChannelData(channel.number, data, this.client.stream))
  }

  /** Gives up the relayed address of one family. */
  drop(family: Family): void {
    this.#relays.get(family)?.close()
    this.#relays.delete(family)
  }

  /** Closes all sockets; to be called once. */
  close(): void {
    for (const relay of this.#relays.values()) relay.close()
    this.#relays.clear()
  }
}
