import { createHash } from 'node:crypto'

/**
 * Picks `count` of the candidates: in turn the one nearest to `self` by the XOR distance of hashed ids, and any one.
 * Near ones give every relay some that choose it; random ones keep the whole in one piece, and make it unlikely that many
 * choose the same. Pure but for `random`, 0..1.
 */
export function chooseNeighbours<T>(
  candidates: readonly T[], idOf: (candidate: T) => string, self: string, count: number, random: () => number
): T[] {
  const own = hashOf(self)
  const left = candidates
    .map((candidate) => ({ candidate, distance: xor(own, hashOf(idOf(candidate))) }))
    .toSorted((a, b) => Buffer.compare(a.distance, b.distance))
  const chosen: T[] = []
  while (chosen.length < count && left.length > 0) {
    const index = chosen.length % 2 === 0 ? 0 : Math.min(left.length - 1, Math.floor(random() * left.length))
    chosen.push(...left.splice(index, 1).map(({ candidate }) => candidate))
  }
  return chosen
}

function hashOf(id: string): Buffer {
  return createHash('sha256').update(id).digest()
}

function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)))
}
