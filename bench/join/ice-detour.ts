/**
 * Runs inside a page, before its own scripts: makes every RTCPeerConnection take the detour through the UDP delay proxy.
 * Serialised by Playwright, so it must not use anything from outside its own body.
 *
 * The page announces each candidate it gathers, which opens that candidate's mirror while the candidate is still on its way to
 * the other page; there the address is replaced by the mirror's, synchronously, so that the rewriting costs no time.
 */
export function installIceDetour(mirrorHost: string): void {
  type Announce = (host: string, port: number, kind: 'client' | 'server') => Promise<void>
  const announce: Announce = (...endpoint) => (globalThis as unknown as { benchAnnounce: Announce }).benchAnnounce(...endpoint)
  const Native = RTCPeerConnection

  /** The candidate with the mirror's address; undefined for what the proxy does not cover. */
  const detour = (candidate: string): string | undefined => {
    const fields = candidate.split(' ')
    if (fields[2]?.toLowerCase() !== 'udp' || !/^[\d.]+$/.test(fields[4] ?? '')) return undefined
    fields[4] = mirrorHost
    return fields.join(' ')
  }
  const detourSdp = (sdp: string): string => sdp.split('\r\n').flatMap((line) => {
    if (!line.startsWith('a=candidate:')) return [line]
    const candidate = detour(line)
    return candidate === undefined ? [] : [candidate]
  }).join('\r\n')
  const detourServers = (configuration: RTCConfiguration): RTCConfiguration => ({
    ...configuration,
    iceServers: (configuration.iceServers ?? []).map((server) => ({
      ...server,
      urls: [server.urls].flat().filter((url) => !/transport=tcp/.test(url)).map((url) => {
        const [, scheme, host, port] = /^(stun|turn):([^:?]+):(\d+)/.exec(url) ?? []
        if (host === undefined) return url
        void announce(host, Number(port), 'server')
        return url.replace(`${scheme}:${host}`, `${scheme}:${mirrorHost}`)
      })
    })).filter((server) => server.urls.length > 0)
  })

  globalThis.RTCPeerConnection = class extends Native {
    constructor(configuration: RTCConfiguration = {}) {
      super(detourServers(configuration))
      this.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate?.protocol !== 'udp' || candidate.address?.includes('.') !== true || candidate.port === null) return
        // A server-reflexive candidate names a mirror already: STUN itself went through the proxy.
        if (candidate.type !== 'srflx') void announce(candidate.address, candidate.port, candidate.type === 'relay' ? 'server' : 'client')
      })
    }

    override setConfiguration(configuration: RTCConfiguration = {}): void {
      super.setConfiguration(detourServers(configuration))
    }

    override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      await super.setRemoteDescription({ type: description.type, sdp: detourSdp(description.sdp ?? '') })
    }

    override async addIceCandidate(init?: RTCIceCandidateInit | null): Promise<void> {
      if (!init?.candidate) return await super.addIceCandidate(init ?? undefined)
      const candidate = detour(init.candidate)
      if (candidate === undefined) return
      const { sdpMid = null, sdpMLineIndex = null, usernameFragment = null } = init
      await super.addIceCandidate({ candidate, sdpMid, sdpMLineIndex, usernameFragment })
    }
  } as typeof RTCPeerConnection
}
