/** Reads an IPv4 address as 4 bytes or an IPv6 address (RFC 4291, without zone) as 16; null when it is neither. */
export function parseIpAddress(text: string): Uint8Array<ArrayBuffer> | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

/** Writes 4 bytes as IPv4, 16 as IPv6: lower case, all eight groups, which every reader takes. */
export function formatIpAddress(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.')
  const groups: string[] = []
  for (let at = 0; at < bytes.length; at += 2) groups.push((((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16))
  return groups.join(':')
}

function parseIpv4(text: string): Uint8Array<ArrayBuffer> | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return null
  return Uint8Array.from(parts, Number)
}

function parseIpv6(text: string): Uint8Array<ArrayBuffer> | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head, tail] = halves.map((half, index) => groupsOf(half, index === halves.length - 1))
  if (head === undefined || head === null || tail === null) return null
  const missing = 8 - head.length - (tail?.length ?? 0)
  // "::" stands for at least one group, and without it all eight are there.
  if (tail === undefined ? missing !== 0 : missing < 1) return null
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...(tail ?? [])]
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]))
}

/** Groups on one side of "::"; the very last may be an IPv4 address. */
function groupsOf(text: string, isEnd: boolean): number[] | null {
  if (text === '') return []
  const parts = text.split(':')
  const last = isEnd ? parseIpv4(parts.at(-1) ?? '') : null
  const plain = last === null ? parts : parts.slice(0, -1)
  if (!plain.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return null
  const groups = plain.map((part) => Number.parseInt(part, 16))
  if (last === null) return groups
  const [a = 0, b = 0, c = 0, d = 0] = last
  return [...groups, (a << 8) | b, (c << 8) | d]
}
