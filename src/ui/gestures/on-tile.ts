import { html, type TemplateResult } from 'lit'
import type { GesturesView, PeerKey } from '../../room/views.ts'
import './hand-mark.ts'
import './tile-reactions.ts'

/** What a person's tile shows of hands and reactions: children of a `parley-video-tile`. */
export function gesturesOnTile(gestures: GesturesView, peer: PeerKey): TemplateResult {
  return html`<parley-hand-mark slot="marks" .gestures=${gestures} .peer=${peer}></parley-hand-mark>
    <parley-tile-reactions .gestures=${gestures} .peer=${peer}></parley-tile-reactions>`
}
