import { WebSocket } from 'ws'

/** Opens a WebSocket from a local address; rejects when it fails or `signal` aborts first. */
export async function openSocket(url: string, source: string, signal: AbortSignal | undefined): Promise<WebSocket> {
  const socket = new WebSocket(url, { localAddress: source, perMessageDeflate: false })
  socket.binaryType = 'arraybuffer'
  const stop = (): void => socket.terminate()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    await new Promise<void>((resolve, reject) => {
      // Stays attached: a socket that breaks later must not end the process.
      socket.on('error', reject)
      socket.once('close', () => reject(new Error('closed before it was open')))
      socket.once('open', resolve)
    })
    return socket
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}
