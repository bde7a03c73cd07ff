import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { imageSize } from '../../../src/ui/files/image-size.ts'

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))

/** Beginnings of files that real programs have written. */
const PICTURES: [string, string, ReturnType<typeof imageSize>][] = [
  ['PNG', '89504e47 0d0a1a0a 0000000d 49484452 00000280 000001e0 08020000 00', { type: 'image/png', width: 640, height: 480 }],
  ['GIF', '474946383961 8002 e001 800000 000000ffffff 21f904 04000000 00 2c 0000 0000 8002 e001 00', { type: 'image/gif', width: 640, height: 480 }],
  ['GIF without colours of its own', '474946383961 8002 e001 700000 21ff 01aa 02bbbb 00 2c 0000 0000 0100 0100 80', { type: 'image/gif', width: 640, height: 480 }],
  ['GIF with a frame larger than itself', '474946383961 0100 0100 000000 2c 0500 0000 ffff ffff 80', { type: 'image/gif', width: 65_540, height: 65_535 }],
  ['lossy WebP', '52494646 24000000 57454250 56503820 18000000 300100 9d012a 8002 e001 00', { type: 'image/webp', width: 640, height: 480 }],
  ['lossless WebP', '52494646 24000000 57454250 5650384c 18000000 2f 7fc27700 00', { type: 'image/webp', width: 640, height: 480 }],
  ['WebP with more', '52494646 24000000 57454250 56503858 0a000000 10000000 7f0200 df0100', { type: 'image/webp', width: 640, height: 480 }],
  ['JPEG', 'ffd8 ffe00010 4a46494600010100000100010000 ffc4 0004 0000 ffc0 0011 08 01e0 0280 03', { type: 'image/jpeg', width: 640, height: 480 }],
  ['progressive JPEG with padding', 'ffd8 ffff ffc2 0011 08 01e0 0280 03', { type: 'image/jpeg', width: 640, height: 480 }],
]

describe('the size of a picture', () => {
  test.each(PICTURES)('%s', (_format, bytes, size) => {
    expect(imageSize(hex(bytes))).toEqual(size)
  })

  test.each([['nothing', ''], ['HTML', '3c68746d6c3e3c7363726970743e'], ['SVG', '3c73766720786d6c6e733d22'], ['a torn PNG', '89504e47 0d0a1a0a 0000000d 49484452 0000'], ['a JPEG without a picture', 'ffd8 ffd9']])('is not known of %s', (_what, bytes) => {
    expect(imageSize(hex(bytes))).toBe(null)
  })

  test('of anything at all is found without an error, and without going on for ever', () => {
    const torn = fc.tuple(fc.constantFrom(...PICTURES.map(([, bytes]) => hex(bytes))), fc.uint8Array({ maxLength: 40 }), fc.nat(60))
      .map(([picture, more, at]) => Uint8Array.from([...picture.slice(0, at), ...more]))
    fc.assert(fc.property(fc.oneof(torn, fc.uint8Array({ maxLength: 200 })), (bytes) => { imageSize(bytes) }), { numRuns: 5_000, seed: 3 })
  })
})
