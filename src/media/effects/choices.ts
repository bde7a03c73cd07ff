import type { BackgroundChoice, NoiseChoice, SceneName } from '../types.ts'

export const NOISE_CHOICES: readonly NoiseChoice[] = ['off', 'browser', 'strong']
export const SCENES: readonly SceneName[] = ['studio', 'dawn', 'hills', 'evening']
export const BACKGROUND_CHOICES: readonly BackgroundChoice[] = ['none', 'blur-light', 'blur', ...SCENES, 'own']
