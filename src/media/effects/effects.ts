import { onAbort, type Lifetime } from '../../util/abort.ts'
import { batch, computed, effect, signal, type ReadonlySignal } from '../../util/signals.ts'
import { BACKGROUND_CHOICES, NOISE_CHOICES } from './choices.ts'
import { canReplaceBackground, canSuppressNoise } from './support.ts'
import { EngineRunner, type EngineRunnerOptions } from './engine-runner.ts'
import type { BackgroundWish } from './engine.ts'
import { createPictures } from './pictures.ts'
import type { BackgroundChoice, Effects, EffectSettings, NoiseChoice, PreferenceStorage } from '../types.ts'

export interface EffectsOptions extends Lifetime {
  microphone: ReadonlySignal<MediaStream | null>
  camera: ReadonlySignal<MediaStream | null>
  storage: PreferenceStorage
  /** Load what does the work; tests put theirs here. */
  openNoise?: EngineRunnerOptions['open']
  openBackground?: (input: MediaStream, wish: ReadonlySignal<BackgroundWish>) => ReturnType<EngineRunnerOptions['open']>
}

/** What becomes of sound and picture between device and senders. */
export interface AppliedEffects extends Effects {
  /** What to send of the microphone: as captured while strong suppression cannot work, for silence would be worse. */
  readonly microphoneStream: ReadonlySignal<MediaStream | null>
  /**
   * What to send of the camera. Null while the background that the person has chosen cannot be put there: a room that
   * somebody wants to hide is not shown because a file came late. A room that is in the picture already stays in it until then.
   */
  readonly cameraStream: ReadonlySignal<MediaStream | null>
  /** Whether the browser is to suppress noise itself. */
  readonly browserSuppression: ReadonlySignal<boolean>
}

const NOISE_KEY = 'parley:noise'
const BACKGROUND_KEY = 'parley:background'

const loadNoise: EngineRunnerOptions['open'] = async (input) => (await import('./noise-engine.ts')).openNoiseEngine(input)
const loadBackground: NonNullable<EffectsOptions['openBackground']> = async (input, wish) =>
  (await import('./background-engine.ts')).openBackgroundEngine(input, wish)

/** Follows the devices with the effects that were chosen, now or on an earlier visit. Ends with its signal. */
export function createEffects(options: EffectsOptions): AppliedEffects {
  const { microphone, camera, storage, openNoise = loadNoise, openBackground = loadBackground, signal: lifetime } = options
  const settings = createSettings(storage)
  const { noise, background, setBackground } = settings
  const pictures = createPictures(() => setBackground('own'))
  const wish = computed(() => ({ choice: background.value, picture: pictures.changes.value }))
  const suppression = new EngineRunner({
    raw: microphone, wanted: computed(() => noise.value === 'strong'), open: openNoise, signal: lifetime,
  })
  const replacement = new EngineRunner({
    raw: camera, wanted: computed(() => background.value !== 'none'),
    open: (input) => openBackground(input, wish), signal: lifetime,
  })
  const isRoomSeen = signal(false)
  onAbort(lifetime, effect(() => {
    if (camera.value === null || replacement.stream.value !== null) isRoomSeen.value = false
    else if (background.value === 'none') isRoomSeen.value = true
  }))

  return {
    ...settings,
    ...pictures.actions,
    canSuppressNoise: canSuppressNoise(),
    canReplaceBackground: canReplaceBackground(),
    noiseState: suppression.state,
    backgroundState: replacement.state,
    retry: () => batch(() => {
      suppression.retry()
      replacement.retry()
    }),
    microphoneStream: computed(() => microphone.value === null ? null : suppression.stream.value ?? microphone.value),
    cameraStream: computed(() => {
      if (camera.value === null) return null
      return replacement.stream.value ?? (background.value === 'none' || isRoomSeen.value ? camera.value : null)
    }),
    browserSuppression: computed(() => noise.value === 'browser' || suppression.state.value.phase === 'failed'),
  }
}

/** What was chosen earlier, kept from now on. A browser that cannot do what it remembers, from another machine say, does without. */
function createSettings(storage: PreferenceStorage): EffectSettings {
  const noise = signal<NoiseChoice>(canSuppressNoise() ? remembered(storage, NOISE_KEY, NOISE_CHOICES, 'browser') : 'browser')
  const background = signal<BackgroundChoice>(canReplaceBackground() ? remembered(storage, BACKGROUND_KEY, BACKGROUND_CHOICES, 'none') : 'none')
  return {
    noise,
    setNoise(choice) {
      noise.value = choice
      storage.set(NOISE_KEY, choice)
    },
    background,
    setBackground(choice) {
      background.value = choice
      storage.set(BACKGROUND_KEY, choice)
    },
  }
}

function remembered<T extends string>(storage: PreferenceStorage, key: string, choices: readonly T[], otherwise: T): T {
  const text = storage.get(key)
  return choices.find((choice) => choice === text) ?? otherwise
}
