/**
 * The rival: the least that passes messages on among the members of rooms, with nothing but the `ws` package. No
 * encryption, no identities, no limits. Prints its URL.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { decodeFrame } from './bare-frame.ts'

/** A server that means to notice who has gone does at least this, milliseconds. The relay's own interval. */
const PING_MS = 20_000

const rooms = new Map<string, Set<WebSocket>>()
const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })

sockets.on('connection', (socket) => {
  const entered = new Set<string>()
  const leave = (topic: string): void => {
    entered.delete(topic)
    const room = rooms.get(topic)
    room?.delete(socket)
    if (room?.size === 0) rooms.delete(topic)
  }
  socket.on('error', () => socket.terminate())
  socket.on('close', () => entered.forEach(leave))
  socket.on('message', (bytes: Buffer) => {
    const frame = decodeFrame(bytes)
    if (frame.kind === 'leave') return leave(frame.topic)
    if (frame.kind === 'enter') {
      entered.add(frame.topic)
      rooms.set(frame.topic, (rooms.get(frame.topic) ?? new Set()).add(socket))
      return
    }
    for (const other of rooms.get(frame.topic) ?? []) if (other !== socket) other.send(bytes)
  })
})

setInterval(() => sockets.clients.forEach((socket) => socket.ping()), PING_MS)
process.once('SIGTERM', () => process.exit())
server.listen(0, '127.0.0.1', () => console.log(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`))
