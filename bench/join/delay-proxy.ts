/**
 * Distance without a network: delays in user space, so that benchmarks need neither root nor netem.
 *
 * Covered:
 * - TCP (page, WebSocket to the relay): every byte one way late, one round trip for the handshake, and slow start per
 *   connection and direction (ten segments at first, doubling each round trip while the window is the limit).
 * - UDP between clients (ICE checks, DTLS, media) and between a client and a server (STUN, TURN): every datagram one way
 *   late. Pages are made to use it by `ice-detour.ts`, which rewrites the remote candidates and the ICE servers' addresses.
 *
 * Not covered: loss, jitter, bandwidth, queues and congestion; a window that shrinks (idle connections, losses); resets,
 * which arrive as an orderly end; delayed acknowledgments; DNS and TLS (https costs one more round trip a connection, and
 * the first contact one for the name); HTTP/2 and /3 (the relay speaks HTTP/1.1, six connections at once); ICE over TCP and
 * IPv6 and mDNS candidates, which are dropped; libp2p's webrtc-direct to a relay, unless its port is added as a server.
 */
export { delayTcp } from './tcp-delay.ts'
export type { TcpDelay, TcpDelayOptions } from './tcp-delay.ts'
export { MIRROR_HOST, UdpDelay } from './udp-delay.ts'
export type { EndpointKind, UdpDelayOptions } from './udp-delay.ts'
