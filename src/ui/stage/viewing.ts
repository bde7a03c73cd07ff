import type { LocalMedia, SettingsView, StageChoice } from '../../room/views.ts'
import { effect, signal, untracked, type ReadonlySignal } from '../../util/signals.ts'
import type { TileKey } from './stage-plan.ts'

/** How loud one person is played here. */
export interface Volume {
  /** 0..1; media elements go no further. */
  level: number
  /** Whether this person is not played at all; the level is kept for later. */
  muted: boolean
}

/** More large tiles than this are a grid again. */
const MOST_PINNED = 3
const FULL: Volume = { level: 1, muted: false }

/** How we have chosen to see and hear a call: what is remembered of it, and what holds as long as the page is open. */
export class Viewing {
  readonly choice: ReadonlySignal<StageChoice>
  readonly #settings: Pick<SettingsView, 'stage' | 'setStage'>
  readonly #local: Pick<LocalMedia, 'camera' | 'openCamera' | 'closeCamera'>
  readonly #pinned = signal<readonly TileKey[]>([])
  readonly #page = signal(0)
  readonly #audioOnly = signal(false)
  readonly #volumes = signal<ReadonlyMap<string, Volume>>(new Map())
  readonly #volumeShown = signal<string | null>(null)
  #tiles: ReadonlySet<TileKey> = new Set()
  /** Ours goes on again with those of the others. */
  #opensCamera = false
  #unfollow: () => void = () => undefined

  constructor(settings: Pick<SettingsView, 'stage' | 'setStage'>, local: Pick<LocalMedia, 'camera' | 'openCamera' | 'closeCamera'>) {
    this.#settings = settings
    this.#local = local
    this.choice = settings.stage
  }

  /** Changes how the call is shown. Another view begins without pins. */
  choose(changes: Partial<StageChoice>): void {
    if (changes.view !== undefined) this.#pinned.value = []
    this.#settings.setStage(changes)
  }

  /** What is to stay large, the first pinned first. */
  get pinned(): ReadonlySignal<readonly TileKey[]> { return this.#pinned }

  /** Pins a tile, or no longer; beyond three one goes that is not there at the moment, else the oldest. */
  togglePin(key: TileKey): void {
    const pins = this.#pinned.peek()
    const others = pins.filter((each) => each !== key)
    if (pins.length === others.length) {
      if (others.length === MOST_PINNED) others.splice(Math.max(0, others.findIndex((each) => !this.#tiles.has(each))), 1)
      others.push(key)
    }
    this.#pinned.value = others
  }

  /** Which tiles there are, on all pages: who loads the page again is back in a moment, and pinned as before. */
  present(tiles: ReadonlySet<TileKey>): void {
    this.#tiles = tiles
  }

  /** The page that was asked for; there may be fewer. */
  get page(): ReadonlySignal<number> { return this.#page }

  turnTo(page: number): void {
    this.#page.value = page
  }

  /** Whether, to save data, nobody's camera is to be seen, nor ours. */
  get audioOnly(): ReadonlySignal<boolean> { return this.#audioOnly }

  /** Turns cameras off to save data, ours too; and back on, ours if it was and nobody has used it since. */
  setAudioOnly(on: boolean): void {
    if (on === this.#audioOnly.peek()) return
    this.#audioOnly.value = on
    this.#unfollow()
    if (on) {
      const isOn = (): boolean => ['starting', 'on'].includes(this.#local.camera.value.phase)
      this.#opensCamera = untracked(isOn)
      this.#local.closeCamera()
      this.#unfollow = effect(() => { if (isOn()) this.#opensCamera = false })
    } else if (this.#opensCamera) {
      void this.#local.openCamera()
    }
  }

  /** How loud a person is played here. Follows changes when read in an effect or a render. */
  volumeOf(peer: string): Volume {
    return this.#volumes.value.get(peer) ?? FULL
  }

  setVolume(peer: string, changes: Partial<Volume>): void {
    this.#volumes.value = new Map([...this.#volumes.peek(), [peer, { ...this.volumeOf(peer), ...changes }]])
  }

  /** Whose volume is being set in the list of people. */
  get volumeShown(): ReadonlySignal<string | null> { return this.#volumeShown }

  showVolume(peer: string | null): void {
    this.#volumeShown.value = peer
  }

  /** The call is over: who was pinned in it means nothing to the next, and with which camera one comes to that is chosen in the lobby. */
  reset(): void {
    this.#opensCamera = false
    this.#pinned.value = []
    this.#page.value = 0
    this.#volumeShown.value = null
  }
}

const viewings = new WeakMap<object, Viewing>()

/** The same for as long as the page is open: whom we have turned down stays so when they come back, or we do. */
export function viewingOf(settings: SettingsView, local: LocalMedia): Viewing {
  const kept = viewings.get(settings) ?? new Viewing(settings, local)
  viewings.set(settings, kept)
  return kept
}
