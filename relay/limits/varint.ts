/** The number of an unsigned varint, https://github.com/multiformats/unsigned-varint; of more than 53 bits only roughly. */
export function decodeVarint(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 128 + (byte & 0x7f), 0)
}
