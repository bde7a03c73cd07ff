import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css, html, type TemplateResult } from 'lit'
import type { LocalMedia, SettingsView } from '../room/views.ts'
import './effects-offer.ts'
import { loadQuietly } from './load-quietly.ts'
import { base } from './shared-styles.ts'
import type { Speaker } from './speaker.ts'

/** Which devices are used, as soon as one is: their choice, the meter, the loudspeaker's test, effects. */
export class DeviceSetup extends SignalWatcher(LitElement) {
  static override properties = { local: { attribute: false }, settings: { attribute: false }, speaker: { attribute: false } }

  static override styles = [base, css`:host { display: grid; align-content: start; gap: var(--space-4); }`]

  declare local: LocalMedia
  declare settings: SettingsView
  declare speaker: Speaker

  protected override willUpdate(): void {
    // Not worth a longer way to the first picture; they come while the browser asks whether we may.
    const { camera, microphone } = this.local
    if (microphone.value.phase !== 'off') loadQuietly(() => import('./speaker-choice.ts'))
    if (microphone.value.phase !== 'off' || camera.value.phase !== 'off') loadQuietly(() => import('./device-select.ts'))
  }

  protected override render(): TemplateResult {
    const { local } = this
    const hears = local.microphone.value.phase === 'on'
    const sees = local.camera.value.phase === 'on'
    return html`
      <parley-device-select .local=${local} ?hidden=${!sees && !hears}></parley-device-select>
      <parley-speaker-choice .local=${local} .settings=${this.settings} .speaker=${this.speaker} ?hidden=${!hears}></parley-speaker-choice>
      <parley-effects-offer .local=${local}></parley-effects-offer>`
  }
}

customElements.define('parley-device-setup', DeviceSetup)
