import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, type TemplateResult } from 'lit'
import type { CaptureErrorCode } from '../room/views.ts'
import { delay } from '../util/abort.ts'
import { codeStrings } from './code-strings.ts'
import { CodeEntered } from './events.ts'
import { errorLine } from './messages.ts'
import { createQrReader } from './qr-reader.ts'
import { base } from './shared-styles.ts'

/** Pause between two looks at the picture, milliseconds: short for a person, long for a phone's processor. */
const LOOK_MS = 120

/** Why `getUserMedia` failed, by the name of its error. */
const FAILURES: Readonly<Record<string, CaptureErrorCode>> = {
  NotAllowedError: 'permission-refused', NotFoundError: 'device-missing', NotReadableError: 'device-busy',
}

/**
 * Looks through a camera, on a phone the one at its back, for a QR code. The camera is on as long as the element is there.
 *
 * @fires code-entered - with the text of the first code that was seen
 */
export class CodeScanner extends SignalWatcher(LitElement) {
  static override properties = { error: { state: true } }

  static override styles = [base, css`
    :host { display: block; }
    video { display: block; width: 100%; max-height: 16rem; object-fit: cover; border-radius: var(--radius-small); background: var(--tile); }
  `]

  declare error: CaptureErrorCode | null
  #life = new AbortController()

  constructor() {
    super()
    this.error = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#life = new AbortController()
    void this.#scan(this.#life.signal)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#life.abort()
  }

  protected override render(): TemplateResult {
    return html`
      <video muted playsinline aria-label=${codeStrings.scanning}></video>
      ${this.error === null ? html`<p class="quiet" role="status">${codeStrings.scanning}</p>` : errorLine(this.error)}`
  }

  async #scan(signal: AbortSignal): Promise<void> {
    let stream: MediaStream | undefined
    try {
      const wanted: MediaTrackConstraints = { facingMode: 'environment', width: { ideal: 1280 } }
      stream = await navigator.mediaDevices.getUserMedia({ video: wanted })
      const read = await createQrReader()
      await this.updateComplete
      const video = this.renderRoot.querySelector('video')
      if (video === null || signal.aborted) return
      // In a small window it would open below what can be seen.
      this.scrollIntoView({ block: 'nearest' })
      video.srcObject = stream
      await video.play()
      while (!signal.aborted) {
        const text = await read(video)
        if (text !== null && !signal.aborted) return void this.dispatchEvent(new CodeEntered(text))
        await delay(LOOK_MS, signal)
      }
    } catch (error) {
      if (!signal.aborted) this.error = FAILURES[(error as Error).name] ?? 'capture-failed'
    } finally {
      stream?.getTracks().forEach((track) => track.stop())
    }
  }
}

customElements.define('parley-code-scanner', CodeScanner)
