/**
 * Opens a WebSocket to a relay before libp2p has loaded, so that the TCP and upgrade round trips pass while the rest of
 * the code is still on its way. The transport takes it over by URL; one that nobody takes is closed after a while.
 */
const warm = new Map<string, WebSocket>()

/** The relay's upgrade would time out after 10 s anyway. */
const UNCLAIMED_MS = 9_000

/** Starts connecting; does nothing where the browser refuses (mixed content, malformed URL). */
export function warmUp(url: string): void {
  if (warm.has(url)) return
  try {
    const socket = new WebSocket(url)
    socket.binaryType = 'arraybuffer'
    warm.set(url, socket)
    setTimeout(() => { if (warm.get(url) === socket) { warm.delete(url); socket.close() } }, UNCLAIMED_MS)
  } catch {
    // Only an optimisation: the ordinary dial will report what is wrong with this address.
  }
}

/** Hands over the socket for `url` unless it has already failed; the caller owns it from then on. */
export function takeWarm(url: string): WebSocket | undefined {
  const socket = warm.get(url)
  warm.delete(url)
  return socket !== undefined && socket.readyState <= WebSocket.OPEN ? socket : undefined
}

/**
 * The URL of a relay's WebSocket multiaddr, read from its text so that the page's first script needs no multiaddr
 * library; undefined for every other kind of address.
 */
export function webSocketUrl(address: string): string | undefined {
  const [, family, host, transport, port, ...rest] = address.split('/')
  if (host === undefined || port === undefined || transport !== 'tcp' || rest.includes('p2p-circuit')) return undefined
  const secure = rest[0] === 'wss' || (rest[0] === 'tls' && rest.includes('ws'))
  if (!secure && rest[0] !== 'ws') return undefined
  return `${secure ? 'wss' : 'ws'}://${family === 'ip6' ? `[${host}]` : host}:${port}`
}
