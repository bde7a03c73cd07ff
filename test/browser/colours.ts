import type { Person } from './harness.ts'

/** Red, green and blue, 0..255. */
export type Colour = readonly [red: number, green: number, blue: number]

/** What one sees of the other's picture: beside the person, and where the chest is; null while there is no picture. */
export interface Seen {
  beside: Colour
  chest: Colour
  frames: number
  width: number
}

/** Looks at the first picture of somebody else. */
export async function look({ page }: Person): Promise<Seen | null> {
  return page.locator('[data-testid="tile"]:not([data-self]) video').first().evaluate((element) => {
    const video = element as HTMLVideoElement
    const canvas = new OffscreenCanvas(32, 18)
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (video.videoWidth === 0 || context === null) return null
    context.drawImage(video, 0, 0, 32, 18)
    const at = (x: number, y: number): [number, number, number] => {
      const [red = 0, green = 0, blue = 0] = context.getImageData(x, y, 1, 1).data
      return [red, green, blue]
    }
    return { beside: at(3, 6), chest: at(16, 16), frames: video.getVideoPlaybackQuality().totalVideoFrames, width: video.videoWidth }
  }, undefined, { timeout: 60_000 })
}

/** Whether a colour is another one, but for what an encoder does to it. */
export function isLike(colour: Colour, other: Colour, tolerance = 40): boolean {
  return colour.every((value, index) => Math.abs(value - (other[index] ?? 0)) <= tolerance)
}
