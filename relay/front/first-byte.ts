/** What a connection begins with, by its first byte: each of these protocols lets the client speak first. */
export type FirstProtocol = 'stun' | 'tls' | 'http'

/** STUN begins with two zero bits and a method below 0x1000; requests and indications of today are 0 and 1. */
const STUN_LAST = 3
/** The content type of a TLS handshake record. https://www.rfc-editor.org/rfc/rfc8446#section-5.1 */
const TLS_HANDSHAKE = 22

/**
 * Which protocol begins like this, in the manner of RFC 7983; undefined for none. ChannelData of TURN (64 to 79) shares its
 * range with capital letters, but never comes first: there is no channel before a request.
 */
export function protocolOf(firstByte: number): FirstProtocol | undefined {
  if (firstByte <= STUN_LAST) return 'stun'
  if (firstByte === TLS_HANDSHAKE) return 'tls'
  // A method's name, which is a token; all in use are letters. https://www.rfc-editor.org/rfc/rfc9110#section-9.1
  return /[A-Za-z]/.test(String.fromCharCode(firstByte)) ? 'http' : undefined
}
