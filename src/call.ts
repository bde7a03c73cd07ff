/** Second half of the composition root: the node and the room, loaded while the lobby is already on the screen. */
import type { Config } from './config.ts'
import { createLinkFactory } from './media/index.ts'
import type { CapturedMedia } from './media/index.ts'
import { claimBrowserIdentity, createNode } from './node/index.ts'
import type { ParleyNode, TextStorage } from './node/index.ts'
import { createRing, createRoom, createSessionClock } from './room/index.ts'
import type { LinkRequestWithPeers, Room, Stretch } from './room/index.ts'
import type { CallViews, NetworkView, SettingsView } from './room/views.ts'
import type { Lifetime } from './util/abort.ts'
import { computed, effect, signal, untracked } from './util/signals.ts'
import type { ReadonlySignal } from './util/signals.ts'

export interface CallParts extends Lifetime {
  config: Config
  link: ReadonlySignal<LinkRequestWithPeers>
  local: CapturedMedia
  settings: SettingsView
  storage: TextStorage
  /** Makes the key material of a public room's topic. */
  stretch: Stretch
}

/** Starts the node and hands out the views of network, room and rings. */
export async function startCall({ config, link, local, settings, storage, stretch, signal: lifetime }: CallParts): Promise<CallViews> {
  const node = await createNode({
    privateKey: await claimBrowserIdentity({ signal: lifetime }),
    network: config.network,
    rule: config.rule,
    relays: [...new Set([...link.peek().relays, ...config.relays])],
    storage,
    iceTransportPolicy: config.iceTransportPolicy,
    ...(config.sources === undefined ? {} : { sources: config.sources }),
    signal: lifetime
  })
  const room = createRoom({
    network: node.network,
    makeLink: createLinkFactory(local, { iceTransportPolicy: config.iceTransportPolicy, signal: lifetime }),
    local,
    name: settings.name,
    origin: config.origin,
    stretch,
    networkName: config.network,
    sessionClock: createSessionClock(storage),
    pasted: () => link.peek().peers,
    signal: lifetime
  })
  const ring = createRing({ rings: node.rings, room, name: settings.name, signal: lifetime })
  effect(() => {
    const { relays, topic, secret } = link.value
    node.addRelays(relays)
    // The keys of the room in the link are ready when Join is pressed.
    if (topic !== '') room.prepare(topic, secret)
  })
  followPage(node, room)
  releaseDevicesOnLeaving(room, local)
  return { room, ring, network: networkView(node) }
}

/** What the browser tells about the page's life: closing, waking up, coming back online. */
function followPage(node: ParleyNode, room: Room): void {
  addEventListener('pagehide', () => room.abandon())
  const back = (): void => {
    node.relays.wake()
    room.networkChanged()
  }
  addEventListener('online', back)
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') node.relays.wake() })
}

/** Who has left a call is not watched: camera, microphone and screen go off with it. */
function releaseDevicesOnLeaving(room: Room, local: CapturedMedia): void {
  let isIn = false
  effect(() => {
    const wasIn = isIn
    isIn = room.state.value.phase === 'joined'
    if (!wasIn || isIn) return
    untracked(() => {
      local.closeCamera()
      local.closeMicrophone()
      local.closeScreen()
    })
  })
}

function networkView(node: ParleyNode): NetworkView {
  const onLine = signal(navigator.onLine)
  for (const change of ['online', 'offline']) addEventListener(change, () => { onLine.value = navigator.onLine })
  return {
    relays: node.relays.connected,
    addresses: node.network.addresses,
    problem: computed(() => node.relays.connected.value > 0 ? null : node.relays.problem.value),
    status: computed(() => {
      if (node.relays.connected.value > 0) return 'online'
      return onLine.value ? 'connecting' : 'offline'
    })
  }
}
