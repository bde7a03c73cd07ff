import { childController, onAbort, type Lifetime } from '../../util/abort.ts'
import { effect, signal as createSignal, type ReadonlySignal, type Signal } from '../../util/signals.ts'
import type { CandidateInit } from '../../wire/message.ts'
import { ChannelPort } from './file-port.ts'
import { Gathering } from './gathering.ts'
import type { Description, RtcPort } from './rtc-port.ts'
import { withAudioNack, withoutCandidates, withoutStrayFormats } from './sdp.ts'
import { iceConfiguration, maySend, mayUse, usableSdp } from './transport-policy.ts'
import { addSections, adoptSections, type Sections } from './transceivers.ts'
import type { FilePort, SendTracks, TransportPolicy } from '../types.ts'

/** Sound comes every 20 ms. */
const PATH_PAUSE_MS = 60

export interface RtcConnectionOptions extends Lifetime {
  iceServers: ReadonlySignal<RTCIceServer[]>
  policy: ReadonlySignal<TransportPolicy>
  tracks: SendTracks
  onLateCandidates: (candidates: CandidateInit[]) => void
  /** The connection's state, in any of its senses, has changed. */
  onState: () => void
  /** ICE has chosen another pair of candidates: called at once, and again when sound must have come by it. */
  onPath: () => void
  onControl: (data: unknown) => void
  /** The control channel of the present connection was closed, and not by us. */
  onControlClosed: () => void
}

/** One RTCPeerConnection with everything that dies with it. */
interface Current {
  pc: RTCPeerConnection
  control: RTCDataChannel
  gathering: Gathering
  controller: AbortController
  /** What it was configured with. */
  iceServers: RTCIceServer[]
  policy: TransportPolicy
  /** Whether candidates are or were gathered. */
  gathers: boolean
  /** Whether the ICE servers came after the present gathering had begun. */
  missedServers: boolean
}

/** The browser behind `RtcPort`: an RTCPeerConnection that can be exchanged for a fresh one. Closed by its signal. */
export class RtcConnection implements RtcPort {
  readonly #options: RtcConnectionOptions
  readonly #sections: Signal<Sections | null> = createSignal(null)
  readonly #remoteSections: Signal<Sections | null> = createSignal(null)
  readonly #pipe: Signal<RTCDataChannel | null> = createSignal(null)
  readonly #files: Signal<FilePort | null> = createSignal(null)
  #current: Current

