import { ip } from './command.ts'
import { startLink } from './link.ts'
import type { Link } from './link.ts'
import type { Namespaces } from './namespaces.ts'

/**
 * Public addresses are of the form 11.x.0.y: to all code they are on the internet, as documentation's own networks are
 * not. Every machine here reaches every other one over one bridge.
 */
const PREFIX_LENGTH = 8
const GATEWAY = '11.0.0.1'
/** The first three numbers of all private addresses. */
export const PRIVATE_NETWORK = '192.168.1'
const FIRST_PRIVATE_HOST = 10
/** Segments that only hardware would cut up are, for a link, one packet of up to 64 KB. */
const ONE_SEGMENT = 'gso_max_segs 1'

/** The middle of the lab, to which sites and relays are attached by virtual cables. */
export class Internet {
  readonly #namespaces: Namespaces
  readonly #bridge: string
  #cables = 0
  #addresses = 0
  #privateAddresses = 0
  #links: string | undefined

  private constructor(namespaces: Namespaces, bridge: string) {
    this.#namespaces = namespaces
    this.#bridge = bridge
  }

  static async create(namespaces: Namespaces): Promise<Internet> {
    const bridge = await namespaces.add('internet')
    await ip(bridge, ['link add name hub type bridge', `addr add ${GATEWAY}/${PREFIX_LENGTH} dev hub`, 'link set dev hub up'])
    return new Internet(namespaces, bridge)
  }

  /** A public address that nobody has; each is in a network of its own, as those of different providers are. */
  newAddress(): string {
    return `11.${++this.#addresses}.0.10`
  }

  /** An address at home that nobody has. All homes use the same few private networks, and so do these. */
  newPrivateAddress(): string {
    return `${PRIVATE_NETWORK}.${FIRST_PRIVATE_HOST + this.#privateAddresses++}`
  }

  /** Leads a cable from the bridge into the namespace, as its interface `name` without an address. */
  async attach(namespace: string, name: string): Promise<void> {
    const cable = `c${++this.#cables}`
    await ip(this.#bridge, [
      `link add name ${cable} type veth peer name ${name} netns ${namespace}`,
      `link set dev ${cable} master hub up`
    ])
    await ip(namespace, [`link set dev ${name} up`])
  }

  /**
   * As `attach`, with a link in the cable that can be made slow and lossy. The link ends when the namespaces are closed;
   * it takes some processor time for each packet.
   */
  async attachByLink(namespace: string, name: string): Promise<Link> {
    this.#links ??= await this.#namespaces.add('links')
    const number = ++this.#cables
    const [site, outer] = [`s${number}`, `o${number}`]
    await ip(this.#links, [
      `link add name ${site} type veth peer name ${name} netns ${namespace}`,
      `link add name ${outer} type veth peer name c${number} netns ${this.#bridge}`,
      ...[site, outer].map((each) => `link set dev ${each} up`)
    ])
    await ip(this.#bridge, [`link set dev c${number} ${ONE_SEGMENT} master hub up`])
    await ip(namespace, [`link set dev ${name} ${ONE_SEGMENT} up`])
    return startLink(this.#links, { site, outer })
  }
}

/** Commands of `ip` that give the interface its public address, in place of any it has. */
export function publicAddress(address: string, name: string): string[] {
  return [`addr flush dev ${name}`, `addr add ${address}/${PREFIX_LENGTH} dev ${name}`, `route replace default via ${GATEWAY} dev ${name}`]
}
