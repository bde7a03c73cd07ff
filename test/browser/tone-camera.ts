import type { Browser, BrowserContext } from 'playwright-core'

/** Pitch of the tone, hertz. */
export const TONE_HZ = 660

/** A profile whose camera shows nothing but this colour and whose microphone hears nothing but a tone. */
export async function toneContext(browser: Browser, colour: string): Promise<BrowserContext> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'], viewport: { width: 480, height: 400 } })
  await context.addInitScript(({ colour, hertz }) => {
    const made = (): MediaStream => {
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width: 320, height: 180 })
      const draw = canvas.getContext('2d')
      const paint = (): void => {
        if (draw === null) return
        draw.fillStyle = colour
        draw.fillRect(0, 0, 320, 180)
      }
      paint()
      // A canvas that stays the same sends no pictures.
      setInterval(paint, 100)
      const stream = canvas.captureStream(10)
      const audio = new AudioContext()
      const tone = new OscillatorNode(audio, { frequency: hertz })
      const out = audio.createMediaStreamDestination()
      tone.connect(new GainNode(audio, { gain: 0.5 })).connect(out)
      tone.start()
      for (const track of out.stream.getAudioTracks()) stream.addTrack(track)
      return stream
    }
    navigator.mediaDevices.getUserMedia = async ({ video, audio } = {}) => {
      const stream = made()
      for (const track of stream.getTracks()) {
        if (track.kind === 'video' ? video : audio) continue
        stream.removeTrack(track)
        track.stop()
      }
      return stream
    }
  }, { colour, hertz: TONE_HZ })
  return context
}