  constructor(options: RtcConnectionOptions) {
    this.#options = options
    this.#current = this.#create()
    onAbort(options.signal, effect(() => this.#configure(options.iceServers.value, options.policy.value)))
    onAbort(options.signal, () => this.#close())
  }

  /** The sections that we send in; null before the first description. */
  get sections(): ReadonlySignal<Sections | null> { return this.#sections }

  /** The same, once the peer has described its side, which is when tracks of its can arrive. */
  get remoteSections(): ReadonlySignal<Sections | null> { return this.#remoteSections }

  /** The present connection's channel for whatever else two members have to say to each other, open or not yet. */
  get pipe(): ReadonlySignal<RTCDataChannel | null> { return this.#pipe }

  /** The present connection's channel for files, open or not yet. */
  get files(): ReadonlySignal<FilePort | null> { return this.#files }

  /** The present RTCPeerConnection. */
  get pc(): RTCPeerConnection { return this.#current.pc }

  /** Whether ICE servers came too late for the present candidates; an ICE restart uses them. */
  get missedServers(): boolean { return this.#current.missedServers }

  get signalingState(): RTCSignalingState { return this.pc.signalingState }

  async setLocalDescription(): Promise<Description> {
    const { pc } = this
    if (pc.signalingState === 'stable') this.#sections.value ??= addSections(pc, this.#options.tracks)
    // Each description of ours is the first, or part of an ICE restart: either way gathering begins.
    this.#current.gathers = true
    this.#current.missedServers = false
    await pc.setLocalDescription()
    this.#followPath(pc)
    return toDescription(pc.localDescription)
  }

  async setRemoteDescription(description: Description): Promise<void> {
    const { pc } = this
    await pc.setRemoteDescription({ ...description, sdp: withAudioNack(withoutStrayFormats(usableSdp(this.#current.policy, description.sdp))) })
    this.#followPath(pc)
    this.#sections.value ??= adoptSections(pc, this.#options.tracks)
    this.#remoteSections.value = this.#sections.value
  }

  async addIceCandidate(candidate: CandidateInit): Promise<void> {
    if (mayUse(this.#current.policy, candidate.candidate)) await this.pc.addIceCandidate(candidate)
  }

  restartIce(): void {
    this.pc.restartIce()
  }

  replace(): void {
    this.#close()
    if (!this.#options.signal.aborted) this.#current = this.#create()
    this.#options.onState()
  }

  gathered(ufrag: string): Promise<CandidateInit[]> {
    return this.#current.gathering.gathered(ufrag)
  }

  /** Sends text on the control channel; false when that is not open or cannot take more. */
  sendControl(text: string): boolean {
    const { control } = this.#current
    if (control.readyState !== 'open') return false
    try {
      control.send(text)
      return true
    } catch {
      // A full buffer, or a channel that closed this instant: to the caller both are a channel that takes nothing.
      return false
    }
  }

  #create(): Current {
    const controller = childController(this.#options.signal)
    const { signal } = controller
    const { onState, onControl, onControlClosed, onLateCandidates } = this.#options
    const iceServers = this.#options.iceServers.peek()
    const policy = this.#options.policy.peek()
    const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle', ...iceConfiguration(policy, iceServers) })
    const control = pc.createDataChannel('control', { negotiated: true, id: 0, ordered: true })
    control.binaryType = 'arraybuffer'
    for (const change of ['connectionstatechange', 'iceconnectionstatechange']) pc.addEventListener(change, onState, { signal })
    control.addEventListener('open', onState, { signal })
    control.addEventListener('message', ({ data }) => onControl(data), { signal })
    control.addEventListener('close', onControlClosed, { signal })
    this.#pipe.value = pc.createDataChannel('libp2p', { negotiated: true, id: 1, ordered: true })
    this.#files.value = new ChannelPort(pc.createDataChannel('files', { negotiated: true, id: 2, ordered: true }), { signal })
    const allows = (candidate: string): boolean => maySend(this.#current.policy, candidate)
    const gathering = new Gathering(pc, { signal, allows, onLate: onLateCandidates })
    return { pc, control, gathering, controller, iceServers, policy, gathers: false, missedServers: false }
  }

  /** At once, also while all is well: credentials expire, and nobody knows when ICE will have to restart. */
  #configure(iceServers: RTCIceServer[], policy: TransportPolicy): void {
    const current = this.#current
    if (this.#options.signal.aborted || (current.iceServers === iceServers && current.policy === policy)) return
    const configuration = iceConfiguration(policy, iceServers)
    current.pc.setConfiguration({ bundlePolicy: 'max-bundle', ...configuration })
    Object.assign(current, { iceServers, policy })
    current.missedServers = configuration.iceServers.length > 0 && current.gathers
  }

  /** After each description, since the transport comes with the first pair of them; a second time does nothing. */
  #followPath({ sctp }: RTCPeerConnection): void {
    sctp?.transport.iceTransport.addEventListener('selectedcandidatepairchange', this.#pathChanged, { signal: this.#current.controller.signal })
  }

  readonly #pathChanged = (): void => {
    this.#options.onPath()
    setTimeout(this.#options.onPath, PATH_PAUSE_MS)
  }

  #close(): void {
    this.#current.controller.abort()
    this.#current.pc.close()
    this.#pipe.value = null
    this.#files.value = null
    this.#sections.value = null
    this.#remoteSections.value = null
  }
}

function toDescription(description: RTCSessionDescription | null): Description {
  if (description === null || (description.type !== 'offer' && description.type !== 'answer')) {
    throw new DOMException('no local description', 'InvalidStateError')
  }
  return { type: description.type, sdp: withoutCandidates(description.sdp) }
}
