/** A short chime as a file of sound, which any media element plays on whichever loudspeaker it is told to. */

/** Two tones that small loudspeakers can play, hertz, one after the other. */
const TONES = [660, 880]
const TONE_S = 0.35
const LOUDNESS = 0.25
const RATE = 22_050
const HEADER_BYTES = 44

/** Samples of the chime, -1 to 1. Each tone swells and fades: an abrupt end is a click, and a click may be anything. */
export function chimeSamples(): Float32Array {
  const each = Math.round(TONE_S * RATE)
  return Float32Array.from({ length: each * TONES.length }, (_none, index) => {
    const at = index % each / each
    const hertz = TONES[Math.floor(index / each)] ?? 0
    return LOUDNESS * Math.sin(Math.PI * at) ** 2 * Math.sin(2 * Math.PI * hertz * index / RATE)
  })
}

/** The samples as a WAV file, mono, 16 bit. */
export function wavOf(samples: Float32Array, rate = RATE): Blob {
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + samples.length * 2))
  const text = (at: number, letters: string): void => [...letters].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)))
  text(0, 'RIFF')
  view.setUint32(4, view.byteLength - 8, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, samples.length * 2, true)
  samples.forEach((sample, index) => view.setInt16(HEADER_BYTES + index * 2, Math.round(sample * 32_767), true))
  return new Blob([view.buffer], { type: 'audio/wav' })
}

/** Plays the chime by an element; resolves when it has ended, rejects when the browser cannot or may not play. */
export async function playChime(speaker: { add(element: HTMLMediaElement): void, remove(element: HTMLMediaElement): void }): Promise<void> {
  const url = URL.createObjectURL(wavOf(chimeSamples()))
  const audio = new Audio(url)
  speaker.add(audio)
  try {
    await audio.play()
    await new Promise((resolve) => audio.addEventListener('ended', resolve, { once: true }))
  } finally {
    speaker.remove(audio)
    URL.revokeObjectURL(url)
  }
}
