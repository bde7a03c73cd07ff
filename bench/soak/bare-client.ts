import type { Client, ClientInit } from './client.ts'
import { ClientRefused } from './client.ts'
import { decodeFrame, encodeFrame } from './bare-frame.ts'
import { openSocket } from './socket.ts'
import { withTimeout } from '../../src/util/abort.ts'

const OPEN_TIMEOUT_MS = 30_000

/** Connects to the bare server. */
export async function connectBare({ server, source, onMessage, signal }: ClientInit): Promise<Client> {
  const limit = withTimeout(signal, OPEN_TIMEOUT_MS)
  const ended = new AbortController()
  try {
    const socket = await openSocket(server, source, limit.signal)
    socket.on('message', (bytes) => {
      const frame = decodeFrame(new Uint8Array(bytes as ArrayBuffer))
      if (frame.kind === 'say') onMessage(frame.topic, frame.data)
    })
    const closed = new Promise<void>((resolve) => { socket.once('close', () => resolve()) })
    socket.once('close', () => ended.abort())
    return {
      ended: ended.signal,
      // The server handles frames in order, so nothing that is said later can be missed.
      enter: async (topic) => socket.send(encodeFrame({ kind: 'enter', topic })),
      leave: (topic) => socket.send(encodeFrame({ kind: 'leave', topic })),
      say: (topic, data) => socket.send(encodeFrame({ kind: 'say', topic, data })),
      close: async () => {
        socket.close()
        await closed
      }
    }
  } catch (cause) {
    throw new ClientRefused('connection', { cause })
  } finally {
    limit.done()
  }
}
