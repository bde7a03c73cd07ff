/** People whose camera shows one colour, and whose microphone brings a tone when the test says so: others can be told apart by eye and ear. */
import type { Browser } from 'playwright-core'
import { join, type Person } from './harness.ts'

/** Red, green and blue, 0..255. */
export type Colour = readonly [number, number, number]

/** Joins as somebody whose camera shows nothing but this colour, with a bar that wanders, so that frames keep coming. Silent at first. */
export async function joinColoured(browser: Browser, url: string, topic: string, name: string, colour: Colour, viewport = { width: 480, height: 400 }): Promise<Person> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'], viewport })
  await context.addInitScript(([red, green, blue]) => {
    const voices: GainNode[] = []
    Object.assign(globalThis, { voices })
    const camera = (): MediaStreamTrack[] => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 })
      const pen = canvas.getContext('2d')
      let frame = 0
      setInterval(() => {
        if (pen === null) return
        pen.fillStyle = `rgb(${red} ${green} ${blue})`
        pen.fillRect(0, 0, 320, 180)
        pen.fillStyle = '#fff'
        pen.fillRect(0, frame++ % 20, 8, 2)
      }, 100)
      return canvas.captureStream(10).getVideoTracks()
    }
    const microphone = (): MediaStreamTrack[] => {
      const sound = new AudioContext()
      const volume = new GainNode(sound, { gain: 0 })
      const out = new MediaStreamAudioDestinationNode(sound)
      const tone = new OscillatorNode(sound)
      tone.connect(volume).connect(out)
      tone.start()
      voices.push(volume)
      return out.stream.getAudioTracks()
    }
    navigator.mediaDevices.getUserMedia = async ({ audio, video } = {}) => new MediaStream([...audio ? microphone() : [], ...video ? camera() : []])
  }, colour)
  return join(browser, url, topic, { name, context })
}

/** Lets a person make sound, or be silent. */
export async function speak({ page }: Person, on: boolean): Promise<void> {
  await page.evaluate((gain) => {
    for (const voice of (globalThis as unknown as { voices: GainNode[] }).voices) voice.gain.value = gain
  }, on ? 0.4 : 0)
}

/** The colour in the middle of somebody's tile as it is seen by a person; null where there is no picture. */
export async function colourOf({ page }: Person, name: string): Promise<Colour | null> {
  return page.locator('[data-testid=tile]', { hasText: name }).locator('video').evaluate((video: HTMLVideoElement): [number, number, number] | null => {
    if (video.videoWidth === 0) return null
    const pen = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d')
    pen?.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 4, 4, 0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = pen?.getImageData(0, 0, 1, 1).data ?? []
    return [red, green, blue]
  })
}

/** Whether a colour has come through the encoder as what it was. */
export function isLike(seen: Colour | null, shown: Colour): boolean {
  return seen !== null && seen.every((part, index) => Math.abs(part - (shown[index] ?? 0)) < 48)
}
