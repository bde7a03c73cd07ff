import { expect, test } from 'vitest'
import { followedBy, roomTopic, startClient, startRelay, tcpAddress, until, webSocketAddress } from '../clients.ts'
import { meet } from './meet.ts'

test('clients of two relays that know each other meet', async () => {
  const topic = roomTopic('a')
  const first = await startRelay()
  const second = await startRelay({ bootstrap: [tcpAddress(first)] })
  const [alice, bob] = [await startClient(first), await startClient(second)]
  await Promise.all([alice.join(topic), bob.join(topic)])
  await meet(alice, bob, topic)
})

test('clients at the ends of a chain of relays meet although the middle does not follow their topic', async () => {
  const topic = roomTopic('b')
  const middle = await startRelay()
  const [left, right] = [await startRelay({ bootstrap: [tcpAddress(middle)] }), await startRelay({ bootstrap: [webSocketAddress(middle)] })]
  const [alice, bob] = [await startClient(left), await startClient(right)]
  await alice.join(topic)
  await bob.join(topic)
  await meet(alice, bob, topic)
  await until(() => expect(followedBy(middle)).toEqual([]))
  expect(left.libp2p.getPeers().map(String)).toContain(right.peerId)
})

