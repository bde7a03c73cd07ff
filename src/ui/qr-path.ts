import { encodeQR } from 'qr'

/** A QR code as it is drawn: one SVG path, and the width and height of its view box in modules. */
export interface QrPath {
  path: string
  size: number
}

/**
 * Draws text as a QR code. To be imported on demand: most calls never need it.
 *
 * @param ecc how much of it may be dirty or hidden: `low` 7 %, for long texts that are shown on a screen, or `medium` 15 %
 */
export function qrPath(text: string, ecc: 'low' | 'medium'): QrPath {
  const rows = encodeQR(text, 'raw', { ecc, border: 2 })
  return { path: rows.flatMap((row, y) => row.flatMap((dark, x) => dark ? [`M${x} ${y}h1v1h-1z`] : [])).join(''), size: rows.length }
}
