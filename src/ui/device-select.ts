import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, nothing, type TemplateResult } from 'lit'
import type { CaptureState, Device, LocalMedia } from '../room/views.ts'
import './level-meter.ts'
import { base, fields } from './shared-styles.ts'
import { strings } from './strings.ts'

type Choice = { kind: 'camera' | 'microphone', of: Device['kind'], state: CaptureState, open: (deviceId: string) => void }

/** Chooses among the cameras and microphones that are open: before that a browser tells nothing about them. */
export class DeviceSelect extends SignalWatcher(LitElement) {
  static override properties = { local: { attribute: false } }

  static override styles = [base, fields, css`
    :host { display: grid; gap: var(--space-4); grid-template-columns: repeat(auto-fit, minmax(min(100%, 10rem), 1fr)); }
    parley-level-meter { margin-top: var(--space-3); }
  `]

  declare local: LocalMedia

  protected override render(): TemplateResult {
    const { local } = this
    return html`
      ${this.#choice({ kind: 'camera', of: 'videoinput', state: local.camera.value, open: (id) => void local.openCamera(id) })}
      ${this.#choice({ kind: 'microphone', of: 'audioinput', state: local.microphone.value, open: (id) => void local.openMicrophone(id) })}`
  }

  #choice({ kind, of, state, open }: Choice): TemplateResult | typeof nothing {
    if (state.phase !== 'on') return nothing
    const devices = this.local.devices.value.filter((device) => device.kind === of)
    return html`<div>
      <label for=${kind}>${strings.devices[kind]}</label>
      <select id=${kind} @change=${(event: Event) => open((event.target as HTMLSelectElement).value)}>
        ${devices.map((device, index) => html`
          <option value=${device.deviceId} ?selected=${device.deviceId === state.deviceId}>
            ${device.label || strings.devices.unnamed(strings.devices[kind], index + 1)}</option>`)}
      </select>
      ${kind === 'microphone' ? html`<parley-level-meter .level=${this.local.level}></parley-level-meter>` : nothing}
    </div>`
  }
}

customElements.define('parley-device-select', DeviceSelect)
