import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { openClient, openPeer, startServer } from './lab.ts'

test('a connection that another listener accepted and has looked into is served like its own, and ends with the server', async () => {
  const server = await startServer({ tcp: false })
  expect(server.ports.tcp).toBeUndefined()
  const listener = createServer((socket) => {
    socket.once('data', (first: Buffer) => {
      socket.pause()
      socket.unshift(first)
      server.acceptStream(socket)
      socket.resume()
    })
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const client = await openClient(server, { port: (listener.address() as AddressInfo).port, transport: 'tcp' })
  const peer = await openPeer()
  await client.allocate()
  await client.bindChannel(0x4000, peer.endpoint)
  client.sendOn(0x4000, 'hello')
  expect(await client.receives('HELLO')).toEqual({ data: 'HELLO', channel: 0x4000 })
  await server.close()
  await client.until('being cut', () => client.closed)
  listener.close()
  expect(server.counters.allocations).toEqual({ live: 0, total: 1 })
})
