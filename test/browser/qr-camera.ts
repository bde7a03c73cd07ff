import { writeFileSync } from 'node:fs'
import { encodeQR } from 'qr'

/** What a common camera gives, pixels. */
const WIDTH = 640
const HEIGHT = 480
/** Grey paper, seen by a camera in a room: neither black nor white. */
const DARK = 50
const LIGHT = 200

/** Makes Chromium's fake camera look at a QR code of this text, as large as it fits, when a page next opens it. */
export function writeQrCamera(path: string, text: string): void {
  const rows = encodeQR(text, 'raw', { ecc: 'low', border: 4 })
  const size = rows.length
  const scale = Math.floor(HEIGHT / size)
  const left = Math.floor((WIDTH - size * scale) / 2)
  const top = Math.floor((HEIGHT - size * scale) / 2)
  const planes = new Uint8Array(WIDTH * HEIGHT * 1.5).fill(128)
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const isDark = rows[Math.floor((y - top) / scale)]?.[Math.floor((x - left) / scale)] ?? false
      planes[y * WIDTH + x] = isDark ? DARK : LIGHT
    }
  }
  const head = new TextEncoder().encode(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`)
  const frame = new TextEncoder().encode('FRAME\n')
  writeFileSync(path, Buffer.concat([head, frame, planes, frame, planes]))
}
