/** A picture's format and size, from its first bytes. */
export interface ImageSize {
  type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'
  width: number
  height: number
}

/** So much of a file is looked at: cameras put kilobytes in front of a JPEG's size. */
export const HEAD_BYTES = 262_144

/**
 * Reads a picture's size without decoding it: a few bytes can claim a picture that fills the memory. Null when it is none
 * of the formats that every browser shows, whatever it is called. Never throws.
 */
export function imageSize(head: Uint8Array): ImageSize | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  try {
    return png(view) ?? gif(view) ?? webp(view) ?? jpeg(view)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function says(view: DataView, at: number, letters: string): boolean {
  return [...letters].every((letter, i) => view.getUint8(at + i) === letter.charCodeAt(0))
}

function png(view: DataView): ImageSize | null {
  if (view.getUint32(0) !== 0x89504E47 || !says(view, 12, 'IHDR')) return null
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
}

/** https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
function gif(view: DataView): ImageSize | null {
  if (!says(view, 0, 'GIF8')) return null
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)]
  const colours = view.getUint8(10)
  let at = 13 + (colours & 0x80 ? 3 << (colours & 7) + 1 : 0)
  // Extensions, until the first frame: browsers make room for it also where it is larger than what the file begins with.
  while (view.getUint8(at) === 0x21) {
    for (at += 2; view.getUint8(at) !== 0;) at += 1 + view.getUint8(at)
    at += 1
  }
  if (view.getUint8(at) !== 0x2C) return null
  const far = (start: number, length: number): number => view.getUint16(at + start, true) + view.getUint16(at + length, true)
  return { type: 'image/gif', width: Math.max(width, far(1, 5)), height: Math.max(height, far(3, 7)) }
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function webp(view: DataView): ImageSize | null {
  if (!says(view, 0, 'RIFF') || !says(view, 8, 'WEBP')) return null
  const three = (at: number): number => view.getUint16(at, true) + 65_536 * view.getUint8(at + 2)
  if (says(view, 12, 'VP8X')) return { type: 'image/webp', width: 1 + three(24), height: 1 + three(27) }
  if (says(view, 12, 'VP8L')) {
    const bits = view.getUint32(21, true)
    return { type: 'image/webp', width: 1 + (bits & 0x3FFF), height: 1 + (bits >>> 14 & 0x3FFF) }
  }
  if (!says(view, 12, 'VP8 ')) return null
  return { type: 'image/webp', width: view.getUint16(26, true) & 0x3FFF, height: view.getUint16(28, true) & 0x3FFF }
}

/** ITU-T T.81, annex B: segments until the one that begins a frame. */
function jpeg(view: DataView): ImageSize | null {
  if (view.getUint16(0) !== 0xFFD8) return null
  for (let at = 2; view.getUint8(at) === 0xFF;) {
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xC0 && marker <= 0xCF && ![0xC4, 0xC8, 0xCC].includes(marker)
    if (isFrame) return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    at += marker === 0xFF ? 1 : 2 + Math.max(2, view.getUint16(at + 2))
  }
  return null
}
