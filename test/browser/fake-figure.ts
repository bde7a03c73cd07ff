import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const WIDTH = 640
const HEIGHT = 360
const FRAMES = 10

type Colour = readonly [red: number, green: number, blue: number]
/** An ellipse: middle and radii as shares of the picture's height, from the middle of its lower edge. */
type Blob = readonly [x: number, y: number, rx: number, ry: number, colour: Colour]

/** The wall behind the figure, and what it wears. */
export const WALL: Colour = [168, 96, 168]
export const SHIRT: Colour = [34, 48, 79]

/** Somebody at a desk, seen from the camera: enough of a person for a model that knows people. */
const FIGURE: readonly Blob[] = [
  [0, -0.02, 0.42, 0.36, SHIRT], [0, -0.34, 0.075, 0.1, [192, 138, 108]],
  [0, -0.62, 0.165, 0.21, [43, 27, 18]], [0, -0.57, 0.135, 0.18, [217, 163, 132]],
  [-0.055, -0.6, 0.025, 0.013, [255, 255, 255]], [0.055, -0.6, 0.025, 0.013, [255, 255, 255]],
  [-0.055, -0.6, 0.011, 0.011, [34, 34, 34]], [0.055, -0.6, 0.011, 0.011, [34, 34, 34]],
  [-0.055, -0.63, 0.03, 0.006, [34, 34, 34]], [0.055, -0.63, 0.03, 0.006, [34, 34, 34]],
  [0, -0.545, 0.017, 0.035, [185, 122, 92]], [0, -0.475, 0.05, 0.014, [160, 64, 64]],
]

/** Writes a video of a swaying figure before a wall for Chromium's fake camera, 10 frames a second, and returns its path. */
export function writeFakeFigure(): string {
  const path = join(tmpdir(), `parley-fake-figure-${process.pid}.y4m`)
  const parts: Uint8Array[] = [Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`)]
  for (let frame = 0; frame < FRAMES; frame++) {
    parts.push(Buffer.from('FRAME\n'), picture(0.02 * Math.sin(frame / FRAMES * 2 * Math.PI)))
  }
  writeFileSync(path, Buffer.concat(parts))
  return path
}

function picture(sway: number): Uint8Array {
  const planes = new Uint8Array(WIDTH * HEIGHT * 1.5)
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const [luma, u, v] = yuv(colourAt((x - WIDTH / 2) / HEIGHT - sway, (y - HEIGHT) / HEIGHT))
      planes[y * WIDTH + x] = luma
      if (x % 2 === 1 || y % 2 === 1) continue
      const small = y / 2 * (WIDTH / 2) + x / 2
      planes[WIDTH * HEIGHT + small] = u
      planes[WIDTH * HEIGHT * 1.25 + small] = v
    }
  }
  return planes
}

function colourAt(x: number, y: number): Colour {
  const hit = FIGURE.findLast(([cx, cy, rx, ry]) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1)
  return hit?.[4] ?? WALL
}

/** Full-range BT.601, as C420jpeg says. */
function yuv([r, g, b]: Colour): Colour {
  return [0.299 * r + 0.587 * g + 0.114 * b, 128 - 0.1687 * r - 0.3313 * g + 0.5 * b, 128 + 0.5 * r - 0.4187 * g - 0.0813 * b]
}
