import { childController, delay, onAbort, withTimeout, type Lifetime } from '../../util/abort.ts'
import { createLog } from '../../util/log.ts'
import { signal as createSignal, type ReadonlySignal, type Signal } from '../../util/signals.ts'
import type { CodeIce } from '../../wire/index.ts'
import { firstMid, readCodeIce, writeCodeCandidates, writeCodeSdp } from './code-sdp.ts'
import { iceConfiguration, maySend, mayUse } from '../link/transport-policy.ts'
import type { TransportPolicy } from '../types.ts'

const log = createLog('hand')

/** What has not been gathered by then, milliseconds, is lost: STUN and TURN servers that live answer sooner. */
const GATHER_LIMIT_MS = 4_000
/** Browsers stop trying a pair of candidates after some fifteen seconds, and a code takes minutes to be carried over. */
const RETRY_MS = 5_000

export interface HandLinkOptions extends Lifetime {
  /** Called with each text that the peer sends. */
  onMessage: (text: unknown) => void
}

/** A data channel that is set up by codes: an offer and an answer, each carried over by hand. */
export interface HandLink {
  /** `open` and then `closed`, or `closed` at once; never `open` again. */
  readonly phase: ReadonlySignal<'waiting' | 'open' | 'closed'>
  /** Our side of a fresh connection, with all candidates that could be found in a few seconds. */
  offer(): Promise<CodeIce>
  /** Our side of a connection that the peer has offered. From here on the peer is looked for until the link ends. */
  answer(offered: CodeIce): Promise<CodeIce>
  /** Takes the peer's answer to `offer`. */
  accept(answered: CodeIce): Promise<void>
  /** Sends text; false when the channel is not open or takes no more, or the peer cannot be reached at the moment. */
  send(text: string): boolean
}

/** Makes a hand link, closed by its signal. */
export type MakeHandLink = (options: HandLinkOptions) => HandLink

export interface HandLinkSettings {
  /** Those known at the moment that a link is made. */
  iceServers: ReadonlySignal<RTCIceServer[]>
  /** How the connection may be made; that of the moment, too. */
  policy: ReadonlySignal<TransportPolicy>
}

/** Makes the function that makes hand links. */
export function createHandLinks({ iceServers, policy }: HandLinkSettings): MakeHandLink {
  return (options) => new RtcHandLink(policy.peek(), iceServers.peek(), options)
}

class RtcHandLink implements HandLink {
  readonly #policy: TransportPolicy
  readonly #pc: RTCPeerConnection
  readonly #channel: RTCDataChannel
  readonly #controller: AbortController
  readonly #phase: Signal<'waiting' | 'open' | 'closed'> = createSignal('waiting')
  readonly #candidates: string[] = []

  constructor(policy: TransportPolicy, iceServers: RTCIceServer[], { onMessage, signal }: HandLinkOptions) {
    this.#policy = policy
    this.#controller = childController(signal)
    const lifetime = { signal: this.#controller.signal }
    const pc = this.#pc = new RTCPeerConnection(iceConfiguration(policy, iceServers))
    const channel = this.#channel = pc.createDataChannel('code', { negotiated: true, id: 0, ordered: true })
    pc.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate !== null && maySend(policy, candidate.candidate)) this.#candidates.push(candidate.candidate)
    }, lifetime)
    // Before the channel has been open the browser's own idea of failure does not count: the other side may not know yet.
    pc.addEventListener('connectionstatechange', () => {
      if (pc.connectionState === 'failed' && this.#phase.peek() === 'open') this.#controller.abort()
    }, lifetime)
    channel.addEventListener('open', () => { this.#phase.value = 'open' }, lifetime)
    channel.addEventListener('close', () => this.#controller.abort(), lifetime)
    channel.addEventListener('message', ({ data }) => onMessage(data), lifetime)
    onAbort(lifetime.signal, () => {
      this.#phase.value = 'closed'
      pc.close()
    })
  }

  get phase(): ReadonlySignal<'waiting' | 'open' | 'closed'> { return this.#phase }

  async offer(): Promise<CodeIce> {
    await this.#pc.setLocalDescription()
    return await this.#described()
  }

  async answer(offered: CodeIce): Promise<CodeIce> {
    // The offerer is to begin with DTLS: it does so when it has our answer, where we would give up before it comes.
    await this.#pc.setRemoteDescription({ type: 'offer', sdp: writeCodeSdp({ ...offered, setup: 'active' }) })
    await this.#pc.setLocalDescription()
    const ours = await this.#described()
    void this.#seek(offered)
    return ours
  }

  async accept(answered: CodeIce): Promise<void> {
    const mid = firstMid(this.#pc.localDescription?.sdp ?? '')
    await this.#pc.setRemoteDescription({ type: 'answer', sdp: writeCodeSdp(answered, mid) })
    void this.#seek(answered)
  }

  send(text: string): boolean {
    if (this.#channel.readyState !== 'open' || this.#pc.connectionState === 'disconnected') return false
    try {
      this.#channel.send(text)
      return true
    } catch {
      // A full buffer, or a channel that closed this instant: to the caller both are a channel that takes nothing.
      return false
    }
  }

  /** Offers the browser the peer's candidates again and again, until the channel opens. */
  async #seek(peer: CodeIce): Promise<void> {
    const { signal } = this.#controller
    const candidates = writeCodeCandidates(peer).filter((candidate) => mayUse(this.#policy, candidate))
    while (!signal.aborted && this.#phase.peek() === 'waiting') {
      await Promise.all(candidates.map(async (candidate) => {
        // One candidate that this browser cannot use must not cost the others.
        await this.#pc.addIceCandidate({ candidate, sdpMLineIndex: 0 })
          .catch((error: unknown) => log.debug('candidate refused', error))
      }))
      await delay(RETRY_MS, signal)
    }
  }

  async #described(): Promise<CodeIce> {
    await this.#gathered()
    return readCodeIce(this.#pc.localDescription?.sdp ?? '', this.#candidates)
  }

  /** Resolves when gathering is complete, or has had its time. */
  async #gathered(): Promise<void> {
    const limit = withTimeout(this.#controller.signal, GATHER_LIMIT_MS)
    await new Promise<void>((resolve) => {
      const check = (): void => { if (this.#pc.iceGatheringState === 'complete') resolve() }
      this.#pc.addEventListener('icegatheringstatechange', check, { signal: limit.signal })
      onAbort(limit.signal, resolve)
      check()
    })
    limit.done()
    this.#controller.signal.throwIfAborted()
  }
}
