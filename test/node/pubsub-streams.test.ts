/** A peer that opens no stream must not keep those of others waiting. */
import { expect, onTestFinished, test } from 'vitest'
import type { Connection } from '@libp2p/interface'
import { roomTopic, startClient, startRelay, until } from '../relay/clients.ts'

const ROOM = roomTopic('a')

test('a relay speaks with newcomers while a peer before them negotiates nothing', async () => {
  const relay = await startRelay()
  let mute: Connection | undefined
  relay.libp2p.addEventListener('connection:open', ({ detail }) => {
    if (mute !== undefined) return
    mute = detail
    detail.newStream = () => new Promise(() => undefined)
  })
  await startClient(relay)
  await until(() => expect(mute).toBeDefined())
  const [anna, ben] = [await startClient(relay), await startClient(relay)]
  for (const each of [anna, ben]) await each.join(ROOM)
  await ben.say(ROOM, 'hello')
  await until(() => expect(anna.heard).toEqual(['hello']))
})

test('a peer gets one stream, however many connections it makes in one moment', async () => {
  const relay = await startRelay()
  const anna = await startClient(relay)
  onTestFinished(() => anna.node.stop())
  await anna.join(ROOM)
  const { peerId } = anna.node
  await Promise.all(Array.from({ length: 4 }, async () => await anna.node.dial(relay.libp2p.getMultiaddrs(), { force: true })))
  await until(() => expect(relay.libp2p.getConnections(peerId).length).toBeGreaterThan(1))
  await anna.say(ROOM, 'still here')
  const streams = relay.libp2p.getConnections(peerId).flatMap((each) => each.streams)
    .filter(({ protocol, direction }) => protocol.startsWith('/meshsub/') && direction === 'outbound')
  expect(streams).toHaveLength(1)
})
