import { ip, nft, run } from './command.ts'
import { PRIVATE_NETWORK, publicAddress } from './internet.ts'
import type { Internet } from './internet.ts'
import { LAN, routerRules, WAN } from './kinds.ts'
import type { SiteKind } from './kinds.ts'
import type { Link } from './link.ts'
import type { Namespaces } from './namespaces.ts'

/** The machine's interface at a site that has a network of its own. */
const CARD = 'eth0'
const ROUTER_ADDRESS = `${PRIVATE_NETWORK}.1`

/** A machine, and the router between it and the internet if there is one. */
export interface Site {
  kind: SiteKind
  /** Namespace of the machine. */
  namespace: string
  /** The line to the internet, at a site that was made with one to change. */
  link: Link | undefined
  /** Gives the router, or an open site's machine, another public address. What went by the old one is forgotten. */
  changePublicAddress: () => Promise<void>
  /** Gives the machine another address, as moving to another network does. */
  changeOwnAddress: () => Promise<void>
  /** Pulls the machine's cable, which it notices, and puts it back. */
  unplug: () => Promise<void>
  plug: () => Promise<void>
  /** Drops what nft's expression matches, in place of what was dropped before, and tells nobody. */
  drop: (match: string, directions: readonly Direction[]) => Promise<void>
  /** Drops nothing any more. */
  dropNothing: () => Promise<void>
}

/** Which way packets go, seen from the site. */
export type Direction = 'in' | 'out'

export interface SiteOptions {
  /** Part of the namespaces' names. */
  name: string
  kind: SiteKind
  /** Puts a link into the line to the internet, whose quality can be changed. */
  withLink?: boolean
}

/** Builds a site. It goes with the namespaces. */
export async function createSite(namespaces: Namespaces, internet: Internet, { name, kind, withLink = false }: SiteOptions): Promise<Site> {
  const namespace = await namespaces.add(name)
  const edge = kind === 'open' ? namespace : await namespaces.add(`${name}-router`)
  const link = withLink ? await internet.attachByLink(edge, WAN) : undefined
  if (!withLink) await internet.attach(edge, WAN)
  const changePublicAddress = (): Promise<void> => ip(edge, publicAddress(internet.newAddress(), WAN))
  await changePublicAddress()
  const drop = (match: string, directions: readonly Direction[]): Promise<void> => nft(edge, dropRules(match, directions))
  const rest = kind === 'open' ? openMachine(namespace, changePublicAddress) : await machineBehind(edge, kind, namespace, internet)
  return { kind, namespace, link, changePublicAddress, drop, dropNothing: () => drop('', []), ...rest }
}

type Machine = Pick<Site, 'changeOwnAddress' | 'unplug' | 'plug'>

function openMachine(namespace: string, changeOwnAddress: () => Promise<void>): Machine {
  let route = ''
  return {
    changeOwnAddress,
    unplug: async () => {
      route = (await run('ip', ['-netns', namespace, 'route', 'show', 'default'])).trim()
      await ip(namespace, [`link set dev ${WAN} down`])
    },
    // An interface that goes down loses its routes, but not its address.
    plug: () => ip(namespace, [`link set dev ${WAN} up`, ...route === '' ? [] : [`route replace ${route}`]])
  }
}

async function machineBehind(router: string, kind: Exclude<SiteKind, 'open'>, namespace: string, internet: Internet): Promise<Machine> {
  await ip(router, [`link add name ${LAN} type veth peer name ${CARD} netns ${namespace}`, `addr add ${ROUTER_ADDRESS}/24 dev ${LAN}`, `link set dev ${LAN} up`])
  await ip(namespace, [`link set dev ${CARD} up`])
  await nft(router, routerRules(kind))
  await run('ip', ['netns', 'exec', router, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward'])
  const changeOwnAddress = (): Promise<void> => ip(namespace, [
    `addr flush dev ${CARD}`, `addr add ${internet.newPrivateAddress()}/24 dev ${CARD}`, `route replace default via ${ROUTER_ADDRESS} dev ${CARD}`
  ])
  await changeOwnAddress()
  return {
    changeOwnAddress,
    unplug: () => ip(router, [`link set dev ${LAN} down`]),
    plug: () => ip(router, [`link set dev ${LAN} up`])
  }
}

/** A table of its own, before all others, that is replaced as a whole. */
function dropRules(match: string, directions: readonly Direction[]): string {
  const rules = (towards: string): string => directions
    .map((direction) => direction === 'in' ? 'iifname' : 'oifname').filter((side) => towards.includes(side))
    .map((side) => `${side} "${WAN}" ${match} drop`).join('; ')
  return `
table ip faults
delete table ip faults
table ip faults {
  chain input { type filter hook input priority raw; ${rules('iifname')}; }
  chain output { type filter hook output priority raw; ${rules('oifname')}; }
  chain forward { type filter hook forward priority raw; ${rules('iifname oifname')}; }
}`
}
