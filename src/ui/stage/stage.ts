import { SignalWatcher } from '@lit-labs/preact-signals'
import { LitElement, html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { LocalMedia, RoomView } from '../../room/views.ts'
import { computed } from '../../util/signals.ts'
import { icon } from '../call-icons.ts'
import type { Playback } from '../playback.ts'
import { base, buttons } from '../shared-styles.ts'
import type { Size } from './grid-layout.ts'
import './own-tile.ts'
import './pager.ts'
import { followPageKeys, followSwipes } from './page-turning.ts'
import './participant-tiles.ts'
import { place } from './place.ts'
import { Spotlight } from './spotlight.ts'
import { planStage, tilesOf, type StagePlan } from './stage-plan.ts'
import { stageStyles } from './stage-styles.ts'
import { TileMenu } from './open-menu.ts'
import type { Viewing } from './viewing.ts'
import { stageStrings } from './stage-strings.ts'

/** Shows everybody's tiles; measures itself and leaves the decisions to `stage-plan.ts` and `spotlight.ts`. */
export class Stage extends SignalWatcher(LitElement) {
  static override properties = { local: { attribute: false }, room: { attribute: false }, playback: { attribute: false }, viewing: { attribute: false }, name: {}, size: { state: true } }

  static override styles = [base, buttons, stageStyles]

  declare local: LocalMedia
  declare room: RoomView
  declare playback: Playback
  declare viewing: Viewing
  /** Our own name. */
  declare name: string
  declare size: Size
  readonly #menu = new TileMenu(this)
  readonly #observer = new ResizeObserver(([entry]) => {
    if (entry !== undefined) this.size = { width: Math.floor(entry.contentRect.width), height: Math.floor(entry.contentRect.height) }
  })
  // Computed, so that only who shares a screen, not every change of every participant, lays out the stage again.
  readonly #sharing = computed(() => this.room.participants.value
    .filter(({ state }) => state.value.screen !== null && state.value.media.screen).map(({ peer }) => peer).join(' '))
  // Likewise only whether anybody is connected.
  readonly #anyConnected = computed(() => this.room.participants.value.some(({ state }) => state.value.connection === 'connected'))
  #connected = new AbortController()
  #spotlight: Spotlight | undefined
  #plan: StagePlan | undefined

  constructor() {
    super()
    this.size = { width: 0, height: 0 }
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#connected = new AbortController()
    const { signal } = this.#connected
    if (this.hasUpdated) this.#observe()
    this.#spotlight = new Spotlight(this.room.participants, { signal })
    followPageKeys((by) => this.#turn(by), { signal })
    followSwipes(this, (by) => this.#turn(by), { signal })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#observer.disconnect()
    this.#connected.abort()
    this.viewing.reset()
  }

  protected override render(): TemplateResult {
    const { viewing, room, local, playback } = this
    const plan = this.#plan = this.#makePlan()
    this.#menu.keep(plan.boxes)
    const { open } = this.#menu
    return html`
      ${viewing.audioOnly.value ? html`<p class="audio-only" role="status" data-testid="audio-only">${icon('audioOnly')}<span>${stageStrings.audioOnly}</span>
        <button type="button" class="small" data-testid="audio-only-end" @click=${() => viewing.setAudioOnly(false)}>${stageStrings.audioOnlyEnd}</button></p>` : nothing}
      <div class="ground">${repeat(room.participants.value, (participant) => participant, (participant) => html`
        <parley-participant-tiles .participant=${participant} .gestures=${room.gestures} .playback=${playback} .others=${this.#anyConnected.value}
          .plan=${plan} .viewing=${viewing} .menu=${open}></parley-participant-tiles>`)}
      <parley-own-tile .local=${local} .gestures=${room.gestures} .peer=${room.self} .name=${this.name} .plan=${plan} .size=${this.size} .viewing=${viewing} .menu=${open}></parley-own-tile>
      <parley-pager .page=${plan.page} .pages=${plan.pages} @turn=${({ detail }: CustomEvent<number>) => viewing.turnTo(detail)}></parley-pager>
      </div>
      ${this.#menu.render({ viewing, self: room.self, floats: plan.floats })}`
  }

  protected override firstUpdated(): void {
    this.#observe()
  }

  protected override updated(): void {
    if (this.#plan === undefined) return
    const { pager, page } = this.#plan
    place(this.renderRoot.querySelector('parley-pager'), pager ?? undefined)
    this.#spotlight?.shows(this.#plan)
    // Who has left may have taken the page with them.
    if (this.size.width > 0 && page !== this.viewing.page.peek()) this.viewing.turnTo(page)
    this.#menu.place()
  }

  #observe(): void {
    const ground = this.renderRoot.querySelector('.ground')
    if (ground !== null) this.#observer.observe(ground)
  }

  #makePlan(): StagePlan {
    const sharing = this.#sharing.value.split(' ')
    const people = (this.#spotlight?.people ?? this.room.participants.value).map(({ peer }) => ({ peer, screen: sharing.includes(peer) }))
    this.viewing.present(new Set(people.flatMap(tilesOf)))
    const { choice, pinned, page } = this.viewing
    return planStage({
      people,
      self: this.room.self,
      choice: choice.value,
      pinned: pinned.value,
      speaker: this.#spotlight?.active.value ?? null,
      page: page.value,
    }, this.size)
  }

  #turn(by: number): void {
    if (this.#plan === undefined) return
    const { page, pages } = this.#plan
    this.viewing.turnTo(Math.min(pages - 1, Math.max(0, page + by)))
  }
}

customElements.define('parley-stage', Stage)
