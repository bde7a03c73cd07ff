/** Height and length of the tone: one that small loudspeakers can play. */
const HERTZ = 660
const SECONDS = 0.6
const LOUDNESS = 0.15

/** Plays a short tone on the loudspeaker that the system has chosen. */
export async function playTestTone(): Promise<void> {
  const context = new AudioContext()
  const gain = new GainNode(context, { gain: 0 })
  const tone = new OscillatorNode(context, { frequency: HERTZ })
  tone.connect(gain).connect(context.destination)
  // Swells and fades: an abrupt end is a click, and a click may be anything.
  gain.gain.linearRampToValueAtTime(LOUDNESS, context.currentTime + SECONDS / 4)
  gain.gain.linearRampToValueAtTime(0, context.currentTime + SECONDS)
  tone.start()
  tone.stop(context.currentTime + SECONDS)
  await new Promise<void>((resolve) => tone.addEventListener('ended', () => resolve(), { once: true }))
  await context.close()
}
