import { describe, expect, test } from 'vitest'
import { chimeSamples, wavOf } from '../../src/ui/chime.ts'
import { outputOf, speakersIn } from '../../src/ui/speaker.ts'
import type { Device } from '../../src/room/views.ts'

const device = (kind: Device['kind'], deviceId: string): Device => ({ kind, deviceId, label: deviceId })
const DEVICES = [device('audioinput', 'mic'), device('audiooutput', 'default'), device('audiooutput', 'desk'), device('audiooutput', 'headset')]

describe('sound comes out', () => {
  test.each([
    ['where it was chosen', DEVICES, 'headset', 'headset'],
    ['where the system says, without a choice', DEVICES, '', ''],
    ['where the system says, when the chosen one was unplugged', DEVICES, 'gone', ''],
    ['not at a microphone', DEVICES, 'mic', ''],
    ['where it was chosen, as long as the browser names none', [device('audiooutput', '')], 'headset', 'headset'],
  ])('%s', (_where, devices, chosen, output) => {
    expect(outputOf(devices, chosen)).toBe(output)
  })

  test('at one of those with names of their own', () => {
    expect(speakersIn(DEVICES).map(({ deviceId }) => deviceId)).toEqual(['desk', 'headset'])
  })
})

describe('the sound to test with', () => {
  test('is loud enough to be heard, never clips, and neither begins nor ends with a click', () => {
    const samples = chimeSamples()
    const loudest = Math.max(...samples.map(Math.abs))
    expect(loudest).toBeGreaterThan(0.2)
    expect(loudest).toBeLessThan(0.5)
    expect(Math.abs(samples[0]!) + Math.abs(samples.at(-1)!)).toBeLessThan(0.001)
  })

  test('is a WAV file of one channel', async () => {
    const bytes = new DataView(await wavOf(new Float32Array([0, 1, -1]), 8_000).arrayBuffer())
    const text = (at: number): string => String.fromCharCode(...new Uint8Array(bytes.buffer, at, 4))
    expect([text(0), text(8), text(36)]).toEqual(['RIFF', 'WAVE', 'data'])
    expect([bytes.getUint32(4, true), bytes.getUint16(22, true), bytes.getUint32(24, true), bytes.getUint32(40, true)]).toEqual([42, 1, 8_000, 6])
    expect([bytes.getInt16(44, true), bytes.getInt16(46, true), bytes.getInt16(48, true)]).toEqual([0, 32_767, -32_767])
  })
})
