import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SAMPLES_PER_SECOND = 48_000
const HEADER_BYTES = 44

/** A sound file of one channel, from samples in -1..1. */
export function wave(samples: Float32Array): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES + samples.length * 2)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(SAMPLES_PER_SECOND, 24)
  bytes.writeUInt32LE(SAMPLES_PER_SECOND * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(bytes.length - HEADER_BYTES, 40)
  for (const [index, sample] of samples.entries()) {
    bytes.writeInt16LE(Math.round(32_767 * Math.min(1, Math.max(-1, sample))), HEADER_BYTES + index * 2)
  }
  return bytes
}

/** Writes a sound file of zeros, for Chromium's `--use-file-for-fake-audio-capture`: a microphone that is muted in the system. */
export function writeSilence(): string {
  const file = join(tmpdir(), `parley-silence-${process.pid}.wav`)
  writeFileSync(file, wave(new Float32Array(SAMPLES_PER_SECOND)))
  return file
}
