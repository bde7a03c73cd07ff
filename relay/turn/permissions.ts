/** A permission lives five minutes (RFC 8656 section 9), milliseconds. */
const LIFETIME_MS = 300_000

/** Leave to exchange data with one peer address, any port. */
export interface Permission {
  /** On the caller's clock. */
  expiresAt: number
  /** The address may be reached over the network; else only where it is a relayed address of this server. */
  readonly direct: boolean
}

/** The permissions of an allocation. Pure bookkeeping; times are milliseconds on any one clock. */
export class Permissions {
  readonly #max: number
  readonly #byAddress = new Map<string, Permission>()

  constructor(max: number) {
    this.#max = max
  }

  /** Whether all these addresses can have one, with what has expired gone. */
  hasRoom(addresses: readonly string[], now: number): boolean {
    const fresh = new Set(addresses.filter((address) => !this.#byAddress.has(address)))
    if (this.#byAddress.size + fresh.size <= this.#max) return true
    for (const [address, { expiresAt }] of this.#byAddress) if (expiresAt <= now) this.#byAddress.delete(address)
    return this.#byAddress.size + new Set(addresses.filter((address) => !this.#byAddress.has(address))).size <= this.#max
  }

  /** Installs or refreshes one. */
  install(address: string, direct: boolean, now: number): void {
    this.#byAddress.set(address, { expiresAt: now + LIFETIME_MS, direct })
  }

  /** The permission for an address, while it lives. */
  get(address: string, now: number): Permission | undefined {
    const permission = this.#byAddress.get(address)
    return permission !== undefined && permission.expiresAt > now ? permission : undefined
  }

  get size(): number {
    return this.#byAddress.size
  }
}
