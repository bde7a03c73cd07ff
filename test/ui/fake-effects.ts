import type { BackgroundChoice, Effects, EffectState, NoiseChoice } from '../../src/room/views.ts'
import { signal, type Signal } from '../../src/util/signals.ts'
import type { Calls } from './fake-parley.ts'

/** Effects that do nothing, with states that a test sets. */
export interface FakeEffects extends Effects {
  noise: Signal<NoiseChoice>
  background: Signal<BackgroundChoice>
  noiseState: Signal<EffectState>
  backgroundState: Signal<EffectState>
  canSuppressNoise: boolean
  canReplaceBackground: boolean
}

export function fakeEffects(calls: Calls): FakeEffects {
  const noise = signal<NoiseChoice>('browser')
  const background = signal<BackgroundChoice>('none')
  let own: Blob | null = null
  return {
    noise, background,
    noiseState: signal<EffectState>({ phase: 'off' }),
    backgroundState: signal<EffectState>({ phase: 'off' }),
    canSuppressNoise: true,
    canReplaceBackground: true,
    setNoise: (choice) => { noise.value = choice },
    setBackground: (choice) => { background.value = choice },
    retry: () => { calls.push(['retry']) },
    paintScene: async (canvas, name) => {
      const context = canvas.getContext('2d')
      if (context === null) return
      context.fillStyle = { studio: '#55626a', dawn: '#e6c3b5', hills: '#7fa796', evening: '#2a3250' }[name]
      context.fillRect(0, 0, canvas.width, canvas.height)
    },
    ownPicture: async () => own,
    keepOwnPicture: async (file) => {
      calls.push(['keepOwnPicture'])
      if (!file.type.startsWith('image/')) return false
      own = file
      background.value = 'own'
      return true
    },
    forgetOwnPicture: async () => { own = null },
  }
}
