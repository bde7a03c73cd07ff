import type { HandLink, HandLinkOptions, MakeHandLink } from '../../src/media/by-hand/hand-link.ts'
import { onAbort } from '../../src/util/abort.ts'
import { signal } from '../../src/util/signals.ts'
import type { CodeIce } from '../../src/wire/index.ts'

/** Milliseconds from the answer until a link is up, and for a text. */
const SETUP_MS = 20
const TEXT_MS = 10

/** All hand links of a test. They find each other by their ICE credentials, as real ones do. */
export class FakeHandLinks {
  readonly made: FakeHandLink[] = []
  /** Whether the two sides reach each other. */
  getsThrough = true
  /** Whether the device has any network. */
  hasNetwork = true

  get make(): MakeHandLink {
    return (options) => {
      const link = new FakeHandLink(this, options)
      this.made.push(link)
      return link
    }
  }

  get open(): FakeHandLink[] {
    return this.made.filter(({ options }) => !options.signal.aborted)
  }

  find({ ufrag }: CodeIce): FakeHandLink | undefined {
    return this.open.find((link) => link.ice('actpass').ufrag === ufrag)
  }
}

/** A link that opens once both sides have taken the other's code. */
export class FakeHandLink implements HandLink {
  readonly phase = signal<'waiting' | 'open' | 'closed'>('waiting')
  readonly options: HandLinkOptions
  readonly #links: FakeHandLinks
  readonly #number: number
  #peer: FakeHandLink | undefined

  constructor(links: FakeHandLinks, options: HandLinkOptions) {
    this.#links = links
    this.options = options
    this.#number = links.made.length
    onAbort(options.signal, () => {
      const wasOpen = this.phase.peek() === 'open'
      this.phase.value = 'closed'
      const peer = this.#peer
      if (peer && wasOpen) this.#later(TEXT_MS, () => { peer.phase.value = 'closed' })
    })
  }

  ice(setup: CodeIce['setup']): CodeIce {
    return {
      setup,
      ufrag: `link${this.#number}`,
      pwd: 'p'.repeat(24),
      fingerprint: new Uint8Array(32).fill(this.#number),
      candidates: this.#links.hasNetwork ? [{ type: 'host', address: '192.168.1.2', port: 50_000 + this.#number }] : [],
    }
  }

  async offer(): Promise<CodeIce> {
    return this.ice('actpass')
  }

  async answer(offered: CodeIce): Promise<CodeIce> {
    this.#peer = this.#links.find(offered)
    return this.ice('active')
  }

  async accept(answered: CodeIce): Promise<void> {
    const peer = this.#peer = this.#links.find(answered)
    if (peer === undefined || peer.#peer !== this || !this.#links.getsThrough) return
    for (const link of [this, peer]) link.#later(SETUP_MS, () => { if (link.phase.peek() === 'waiting') link.phase.value = 'open' })
  }

  send(text: string): boolean {
    const peer = this.#peer
    if (this.phase.peek() !== 'open' || peer === undefined) return false
    peer.#later(TEXT_MS, () => { if (peer.phase.peek() === 'open') peer.options.onMessage(text) })
    return true
  }

  #later(ms: number, then: () => void): void {
    setTimeout(then, ms)
  }
}
