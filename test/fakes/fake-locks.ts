type Held = (lock: object | null) => Promise<void>

/** Exclusive locks of one origin, as far as we use them. https://w3c.github.io/web-locks/ */
export class FakeLocks {
  readonly #held = new Map<string, Promise<void>>()

  async request(name: string, { ifAvailable = false, signal }: { ifAvailable?: boolean, signal?: AbortSignal }, act: Held): Promise<void> {
    while (this.#held.has(name)) {
      if (ifAvailable) return await act(null)
      await new Promise<void>((resolve, reject) => {
        void this.#held.get(name)?.then(resolve)
        signal?.addEventListener('abort', () => reject(signal.reason as Error))
      })
    }
    const done = act({ name }).finally(() => this.#held.delete(name))
    this.#held.set(name, done)
    await done
  }
}
