import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '../fakes/seeded-schedule.ts'
import { wave } from './fake-microphone.ts'

const SAMPLES_PER_SECOND = 48_000
const SECONDS = 4
/** Of full scale: a loud fan. */
const NOISE = 0.05
/** What a throat makes of a buzz: middle and width, hertz. */
const FORMANTS = [[650, 90], [1100, 110], [2500, 160]] as const

/**
 * Writes a sound for Chromium's fake microphone and returns its path: a fan, and somebody who says something like "a a a" in the second half
 * of each four seconds.
 */
export function writeNoisyVoice(): string {
  const random = seededRandom(7)
  const resonators = FORMANTS.map(([hertz, width]) => resonator(hertz, width))
  let phase = 0
  const samples = Float32Array.from({ length: SAMPLES_PER_SECOND * SECONDS }, (_, index) => {
    const second = index / SAMPLES_PER_SECOND
    const noise = NOISE * (random() * 2 - 1)
    // The tune of a sentence, and its syllables, four a second.
    phase += (130 + 20 * Math.sin(second * 5)) / SAMPLES_PER_SECOND
    const pulse = phase >= 1 ? 1 : 0
    phase %= 1
    const syllable = second < SECONDS / 2 ? 0 : Math.max(0, Math.sin(second * 4 * Math.PI)) ** 0.5
    const voice = resonators.reduce((sum, resonate) => sum + resonate(pulse * syllable), 0)
    return noise + 2 * voice
  })
  const path = join(tmpdir(), `parley-voice-${process.pid}.wav`)
  writeFileSync(path, wave(samples))
  return path
}

/** A filter that rings at one frequency. */
function resonator(hertz: number, width: number): (input: number) => number {
  const decay = Math.exp(-Math.PI * width / SAMPLES_PER_SECOND)
  const turn = 2 * decay * Math.cos(2 * Math.PI * hertz / SAMPLES_PER_SECOND)
  let [last, before] = [0, 0]
  return (input) => {
    const now = input * (1 - decay) * 4 + turn * last - decay * decay * before
    before = last
    last = now
    return now
  }
}
