import { networkInterfaces } from 'node:os'
import { onAbort } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { familyOf } from './address.ts'
import { Allocations } from './allocations.ts'
import { Answers } from './answers.ts'
import { isChannelData } from './channel-data.ts'
import type { Client } from './client.ts'
import type { TurnContext } from './context.ts'
import { Counters } from './counters.ts'
import type { TurnCounters } from './counters.ts'
import { listenAddresses, machineAddresses, relayAddress } from './local-addresses.ts'
import { Nonces } from './nonce.ts'
import { settingsOf } from './options.ts'
import type { TurnOptions, TurnSettings } from './options.ts'
import { createPeerPolicy } from './peer-policy.ts'
import type { PeerPolicy } from './peer-policy.ts'
import { Accounts } from './quota.ts'
import { SourceLimiter } from '../addresses/source-limiter.ts'
import { RelayPorts } from './relay-ports.ts'
import { takeMessage } from './requests.ts'
import { Reservations } from './reservations.ts'
import type { StreamSocket } from './stream-client.ts'
import { StreamClients } from './stream-clients.ts'
import { TcpListener } from './tcp-listener.ts'
import { UdpListeners } from './udp-listeners.ts'

/** How often what has expired is cleared away, and how often this machine's addresses are looked at, milliseconds. */
const SWEEP_MS = 1_000
const ADDRESSES_MS = 10_000
/** Free ports tried until one is free for both UDP and TCP. */
const PORT_ATTEMPTS = 20

/** A running STUN and TURN server. */
export interface TurnServer {
  /** Where it listens; `tcp` is undefined when only others hand streams over. */
  readonly ports: { readonly udp: number, readonly tcp: number | undefined }
  /**
   * Takes over a TCP or TLS connection that carries STUN. What was read of it already must be put back first
   * (`socket.unshift`), and nobody else may listen to it any more.
   */
  acceptStream(socket: StreamSocket): void
  /** What it has done so far: a copy. */
  readonly counters: TurnCounters
  /** Ends all allocations; resolves when ports are free again. The same as aborting the signal, but awaited. */
  close(): Promise<void>
}

/**
 * Starts a STUN and TURN server (RFC 8489, RFC 8656). It stops when `signal` aborts.
 *
 * @throws {Error} with the system's `code`, such as EADDRINUSE
 * @throws {RangeError} for a network or a range of ports that is none
 */
export async function createTurnServer(options: TurnOptions, { signal }: Lifetime): Promise<TurnServer> {
  signal.throwIfAborted()
  const running = new AbortController()
  const server = new Server(settingsOf(options), running)
  onAbort(signal, () => { void server.close() })
  try {
    await server.start()
    signal.throwIfAborted()
    return server
  } catch (error) {
    await server.close()
    throw error
  }
}

class Server implements TurnServer {
  readonly #settings: TurnSettings
  readonly #running: AbortController
  readonly #counters = new Counters()
  readonly #allocations: Allocations
  readonly #context: TurnContext
  readonly #udp: UdpListeners
  readonly #streams: StreamClients
  #tcp: TcpListener | undefined
  #policy: PeerPolicy
  #udpPort = 0
  #starting: Promise<void> | undefined
  #following: Promise<void> | undefined
  #closing: Promise<void> | undefined
  readonly #timers: NodeJS.Timeout[] = []

