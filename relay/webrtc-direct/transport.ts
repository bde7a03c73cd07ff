import { webRTCDirect } from '@libp2p/webrtc'
import type { Listener } from '@libp2p/interface'
import type { DirectCertificate } from './certificate.ts'
import { HandshakeCap } from './handshake-cap.ts'

type DirectFactory = ReturnType<typeof webRTCDirect>

/** The library's listener. Not in its typed surface. */
interface DirectListener extends Listener {
  /** Makes an RTCPeerConnection for whoever sends a STUN request. */
  incomingConnection(ufrag: string, remoteHost: string, remotePort: number, signal: AbortSignal): Promise<void>
  /** Its UDP port, once it listens. */
  stunServer?: { close(): Promise<void> }
}

/**
 * webrtc-direct of @libp2p/webrtc with our certificate, asking no STUN server, and with a cap on handshakes: the library
 * would set up a connection for every datagram that looks like a beginning, whoever it claims to be from. It does not dial:
 * relays reach each other by simpler ways.
 *
 * The UDP port stays open, and deaf, until the process ends: stopping the native listener of node-datachannel 0.33 while
 * the process goes on ends in a crash, now and then.
 */
export function webRtcDirectWith(certificate: DirectCertificate): DirectFactory {
  const factory = webRTCDirect({ certificate, rtcConfiguration: { iceServers: [] } })
  return (components) => {
    const transport = factory(components)
    const createListener = transport.createListener.bind(transport)
    transport.dialFilter = () => []
    transport.createListener = (options) => guarded(createListener(options) as DirectListener)
    return transport
  }
}

function guarded(listener: DirectListener): DirectListener {
  const cap = new HandshakeCap()
  const accept = listener.incomingConnection.bind(listener)
  listener.incomingConnection = (ufrag, host, port, signal) => cap.run(host, () => accept(ufrag, host, port, signal))
  const listen = listener.listen.bind(listener)
  listener.listen = async (address) => {
    await listen(address)
    if (listener.stunServer !== undefined) listener.stunServer.close = async () => undefined
  }
  return listener
}
