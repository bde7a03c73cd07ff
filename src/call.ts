/** Second half of the composition root: the node and the room, loaded while the lobby is already on the screen. */
import type { Config } from './config.ts'
import { createHandLinks, createLinkFactory, iceConfiguration } from './media/index.ts'
import type { CapturedMedia, Uplink } from './media/index.ts'
import { claimBrowserIdentity, createCodeSigner, createNode, verifySignature } from './node/index.ts'
import type { ParleyNode, TextStorage } from './node/index.ts'
import { createByHand, createRing, createRoom, createSessionClock, followCalls } from './room/index.ts'
import type { LinkRequestWithPeers, RecentRooms, Room, Stretch } from './room/index.ts'
import type { CallViews, NetworkView, Reach, SettingsView } from './room/views.ts'
import type { Lifetime } from './util/abort.ts'
import { onAwakening } from './util/awakening.ts'
import { computed, effect, signal, untracked } from './util/signals.ts'
import './ui/later.ts'
import type { ReadonlySignal } from './util/signals.ts'

export interface CallParts extends Lifetime {
  config: Config
  link: ReadonlySignal<LinkRequestWithPeers>
  local: CapturedMedia
  settings: SettingsView
  recent: Pick<RecentRooms, 'add'>
  storage: TextStorage
  /** Makes the key material of a public room's topic. */
  stretch: Stretch
}

/** Starts the node and hands out the views of network, room and rings. */
export async function startCall({ config, link, local, settings, recent, storage, stretch, signal: lifetime }: CallParts): Promise<CallViews> {
  const privateKey = await claimBrowserIdentity({ signal: lifetime })
  const node = await createNode({
    privateKey,
    network: config.network,
    rule: config.rule,
    relays: [...new Set([...link.peek().relays, ...config.relays])],
    storage,
    iceConfiguration: (iceServers) => iceConfiguration(settings.transportPolicy.peek(), iceServers),
    ...(config.sources === undefined ? {} : { sources: config.sources }),
    signal: lifetime
  })
  // What silences a link may have silenced a relay, which would be noticed much later.
  const { makeLink, uplink } = createLinkFactory(local, { policy: settings.transportPolicy, screenPurpose: local.screenPurpose, onDoubt: () => node.relays.verify(() => room.networkChanged()), signal: lifetime })
  const room = createRoom({
    network: node.network,
    makeLink,
    local,
    name: settings.name,
    origin: config.origin,
    stretch,
    networkName: config.network,
    reach: reachOf(node),
    sessionClock: createSessionClock(storage),
    pasted: () => link.peek().peers,
    onEntered: (entered) => recent.add(entered),
    signal: lifetime
  })
  const codes = createByHand({
    room,
    makeHandLink: createHandLinks({ iceServers: node.network.iceServers, policy: settings.transportPolicy }),
    signer: createCodeSigner(privateKey),
    verify: verifySignature,
    self: node.network.self,
    name: settings.name,
    origin: config.origin,
    networkName: config.network
  })
  const ring = createRing({ rings: node.rings, room, name: settings.name, signal: lifetime })
  effect(() => {
    const { relays, topic, secret } = link.value
    node.addRelays(relays)
    // The keys of the room in the link are ready when Join is pressed.
    if (topic !== '') room.prepare(topic, secret)
  })
  followPage(node, room, { signal: lifetime })
  releaseDevicesOnLeaving(room, local)
  return {
    room,
    ring,
    codes,
    network: networkView(node, uplink),
    summary: followCalls(room, { signal: lifetime }),
    statistics: async (within) => (await import('./media/statistics/follow.ts')).followStatistics(room.participants, within),
    recorder: onceLoaded(async () => (await import('./record.ts')).createPageRecorder({ room, local, settings, signal: lifetime })),
  }
}

/** Makes it when first asked for; tries again after a failure. */
function onceLoaded<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined
  return () => made ??= make().catch((error: unknown) => {
    made = undefined
    throw error
  })
}

/** What tells of the page's life and the network's: closing, waking up, coming back online, silence. */
function followPage(node: ParleyNode, room: Room, lifetime: Lifetime): void {
  addEventListener('pagehide', () => room.abandon())
  onAwakening(() => {
    node.relays.wake()
    room.networkChanged()
  }, lifetime)
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

function reachOf({ relays }: ParleyNode): ReadonlySignal<Reach> {
  const onLine = onLineSignal()
  return computed(() => relays.connected.value > 0 ? 'relay' : onLine.value ? 'no-relay' : 'offline')
}

function onLineSignal(): ReadonlySignal<boolean> {
  const onLine = signal(navigator.onLine)
  for (const change of ['online', 'offline']) addEventListener(change, () => { onLine.value = navigator.onLine })
  return onLine
}

function networkView(node: ParleyNode, uplink: ReadonlySignal<Uplink>): NetworkView {
  const onLine = onLineSignal()
  return {
    relays: node.relays.connected,
    addresses: node.network.addresses,
    uplink,
    probeRelays: (onRelay, lifetime) => node.probeRelays(onRelay, lifetime),
    problem: computed(() => node.relays.connected.value > 0 ? null : node.relays.problem.value),
    status: computed(() => {
      if (node.relays.connected.value > 0) return 'online'
      return onLine.value ? 'connecting' : 'offline'
    })
  }
}
