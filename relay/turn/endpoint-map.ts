/** A map by address and port, without gluing them together for every packet. */
export class EndpointMap<Value> {
  readonly #byAddress = new Map<string, Map<number, Value>>()
  #size = 0

  get(address: string, port: number): Value | undefined {
    return this.#byAddress.get(address)?.get(port)
  }

  set(address: string, port: number, value: Value): void {
    let ports = this.#byAddress.get(address)
    if (ports === undefined) this.#byAddress.set(address, ports = new Map())
    if (!ports.has(port)) this.#size++
    ports.set(port, value)
  }

  delete(address: string, port: number): void {
    const ports = this.#byAddress.get(address)
    if (ports?.delete(port) !== true) return
    this.#size--
    if (ports.size === 0) this.#byAddress.delete(address)
  }

  /** Whether there is anything at this address. */
  hasAddress(address: string): boolean {
    return this.#byAddress.has(address)
  }

  /** A copy of the values. */
  values(): Value[] {
    return [...this.#byAddress.values()].flatMap((ports) => [...ports.values()])
  }

  get size(): number {
    return this.#size
  }
}
