/** Who provides which key, since when. */
export interface ProviderRecord {
  /** What is provided, as the DHT writes it. */
  readonly key: string
  /** Peer id. */
  readonly provider: string
  /** The address block that it was filed from. */
  readonly block: string
  /** When it was filed, milliseconds since 1970. */
  readonly time: number
  /** What the DHT filed. */
  readonly value: Uint8Array
}

/** Most records. */
export interface ProviderLimits {
  /** In all. */
  total: number
  /** Of one key; who asks takes 20 at most. */
  perKey: number
  /** Of one key, from one address block. */
  perKeyAndBlock: number
  /** From one address block. */
  perBlock: number
}

/**
 * The table of provider records, within its limits: whoever has too many loses the oldest. A full key, and the full table,
 * take from the block that has the most there, so that somebody on an address of its own stays to be found behind any number
 * of ghosts from a few. The relay's own records stay. Pure bookkeeping, in memory: some 300 bytes a record.
 */
export class ProviderRecords {
  readonly #limits: ProviderLimits
  readonly #self: string
  readonly #ofKey = new Map<string, Map<string, ProviderRecord>>()
  readonly #ofProvider = new Map<string, Set<ProviderRecord>>()
  readonly #ofBlock = new Map<string, Set<ProviderRecord>>()
  #size = 0

  constructor(limits: ProviderLimits, self: string) {
    this.#limits = limits
    this.#self = self
  }

  /** Files a record as the newest; its provider may have `perProvider`. Returns those that had to go for it. */
  put(record: ProviderRecord, perProvider: number): ProviderRecord[] {
    this.delete(record.key, record.provider)
    if (record.provider !== this.#self) insert(this.#ofBlock, record.block, record)
    insert(this.#ofProvider, record.provider, record)
    this.#ofKey.set(record.key, (this.#ofKey.get(record.key) ?? new Map<string, ProviderRecord>()).set(record.provider, record))
    this.#size++
    const evicted: ProviderRecord[] = []
    for (let victim = this.#victim(record, perProvider); victim !== undefined; victim = this.#victim(record, perProvider)) {
      this.delete(victim.key, victim.provider)
      evicted.push(victim)
    }
    return evicted
  }

  /** Takes a record out, if there is one. */
  delete(key: string, provider: string): void {
    const providers = this.#ofKey.get(key)
    const record = providers?.get(provider)
    if (providers === undefined || record === undefined) return
    providers.delete(provider)
    if (providers.size === 0) this.#ofKey.delete(key)
    take(this.#ofProvider, provider, record)
    take(this.#ofBlock, record.block, record)
    this.#size--
  }

  /** The record, if there is one. */
  get(key: string, provider: string): ProviderRecord | undefined {
    return this.#ofKey.get(key)?.get(provider)
  }

  /** The records of a key, newest first. */
  of(key: string): ProviderRecord[] {
    return [...this.#ofKey.get(key)?.values() ?? []].toReversed()
  }

  /** All records. */
  *all(): Generator<ProviderRecord> {
    for (const records of this.#ofProvider.values()) yield * records
  }

  /** Records in all. */
  get size(): number {
    return this.#size
  }

  /** Which record must go now that `added` is there, if any. */
  #victim({ key, provider, block }: ProviderRecord, perProvider: number): ProviderRecord | undefined {
    const { total, perKey, perKeyAndBlock, perBlock } = this.#limits
    if (provider !== this.#self) {
      const own = this.#ofProvider.get(provider)
      if (own !== undefined && own.size > perProvider) return first(own)
      const [here = [], count] = largest(groups(this.#othersOf(key)), block)
      if (count > perKeyAndBlock) return here[0]
      const neighbours = this.#ofBlock.get(block)
      if (neighbours !== undefined && neighbours.size > perBlock) return first(neighbours)
    }
    if ((this.#ofKey.get(key)?.size ?? 0) > perKey) return largest(groups(this.#othersOf(key)))[0]?.[0]
    if (this.#size > total) return first(largestSet(this.#ofBlock) ?? [])
    return undefined
  }

  #othersOf(key: string): ProviderRecord[] {
    return [...this.#ofKey.get(key)?.values() ?? []].filter(({ provider }) => provider !== this.#self)
  }
}

/** Records by block, each group oldest first, the group with the oldest record first. */
function groups(records: ProviderRecord[]): Map<string, ProviderRecord[]> {
  return Map.groupBy(records, ({ block }) => block)
}

/** The group of `block`, or the largest one; of equally large ones the oldest. */
function largest(blocks: Map<string, ProviderRecord[]>, block?: string): [ProviderRecord[] | undefined, number] {
  let found = block === undefined ? undefined : blocks.get(block)
  if (block === undefined) for (const group of blocks.values()) if (group.length > (found?.length ?? 0)) found = group
  return [found, found?.length ?? 0]
}

function largestSet(sets: Map<string, Set<ProviderRecord>>): Set<ProviderRecord> | undefined {
  let found: Set<ProviderRecord> | undefined
  for (const set of sets.values()) if (set.size > (found?.size ?? 0)) found = set
  return found
}

function first(records: Iterable<ProviderRecord>): ProviderRecord | undefined {
  for (const record of records) return record
  return undefined
}

function insert(table: Map<string, Set<ProviderRecord>>, name: string, record: ProviderRecord): void {
  table.set(name, (table.get(name) ?? new Set()).add(record))
}

function take(table: Map<string, Set<ProviderRecord>>, name: string, record: ProviderRecord): void {
  const records = table.get(name)
  if (records?.delete(record) === true && records.size === 0) table.delete(name)
}
