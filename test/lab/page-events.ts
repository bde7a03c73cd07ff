/** Runs inside the page, before the app: notes what its connections go through, and what the app logs. */

/** What happened in a page, and when, milliseconds since 1970. */
export interface PageEvent {
  at: number
  text: string
}

/** https://w3c.github.io/long-animation-frames/ */
interface LongAnimationFrame extends PerformanceEntry {
  scripts: { invoker: string, duration: number }[]
}

/**
 * Notes into the page's global list `pageEvents`, from now on, and counts into `pageSamples` so often; has the app log what
 * it does.
 */
export function installPageEvents(everyMs: number): void {
  const events: PageEvent[] = []
  const samples: PageEvent[] = []
  Object.assign(globalThis, { pageEvents: events, pageSamples: samples })
  const inbound = ['packetsReceived', 'packetsLost', 'nackCount', 'pliCount', 'framesReceived', 'keyFramesDecoded', 'framesDecoded']
  const outbound = ['framesEncoded', 'keyFramesEncoded', 'framesSent', 'packetsSent', 'retransmittedPacketsSent', 'totalPacketSendDelay', 'targetBitrate']
  const path = ['availableOutgoingBitrate', 'packetsDiscardedOnSend']
  localStorage.setItem('parley:log', 'debug')
  let sockets = 0
  let connections = 0
  const made: RTCPeerConnection[] = []
  setInterval(() => void sample(), everyMs)
  // While the page's own work holds its frames up, pictures that have arrived are not shown either.
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) noteBusy(entry as LongAnimationFrame)
  }).observe({ type: 'long-animation-frame' })
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    const print = console[level].bind(console)
    console[level] = (...details: unknown[]) => {
      note(details.map((each) => typeof each === 'object' && !(each instanceof Error) ? JSON.stringify(each) : String(each)).join(' '))
      print(...details)
    }
  }
  Object.assign(globalThis, {
    WebSocket: class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        const name = `WebSocket ${++sockets} (${new URL(url).hostname})`
        note(`${name} made`)
        for (const type of ['open', 'error', 'close']) this.addEventListener(type, () => note(`${name} ${type}`))
      }
    },
    RTCPeerConnection: class extends RTCPeerConnection {
      readonly #name = `RTCPeerConnection ${++connections}`

      constructor(configuration?: RTCConfiguration) {
        super(configuration)
        made.push(this)
        note(`${this.#name} made`)
        for (const state of ['connectionState', 'iceConnectionState', 'iceGatheringState', 'signalingState'] as const) {
          this.addEventListener(state.toLowerCase() + 'change', () => note(`${this.#name} ${state} ${this[state]}`))
        }
        this.addEventListener('icecandidate', ({ candidate }) => { if (candidate) note(`${this.#name} candidate ${candidate.type} ${candidate.protocol}`) })
      }

      override async setLocalDescription(description?: RTCLocalSessionDescriptionInit): Promise<void> {
        await super.setLocalDescription(description)
        note(`${this.#name} local ${this.localDescription?.type}`)
        this.#followPath()
      }

      override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
        await super.setRemoteDescription(description)
        note(`${this.#name} remote ${description.type}`)
        this.#followPath()
      }

      readonly #notePath = (): void => {
        const { local, remote } = this.sctp?.transport.iceTransport.getSelectedCandidatePair() ?? {}
        note(`${this.#name} path ${[local, remote].map((end) => `${end?.type} ${end?.protocol}`).join(' - ')}`)
      }

      #followPath(): void {
        this.sctp?.transport.iceTransport.addEventListener('selectedcandidatepairchange', this.#notePath)
      }
    }
  })

  function noteBusy({ startTime, duration, scripts }: LongAnimationFrame): void {
    const work = scripts.map((script) => `${script.invoker} ${Math.round(script.duration)}`).join(', ')
    events.push({ at: Math.round(performance.timeOrigin + startTime), text: `busy for ${Math.round(duration)} ms: ${work}` })
  }

  /** How many packets and pictures there were so far: between which two numbers pictures are held up is where to look. */
  async function sample(): Promise<void> {
    const pc = made.findLast(({ connectionState, sctp }) => sctp !== null && connectionState !== 'closed')
    const stats = [...(await pc?.getStats())?.values() ?? []]
    const told = [['inbound-rtp', inbound], ['outbound-rtp', outbound], ['candidate-pair', path]] as const
    samples.push({ at: Date.now(), text: told.map(([type, names]) => describe(stats.filter((stat) => stat.type === type && (stat.kind ?? 'video') === 'video'), names)).join(' | ') })
  }

  function describe(stats: readonly Record<string, unknown>[], names: readonly string[]): string {
    return names.map((name) => `${name} ${Math.round(1_000 * stats.reduce((sum, stat) => sum + (Number(stat[name]) || 0), 0)) / 1_000}`).join(', ')
  }

  function note(text: string): void {
    events.push({ at: Date.now(), text })
  }
}