  constructor(settings: TurnSettings, running: AbortController) {
    this.#settings = settings
    this.#running = running
    const { limits } = settings
    this.#allocations = new Allocations(limits, this.#counters)
    this.#policy = this.#makePolicy(ownAddresses())
    this.#context = this.#makeContext()
    const shared = { counters: this.#counters, allocations: this.#allocations, onMessage: this.#onMessage }
    this.#udp = new UdpListeners(shared)
    this.#streams = new StreamClients({ ...shared, limits })
  }

  get ports(): TurnServer['ports'] {
    return { udp: this.#udpPort, tcp: this.#tcp?.port }
  }

  get counters(): TurnCounters {
    return this.#counters.snapshot()
  }

  acceptStream(socket: StreamSocket): void {
    if (this.#running.signal.aborted) socket.destroy()
    else this.#streams.accept(socket)
  }

  start(): Promise<void> {
    return this.#starting ??= this.#start()
  }

  close(): Promise<void> {
    return this.#closing ??= this.#close()
  }

  async #start(): Promise<void> {
    await this.#listen()
    const { signal } = this.#running
    if (signal.aborted) return
    this.#timers.push(setInterval(this.#sweep, SWEEP_MS), setInterval(this.#follow, ADDRESSES_MS))
  }

  async #close(): Promise<void> {
    this.#running.abort()
    // A start that failed has nothing left to close, and its error is the caller's already.
    await this.#starting?.catch(() => undefined)
    for (const timer of this.#timers) clearInterval(timer)
    await this.#following
    this.#streams.clear()
    this.#allocations.clear()
    this.#context.reservations.clear()
    await Promise.all([this.#udp.close(), this.#tcp?.close()])
  }

  /** UDP and TCP on one port; when any port will do, on one that is free for both. */
  async #listen(): Promise<void> {
    const { host, port, tcp } = this.#settings
    for (let attempt = 1; ; attempt++) {
      const listener = tcp ? await TcpListener.listen(host, port, (socket) => this.acceptStream(socket)) : undefined
      try {
        this.#udpPort = await this.#udp.open(listenAddresses(host, ownAddresses()), listener?.port ?? port)
        this.#tcp = listener
        return
      } catch (error) {
        await listener?.close()
        if (port !== 0 || attempt === PORT_ATTEMPTS) throw error
      }
    }
  }

  readonly #onMessage = (client: Client, bytes: Buffer): void => {
    if (!isChannelData(bytes[0])) return takeMessage(this.#context, client, bytes)
    if (client.allocation === undefined) return this.#counters.refuse('allocation-mismatch')
    client.allocation.fromChannel(bytes)
  }

  readonly #sweep = (): void => {
    const now = performance.now()
    this.#allocations.sweep(now)
    this.#context.reservations.sweep(now)
    this.#context.accounts.sweep(now)
    this.#streams.sweep(now)
  }

  readonly #follow = (): void => {
    const own = ownAddresses()
    this.#policy = this.#makePolicy(own)
    this.#following = this.#udp.follow(listenAddresses(this.#settings.host, own), this.#udpPort)
  }

  #makePolicy(own: readonly string[]): PeerPolicy {
    const { allowPeers, denyNetworks, publicAddresses } = this.#settings
    return createPeerPolicy({ allow: allowPeers, deny: denyNetworks, own: [...own, ...publicAddresses] })
  }

  #makeContext(): TurnContext {
    const { limits, publicAddresses, relayPorts: range } = this.#settings
    const reservations = new Reservations()
    const reported = (address: string): string => publicAddresses.find((each) => familyOf(each) === familyOf(address)) ?? address
    const isOurs = (address: string): boolean => publicAddresses.includes(address) || this.#udp.addresses.includes(address)
    return {
      settings: this.#settings, counters: this.#counters, allocations: this.#allocations, reservations,
      accounts: new Accounts(limits), answers: new Answers(), nonces: new Nonces(),
      unproven: new SourceLimiter(limits.answersPerAddress),
      guesses: new SourceLimiter(limits.guessesPerAddress, limits.guessingSilenceMs),
      relayPorts: new RelayPorts({
        range, reported,
        addressFor: (family, localAddress) => relayAddress(family, localAddress, this.#udp.addresses),
        isTaken: (address, port) =>
          this.#allocations.relayedAt(address, port) !== undefined || reservations.isReserved(address, port)
      }),
      reach: (address) => this.#policy(address) ? 'network' : isOurs(address) ? 'relayed' : undefined,
      listensAt: (address, port) => port === this.#udpPort && isOurs(address),
      signal: this.#running.signal
    }
  }
}

function ownAddresses(): string[] {
  return machineAddresses(networkInterfaces())
}
