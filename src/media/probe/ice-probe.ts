/** Looks at the network as a call would meet it. Contacts the given servers and nobody else; leaves nothing open. */
import type { Lifetime } from '../../util/abort.ts'
import { probeStun } from './ice-probe-stun.ts'
import { hasIpv6, natKind, type NatKind } from './nat-kind.ts'

export { probeTurn, type TurnProbe } from './ice-probe-turn.ts'
export { probeStun, type StunProbe } from './ice-probe-stun.ts'

/** How this machine stands in the network. */
export interface Mapping {
  nat: NatKind
  /** Null where the browser does not tell. */
  ipv6: boolean | null
  /** The addresses that were seen, ours and those that a router gave us. */
  addresses: string[]
}

/** Asks STUN servers in different places which addresses they see, all from the same ports. They are known to answer. */
export async function probeMapping(urls: string[], lifetime: Lifetime): Promise<Mapping> {
  const { answered, hosts, mapped } = await probeStun(urls, lifetime)
  return {
    nat: natKind({ hosts, mapped, servers: answered ? urls.length : 0 }),
    ipv6: hasIpv6({ hosts, mapped }),
    addresses: [...new Set([...hosts, ...mapped.map(({ address }) => address)])],
  }
}
