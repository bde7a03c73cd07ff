import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, css } from 'lit'
import type { LocalMedia } from '../room/views.ts'
import { Announcement } from './events.ts'
import type { Speaker } from './speaker.ts'
import { lobbyStrings } from './lobby-strings.ts'

/**
 * Says during a call, once each time it happens, that nothing comes from our microphone, and that our loudspeaker is gone.
 *
 * @fires announcement - what has happened
 */
export class SoundWatch extends SignalWatcher(LitElement) {
  static override properties = { local: { attribute: false }, speaker: { attribute: false } }

  static override styles = css`:host { display: none; }`

  declare local: Pick<LocalMedia, 'missesSound' | 'muted'>
  declare speaker: Pick<Speaker, 'isLost'>
  #missed = false
  #lost = false

  protected override render(): null {
    // Read here, for it is reading while rendering that is followed.
    const missed = this.local.missesSound.value && !this.local.muted.value
    const lost = this.speaker.isLost.value
    const news = [missed && !this.#missed ? lobbyStrings.sound.notHeard : '', lost && !this.#lost ? lobbyStrings.sound.lost : '']
    this.#missed = missed
    this.#lost = lost
    for (const sentence of news) if (sentence !== '') void this.updateComplete.then(() => this.dispatchEvent(new Announcement(sentence)))
    return null
  }
}

customElements.define('parley-sound-watch', SoundWatch)
