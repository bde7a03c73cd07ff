/** Runs inside the page, before the app: notes when pictures from others were decoded, and by which way they came. */

/** How often the page looks, milliseconds: what its notes are exact to. */
export const LOOK_EVERY_MS = 50

/** How media travels, by the selected candidate pair. */
export interface MediaPath {
  local: string
  remote: string
  /** How this end talks to its TURN server, or how packets travel when there is none. */
  protocol: string
  /** Address of the TURN server that carries it, as seen by the other side; undefined when there is none. */
  relay: string | undefined
}

/** What the page notes; lives in the page's global scope. */
export interface FrameNotes {
  /** For each receiver that has decoded a picture, in order of the first: the times at which new ones were seen, in milliseconds since 1970. */
  frames: number[][]
  path: () => Promise<MediaPath | undefined>
  /** Each connection that has ever been made, with its states and how far its candidate pairs have come. */
  describe: () => Promise<string[]>
}

/** Expects the list `peerConnections` of the browser tests' own init script. */
export function installFrameCounter(everyMs: number): void {
  const page = globalThis as unknown as { peerConnections?: RTCPeerConnection[], frameNotes: FrameNotes }
  const decoded = new Map<string, { count: number, times: number[] }>()
  const numbers = new WeakMap<RTCPeerConnection, number>()
  let connections = 0
  const carriesMedia = (pc: RTCPeerConnection): boolean => pc.connectionState !== 'closed' && pc.getTransceivers().length > 0
  page.frameNotes = { frames: [], path, describe }
  let busy = false
  setInterval(() => {
    if (busy) return
    busy = true
    void look().finally(() => { busy = false })
  }, everyMs)

  async function look(): Promise<void> {
    for (const pc of (page.peerConnections ?? []).filter(carriesMedia)) {
      if (!numbers.has(pc)) numbers.set(pc, connections++)
      for (const stat of (await pc.getStats()).values()) {
        if (stat.type === 'inbound-rtp' && stat.kind === 'video') note(`${numbers.get(pc)} ${stat.id}`, stat.framesDecoded ?? 0)
      }
    }
  }

  function note(receiver: string, count: number): void {
    const known = decoded.get(receiver) ?? { count: 0, times: [] }
    if (count <= known.count) return
    if (known.count === 0) page.frameNotes.frames.push(known.times)
    known.times.push(Date.now())
    known.count = count
    decoded.set(receiver, known)
  }

  async function path(): Promise<MediaPath | undefined> {
    const pc = page.peerConnections?.findLast((each) => each.connectionState === 'connected' && carriesMedia(each))
    const stats = await pc?.getStats()
    const transport = [...stats?.values() ?? []].find(({ type }) => type === 'transport')
    const pair = stats?.get(transport?.selectedCandidatePairId)
    const [local, remote] = [stats?.get(pair?.localCandidateId), stats?.get(pair?.remoteCandidateId)]
    if (local === undefined || remote === undefined) return undefined
    return {
      local: local.candidateType, remote: remote.candidateType, protocol: local.relayProtocol ?? local.protocol,
      relay: [local, remote].find(({ candidateType }) => candidateType === 'relay')?.address
    }
  }

  async function describe(): Promise<string[]> {
    return Promise.all((page.peerConnections ?? []).map(async (pc) => {
      const stats = [...(await pc.getStats()).values()]
      const typeOf = (id: string): string => stats.find((stat) => stat.id === id)?.candidateType
      const pairs = stats.filter(({ type }) => type === 'candidate-pair')
        .map(({ localCandidateId, remoteCandidateId, state }) => `${typeOf(localCandidateId)}-${typeOf(remoteCandidateId)} ${state}`)
      return [pc.connectionState, pc.iceGatheringState, pc.signalingState, `${pc.getTransceivers().length} transceivers`, ...pairs].join(', ')
    }))
  }
}
