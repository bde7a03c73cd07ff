import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const FRAMES = 20

/** A picture's size in pixels, both even, and how often it changes. */
export interface FakeCamera {
  width: number
  height: number
  framesPerSecond: number
  /** How blue and how red it is, 0..255 around 128, which is grey and the default. https://www.itu.int/rec/T-REC-T.871 */
  tint?: readonly [u: number, v: number]
}

/**
 * Writes a small moving picture for Chromium's fake camera, and returns its path. Chromium's own fake camera draws
 * 1280 x 720 for every page, which a room of six pages on two cores cannot afford.
 */
export function writeFakeCamera({ width, height, framesPerSecond, tint = [128, 128] }: FakeCamera): string {
  const path = join(tmpdir(), `parley-fake-camera-${width}x${height}@${framesPerSecond}-${tint.join('-')}.y4m`)
  const parts: Uint8Array[] = [new TextEncoder().encode(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`)]
  for (let frame = 0; frame < FRAMES; frame++) {
    parts.push(new TextEncoder().encode('FRAME\n'), picture(frame, width, height, tint))
  }
  writeFileSync(path, Buffer.concat(parts))
  return path
}

/** A slope from dark to light with a bright bar that wanders across it: planes Y, U and V. */
function picture(frame: number, width: number, height: number, [u, v]: readonly [number, number]): Uint8Array {
  const planes = new Uint8Array(width * height * 1.5).fill(u, width * height, width * height * 1.25).fill(v, width * height * 1.25)
  const bar = (frame / FRAMES) * width
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      planes[y * width + x] = Math.abs(x - bar) < width / 24 ? 235 : 40 + (x * 120) / width
    }
  }
  return planes
}
