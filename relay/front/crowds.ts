import type { ConnectionGater, MultiaddrConnection } from '@libp2p/interface'
import { isNetworkAddress, getNetConfig } from '@libp2p/utils'
import { WebSockets, WebSocketsSecure } from '@multiformats/multiaddr-matcher'
import type { Front } from './front.ts'

/**
 * Counts the connections that come by other ways than the relay's own port, which are plain TCP and webrtc-direct, together
 * with those that come there, and denies what is too much, before any handshake.
 */
export function denyCrowds({ admission }: Pick<Front, 'admission'>): Pick<ConnectionGater, 'denyInboundConnection'> {
  return {
    denyInboundConnection: (connection: MultiaddrConnection) => {
      const { remoteAddr } = connection
      if (WebSockets.matches(remoteAddr) || WebSocketsSecure.matches(remoteAddr) || !isNetworkAddress(remoteAddr)) return false
      const release = admission.admit(getNetConfig(remoteAddr).host)
      if (release === undefined) return true
      connection.addEventListener('close', release, { once: true })
      return false
    }
  }
}
