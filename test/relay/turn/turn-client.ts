/** A small TURN client over real sockets, for tests. */
import { createSocket } from 'node:dgram'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { readXorAddress, writeXorAddress } from '../../../relay/turn/address.ts'
import type { Endpoint } from '../../../relay/turn/address.ts'
import { ATTRIBUTE, writeUInt32 } from '../../../relay/turn/attributes.ts'
import { channelPayload, isChannelData, writeChannelData } from '../../../relay/turn/channel-data.ts'
import { addIntegrity, hasIntegrity, longTermKey } from '../../../relay/turn/integrity.ts'
import { attributeOf, CLASS, METHOD, parseMessage, writeMessage } from '../../../relay/turn/stun-message.ts'
import type { Attribute, StunMessage } from '../../../relay/turn/stun-message.ts'
import { FrameReader } from '../../../relay/turn/tcp-framing.ts'

export { ATTRIBUTE, CLASS, METHOD }

/** Data that a peer sent, with the channel or else the address of the peer. */
export interface Received {
  data: string
  channel?: number
  peer?: Endpoint
}

export interface ClientOptions {
  port: number
  host?: string
  /** Own address; of loopback there are many. */
  from?: string
  transport?: 'udp' | 'tcp'
  username?: string
  credential?: string
}

/** How long an answer may take, milliseconds. */
const PATIENCE_MS = 5_000

interface Wire {
  write: (bytes: Buffer) => void
  close: () => void
  stall: () => void
  localPort: () => number
}

/** Talks to a TURN server; the caller closes it. */
export class TurnClient {
  readonly received: Received[] = []
  /** Every datagram or frame that came, as it came. */
  readonly raw: Buffer[] = []
  username: string
  credential: string
  realm = ''
  nonce = Buffer.alloc(0)
  /** The connection has ended. */
  closed = false
  readonly localPort: () => number
  readonly write: (bytes: Buffer) => void
  /** Reads nothing from now on. */
  readonly stall: () => void
  readonly #close: () => void
  readonly #answers = new Map<string, (answer: StunMessage) => void>()
  readonly #watchers = new Set<() => void>()

  private constructor(options: ClientOptions, wire: Wire) {
    this.username = options.username ?? ''
    this.credential = options.credential ?? ''
    this.write = wire.write
    this.stall = wire.stall
    this.#close = wire.close
    this.localPort = wire.localPort
  }

