import type { AddressInfo } from 'node:net'
import type { PrivateKey } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { createLibp2p } from 'libp2p'
import type { Lifetime } from '../../src/util/abort.ts'
import type { RelayConfig } from '../config/types.ts'
import { pingConnections } from './connection-pings.ts'
import { followAutoTls, loadAutoTls } from '../front/auto-tls.ts'
import type { Front } from '../front/front.ts'
import { dropSlowReaders } from '../front/slow-readers.ts'
import type { Operation } from '../operation/operation.ts'
import { relayOptions } from './relay-options.ts'
import { releaseReservations } from './reservation-release.ts'
import { dropOwnRecords, openDatastore } from './storage.ts'
import { dropSuperseded } from './superseded-connections.ts'
import { chooseTcpPort } from './tcp-port.ts'
import { loadDirect } from '../webrtc-direct/load-direct.ts'

/** What a relay's libp2p node is started with. */
export interface StartNodeOptions extends Lifetime {
  config: RelayConfig
  privateKey: PrivateKey
  front: Front
  operation: Operation
  /** Whether nobody new is let in any more. */
  isDraining: () => boolean
  /** Given what is to be done at the end, last first. */
  undo: Array<() => Promise<void>>
}

/** A relay's libp2p node. */
export type RelayNode = Awaited<ReturnType<typeof startNode>>

/** Opens the data folder, chooses the ports that no setting names, and starts libp2p with all its limits. */
export async function startNode({ config, privateKey, front, operation, isDraining, undo, signal }: StartNodeOptions) {
  const datastore = config.data === undefined ? undefined : await openDatastore(config.data)
  if (datastore !== undefined) {
    undo.push(() => datastore.close())
    await dropOwnRecords(datastore, peerIdFromPrivateKey(privateKey))
  }
  const { port } = front.address() as AddressInfo
  const tcpPort = await chooseTcpPort(config, port)
  const direct = await loadDirect(config, port)
  const options = relayOptions({ config, privateKey, datastore, front, tcpPort, direct, isDraining })
  const autoTls = config.tls.kind === 'auto' ? await loadAutoTls() : undefined
  const libp2p = await createLibp2p({ ...options, ...operation.libp2pOptions, services: { ...options.services, ...autoTls } })
  undo.push(async () => { await libp2p.stop() })
  pingConnections({ libp2p, signal })
  dropSuperseded({ libp2p, pubsub: libp2p.services.pubsub, signal })
  dropSlowReaders({ libp2p, refusals: front.refusals, signal })
  releaseReservations({ libp2p, relay: libp2p.services.circuitRelay, signal })
  if (autoTls !== undefined) followAutoTls({ libp2p, front, signal })
  return libp2p
}
