/** How media may travel, and what that means for an RTCPeerConnection. */
import { onAbort, type Lifetime } from '../../util/abort.ts'
import { effect, untracked, type ReadonlySignal } from '../../util/signals.ts'
import type { TransportPolicy } from '../types.ts'

/** The part of an RTCPeerConnection's configuration that a policy decides. */
export type IceConfiguration = Required<Pick<RTCConfiguration, 'iceServers' | 'iceTransportPolicy'>>

/** What to configure under this policy where these servers are offered. */
export function iceConfiguration(policy: TransportPolicy, iceServers: RTCIceServer[]): IceConfiguration {
  if (policy !== 'direct') return { iceServers, iceTransportPolicy: policy }
  return { iceServers: iceServers.flatMap(withoutTurn), iceTransportPolicy: 'all' }
}

/** Whether a candidate of ours may be told to the peer. Browsers gather no others; this makes sure of it. */
export function maySend(policy: TransportPolicy, candidate: string): boolean {
  return policy === 'all' || isRelayed(candidate) === (policy === 'relay')
}

/** Whether a candidate of the peer's may be tried: one at a TURN server is a detour, whosever server it is. */
export function mayUse(policy: TransportPolicy, candidate: string): boolean {
  return policy !== 'direct' || !isRelayed(candidate)
}

/** The peer's description without what may not be used; other clients may write candidates into it. */
export function usableSdp(policy: TransportPolicy, sdp: string): string {
  return sdp.split(/(?<=\n)/).filter((line) => !line.startsWith('a=candidate:') || mayUse(policy, line)).join('')
}

/**
 * What a running connection needs when the policy changes. ICE prefers an old path of higher priority to a new one, so what
 * is no longer allowed ends only with the connection itself; more freedom is used from an ICE restart on.
 */
export function stepFor(from: TransportPolicy, to: TransportPolicy): 'none' | 'restart-ice' | 'rebuild' {
  if (from === to) return 'none'
  return to === 'all' ? 'restart-ice' : 'rebuild'
}

/** Asks for the step that a running connection needs whenever the policy changes; ended by its signal. */
export function followPolicy(policy: ReadonlySignal<TransportPolicy>, take: (step: 'restart-ice' | 'rebuild') => void, { signal }: Lifetime): void {
  let before = policy.peek()
  onAbort(signal, effect(() => {
    const step = stepFor(before, policy.value)
    before = policy.value
    if (step !== 'none') untracked(() => take(step))
  }))
}

/** https://www.rfc-editor.org/rfc/rfc8839#section-5.1 */
function isRelayed(candidate: string): boolean {
  return / typ relay(?: |\s*$)/.test(candidate)
}

function withoutTurn(server: RTCIceServer): RTCIceServer[] {
  const urls = [server.urls].flat().filter((url) => !/^turns?:/i.test(url))
  return urls.length > 0 ? [{ urls }] : []
}
