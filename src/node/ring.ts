import type { Libp2p, Stream } from '@libp2p/interface'
import { lpStream } from '@libp2p/utils'
import { childController, onAbort } from '../util/abort.ts'
import type { Lifetime } from '../util/abort.ts'
import { createLog } from '../util/log.ts'
import { decodeRing, encodeRing } from '../wire/codec-ring.ts'
import { Refusal } from '../wire/message.ts'
import type { PeerKey, RingMessage } from '../wire/message.ts'
import { MAX_RING_BYTES } from '../wire/protocol.ts'
import { parseAddress, peerOf } from './addresses.ts'
import { dialFirst } from './carriers/stream-carrier.ts'
import type { InboundRing, RingAnswer, RingPort } from './types.ts'

const log = createLog('node:ring')
/** How long an unanswered ring may stay, milliseconds. */
const RING_MS = 60_000
const DIAL_MS = 15_000
/** Rings that may be open at once, from everybody together. */
const MAX_OPEN = 4

/** Why a ring did not come through. */
export class RingError extends Error {
  readonly code: 'address-malformed' | 'address-not-a-peer' | 'ring-unreachable' | 'ring-no-answer' | 'ring-self'

  constructor(code: RingError['code'], options?: ErrorOptions) {
    super(code, options)
    this.name = 'RingError'
    this.code = code
  }
}

/** What ringing works with. */
export interface RingOptions extends Lifetime {
  node: Libp2p
  /** The network's name for it, `NetworkNames.ring`. */
  protocol: string
  self: PeerKey
  /** Told the address that the person wants to ring, before it is dialled. */
  approve: (address: string) => void
}

/** Rings: one stream a ring, the caller's line and the answer. Ends with the signal. */
export function createRingPort(options: RingOptions): RingPort {
  return {
    ring: (address, name, signal) => ring(options, address, name, AbortSignal.any([options.signal, signal])),
    onRing: (handler, { signal }) => answerRings(options, handler, AbortSignal.any([options.signal, signal]))
  }
}

async function ring({ node, protocol, self, approve }: RingOptions, text: string, name: string, signal: AbortSignal): Promise<RingAnswer> {
  const { address, peer } = readTarget(text)
  if (peer === self) throw new RingError('ring-self')
  approve(address)
  const dialLimit = AbortSignal.any([signal, AbortSignal.timeout(DIAL_MS)])
  let stream: Stream
  try {
    const connection = await dialFirst(node, peer, [address], dialLimit)
    stream = await connection.newStream(protocol, { runOnLimitedConnection: true, signal: dialLimit })
  } catch (cause) {
    throw new RingError('ring-unreachable', { cause })
  }
  const messages = lpStream(stream, { maxDataLength: MAX_RING_BYTES })
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(RING_MS)])
    await messages.write(encodeRing({ kind: 'ring', name }), { signal: limit })
    const answer = decodeRing((await messages.read({ signal: limit })).subarray())
    await stream.close()
    return answer.kind === 'accept'
      ? { accepted: true, topic: answer.topic, secret: answer.secret }
      : { accepted: false }
  } catch (cause) {
    stream.abort(cause as Error)
    throw new RingError('ring-no-answer', { cause })
  }
}

function readTarget(text: string): { address: string, peer: PeerKey } {
  try {
    const address = parseAddress(text)
    const peer = peerOf(address)
    if (peer === undefined) throw new RingError('address-not-a-peer')
    return { address: address.toString(), peer }
  } catch (cause) {
    if (cause instanceof Refusal) throw new RingError('address-malformed', { cause })
    throw cause
  }
}

function answerRings({ node, protocol }: RingOptions, handler: (ring: InboundRing) => void, signal: AbortSignal): void {
  let open = 0
  void node.handle(protocol, (stream, connection) => {
    if (open >= MAX_OPEN) {
      stream.abort(new Error('busy'))
      return
    }
    open++
    void answer(stream, connection.remotePeer.toString() as PeerKey, handler, signal).finally(() => open--)
  }, { runOnLimitedConnection: true, maxInboundStreams: 1, force: true })
  onAbort(signal, () => { void node.unhandle(protocol) })
}

/** Reads one ring, hands it to the app, and stays until it is answered, withdrawn or too old. */
async function answer(stream: Stream, peer: PeerKey, handler: (ring: InboundRing) => void, signal: AbortSignal): Promise<void> {
  const over = childController(signal)
  const timer = setTimeout(() => over.abort(), RING_MS)
  const messages = lpStream(stream, { maxDataLength: MAX_RING_BYTES })
  const reply = async (message: RingMessage): Promise<void> => {
    if (over.signal.aborted) return
    await messages.write(encodeRing(message), { signal: over.signal })
    await stream.close()
    over.abort()
  }
  try {
    const first = decodeRing((await messages.read({ signal: over.signal })).subarray())
    if (first.kind !== 'ring') throw new Refusal('malformed', 'a ring must start with its name')
    stream.addEventListener('close', () => over.abort(), { signal: over.signal })
    stream.addEventListener('remoteCloseWrite', () => over.abort(), { signal: over.signal })
    handler({
      peer,
      name: first.name,
      accept: (topic, secret) => reply({ kind: 'accept', topic, secret }),
      refuse: () => {
        reply({ kind: 'refuse' }).catch(() => {
          // The caller has hung up in the same moment.
        })
      },
      closed: over.signal
    })
    await new Promise<void>((resolve) => onAbort(over.signal, resolve))
  } catch (error) {
    log.debug('a ring ended early', (error as Error).name)
    stream.abort(error as Error)
  } finally {
    clearTimeout(timer)
    over.abort()
  }
}
