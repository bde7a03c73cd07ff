import { html, nothing, type TemplateResult } from 'lit'
import type { CaptureErrorCode, CaptureState, ErrorCode } from '../room/views.ts'
import { icon } from './icons.ts'
import { errors, strings } from './strings.ts'

/** An error's sentence, announced at once; nothing when there is no error. Give `id` to tie it to its field. */
export function errorLine(code: ErrorCode | null, id = 'error'): TemplateResult | typeof nothing {
  if (code === null) return nothing
  return html`<p class="error" role="alert" id=${id} data-testid="error" data-code=${code}>${icon('alert')}<span>${errors[code]}</span></p>`
}

/** Why a device did not start, naming the device; nothing when it did. */
export function captureErrorLine(kind: 'camera' | 'microphone', state: CaptureState): TemplateResult | typeof nothing {
  if (state.phase !== 'failed') return nothing
  return html`<p class="error" role="alert" data-testid="error" data-code=${state.error}>
    ${icon('alert')}<span><strong>${strings.devices[kind]}:</strong> ${errors[state.error]} ${strings.preview.without}</span>
  </p>`
}

/** The sentence for a device that failed during a call. Closing the screen picker counts as refusal, so that one is said gently. */
export function captureSentence(kind: 'camera' | 'microphone' | 'screen', code: CaptureErrorCode): string {
  if (kind === 'screen' && code === 'permission-refused') return strings.call.screenRefused
  return `${strings.devices[kind]}: ${errors[code]}`
}