  static async open(options: ClientOptions): Promise<TurnClient> {
    const { port, host = '127.0.0.1', from = host, transport = 'udp' } = options
    if (transport === 'tcp') {
      const socket = connect({ port, host, noDelay: true })
      await once(socket, 'connect')
      const client = new TurnClient(options, {
        write: (bytes) => void socket.write(bytes), close: () => void socket.destroy(), stall: () => void socket.pause(), localPort: () => socket.localPort ?? 0
      })
      const reader = new FrameReader()
      socket.on('data', (chunk: Buffer) => { reader.push(chunk, () => 70_000, (frame) => client.#take(frame)) })
      socket.on('error', () => undefined)
      socket.on('close', () => { client.closed = true; client.#tell() })
      return client
    }
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    socket.bind(0, from)
    await once(socket, 'listening')
    const client = new TurnClient(options, {
      write: (bytes) => socket.send(bytes, port, host), close: () => socket.close(), stall: () => undefined, localPort: () => socket.address().port
    })
    socket.on('message', (bytes) => client.#take(bytes))
    return client
  }

  close(): void {
    this.#close()
  }

  /** Sends a request, answers a challenge once, and returns what comes in the end. */
  async request(method: number, attributes: readonly Attribute[] = []): Promise<StunMessage> {
    const answer = await this.exchange(this.signed(method, attributes))
    const code = errorOf(answer)
    if (code !== 401 && code !== 438) return answer
    const realm = attributeOf(answer, ATTRIBUTE.realm)
    const nonce = attributeOf(answer, ATTRIBUTE.nonce)
    if (realm === undefined || nonce === undefined || this.username === '') return answer
    if (code === 401 && this.nonce.length > 0) return answer
    this.realm = realm.toString()
    this.nonce = Buffer.from(nonce)
    return await this.exchange(this.signed(method, attributes))
  }

  /** A request as this client would send it now. */
  signed(method: number, attributes: readonly Attribute[] = [], transactionId = randomBytes(12)): Buffer {
    if (this.nonce.length === 0) return writeMessage(method, CLASS.request, transactionId, attributes)
    const credentials = [
      { type: ATTRIBUTE.username, value: Buffer.from(this.username) },
      { type: ATTRIBUTE.realm, value: Buffer.from(this.realm) },
      { type: ATTRIBUTE.nonce, value: this.nonce }
    ]
    return addIntegrity(writeMessage(method, CLASS.request, transactionId, [...attributes, ...credentials]), this.key)
  }

  get key(): Buffer {
    return longTermKey(this.username, this.realm, this.credential)
  }

  /** Whether an answer is signed with this client's credential. */
  trusts(answer: StunMessage): boolean {
    return hasIntegrity(answer, this.key)
  }

  /** Sends a request as it is and returns the answer to it. */
  async exchange(bytes: Buffer): Promise<StunMessage> {
    const id = bytes.toString('hex', 8, 20)
    const answer = new Promise<StunMessage>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS)
      this.#answers.set(id, (message) => { clearTimeout(timer); resolve(message) })
    })
    this.write(bytes)
    return await answer
  }

  /** Makes an allocation and returns its relayed address. */
  async allocate(attributes: readonly Attribute[] = []): Promise<Endpoint> {
    const answer = await this.request(METHOD.allocate, [udpTransport(), ...attributes])
    if (answer.class !== CLASS.success) throw new Error(`allocate: ${errorOf(answer)}`)
    return relayedOf(answer)
  }

  permit(peer: Endpoint): Promise<StunMessage> {
    return this.request(METHOD.createPermission, [peerAttribute(peer)])
  }

  bindChannel(channel: number, peer: Endpoint): Promise<StunMessage> {
    return this.request(METHOD.channelBind, [channelAttribute(channel), peerAttribute(peer)])
  }

  refresh(seconds: number): Promise<StunMessage> {
    return this.request(METHOD.refresh, [{ type: ATTRIBUTE.lifetime, value: writeUInt32(seconds) }])
  }

  /** Sends by Send indication. */
  sendTo(peer: Endpoint, data: string | Buffer): void {
    const transactionId = randomBytes(12)
    this.write(writeMessage(METHOD.send, CLASS.indication, transactionId, [
      { type: ATTRIBUTE.xorPeerAddress, value: writeXorAddress(peer, transactionId) }, { type: ATTRIBUTE.data, value: Buffer.from(data) }
    ]))
  }

  /** Sends by ChannelData. */
  sendOn(channel: number, data: string | Buffer): void {
    this.write(writeChannelData(channel, Buffer.from(data), true))
  }

  /** Resolves when something that has come, or the end of the connection, makes this true. */
  async until(what: string, isTrue: () => boolean): Promise<void> {
    if (isTrue()) return
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`never: ${what}`)), PATIENCE_MS)
      const watcher = (): void => {
        if (!isTrue()) return
        clearTimeout(timer)
        this.#watchers.delete(watcher)
        resolve()
      }
      this.#watchers.add(watcher)
    })
  }

  /** Waits for the data to arrive. */
  async receives(data: string): Promise<Received> {
    await this.until(`receiving ${data}`, () => this.received.some((each) => each.data === data))
    return this.received.find((each) => each.data === data)!
  }

  #take(bytes: Buffer): void {
    this.raw.push(bytes)
    if (isChannelData(bytes[0])) {
      this.received.push({ channel: bytes.readUInt16BE(0), data: channelPayload(bytes)!.toString() })
      return this.#tell()
    }
    const message = parseMessage(bytes)
    if (message === undefined) throw new Error('the server sent something malformed')
    if (message.class === CLASS.indication) {
      this.received.push({
        peer: readXorAddress(attributeOf(message, ATTRIBUTE.xorPeerAddress)!, message.transactionId)!,
        data: attributeOf(message, ATTRIBUTE.data)!.toString()
      })
    } else {
      this.#answers.get(message.transactionId.toString('hex'))?.(message)
    }
    this.#tell()
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher()
  }
}

/** The number in ERROR-CODE; undefined for a success. */
export function errorOf(answer: StunMessage): number | undefined {
  const value = attributeOf(answer, ATTRIBUTE.errorCode)
  return value === undefined ? undefined : value[2]! * 100 + value[3]!
}

/** XOR-RELAYED-ADDRESS of an answer, of one family when it has two. */
export function relayedOf({ attributes, transactionId }: StunMessage, ipv6?: boolean): Endpoint {
  const all = attributes.filter(({ type }) => type === ATTRIBUTE.xorRelayedAddress).map(({ value }) => readXorAddress(value, transactionId)!)
  return all.find(({ address }) => ipv6 === undefined || address.includes(':') === ipv6)!
}

/** REQUESTED-TRANSPORT; UDP unless said otherwise. */
export function udpTransport(protocol = 17): Attribute {
  return { type: ATTRIBUTE.requestedTransport, value: Buffer.from([protocol, 0, 0, 0]) }
}

/** CHANNEL-NUMBER. */
export function channelAttribute(channel: number): Attribute {
  return { type: ATTRIBUTE.channelNumber, value: Buffer.from([channel >> 8, channel & 0xff, 0, 0]) }
}

/** XOR-PEER-ADDRESS of an IPv4 peer, or of an IPv6 one for the transaction id of zeros. */
export function peerAttribute(peer: Endpoint, transactionId = Buffer.alloc(12)): Attribute {
  return { type: ATTRIBUTE.xorPeerAddress, value: writeXorAddress(peer, transactionId) }
}
