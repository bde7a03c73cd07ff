import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import { HEAD_BYTES, imageSize } from './image-size.ts'
import { fileStrings } from './file-strings.ts'

/** Larger pictures are not shown: bytes, and pixels, of which each takes four bytes once it is decoded. */
const MAX_BYTES = 33_554_432
const MAX_PIXELS = 40_000_000

/** A small view of a picture that has arrived whole; nothing for other files, and for pictures that are too large. */
export class Thumbnail extends SignalWatcher(LitElement) {
  static override properties = { file: { attribute: false }, name: {}, url: { state: true } }

  static override styles = css`
    :host { display: block; }
    img { display: block; max-width: 100%; max-height: 11rem; margin-top: var(--space-2); border-radius: var(--radius-small); background: var(--raised); }
  `

  declare file: Blob
  declare name: string
  declare url: string | null
  #shown: Blob | null = null

  constructor() {
    super()
    this.url = null
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.url === null) return nothing
    return html`<img src=${this.url} alt=${fileStrings.picture(this.name)} data-testid="thumbnail" @error=${this.#forget}>`
  }

  protected override updated(): void {
    if (this.file === this.#shown) return
    this.#shown = this.file
    void this.#look(this.file)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#forget()
    this.#shown = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.requestUpdate()
  }

  async #look(file: Blob): Promise<void> {
    this.#forget()
    if (file.size > MAX_BYTES) return
    try {
      const size = imageSize(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()))
      if (size === null || size.width * size.height > MAX_PIXELS || file !== this.#shown) return
      // By what it is, not by what its sender calls it.
      this.url = URL.createObjectURL(file.slice(0, file.size, size.type))
    } catch {
      // The person has moved the file since it arrived; then there is nothing to show.
    }
  }

  #forget = (): void => {
    if (this.url !== null) URL.revokeObjectURL(this.url)
    this.url = null
  }
}

customElements.define('parley-thumbnail', Thumbnail)
