import { expect, test } from 'vitest'
import { Liveness } from '../../src/media/liveness.ts'

const noMedia = async (): Promise<number> => 0

test('three seconds without a word are silence, and a word ends it', async () => {
  const liveness = new Liveness(0)
  for (const now of [1_000, 2_000, 3_000]) await liveness.tick(now, noMedia)
  expect(liveness.isSilent(3_000)).toBe(false)
  await liveness.tick(4_000, noMedia)
  expect(liveness.isSilent(4_000)).toBe(true)
  liveness.heard(4_100)
  expect(liveness.isSilent(4_200)).toBe(false)
})

test('a peer whose heartbeats stop but whose media flows is not silent', async () => {
  const liveness = new Liveness(0)
  let bytes = 5_000
  for (let now = 1_000; now <= 20_000; now += 1_000) {
    await liveness.tick(now, async () => bytes += 100)
    expect(liveness.isSilent(now)).toBe(false)
  }
})

test('media that came before the silence does not hide it', async () => {
  const liveness = new Liveness(0)
  for (let now = 1_000; now <= 4_000; now += 1_000) await liveness.tick(now, async () => 1_000_000)
  expect(liveness.isSilent(4_000)).toBe(true)
})

test('bytes are counted in doubt only', async () => {
  const liveness = new Liveness(0)
  let asked = 0
  for (let now = 1_000; now <= 10_000; now += 1_000) {
    liveness.heard(now)
    await liveness.tick(now, async () => asked++)
  }
  expect(asked).toBe(0)
})

test('after the page has slept, the silence of the sleep is not held against the peer', async () => {
  const liveness = new Liveness(0)
  await liveness.tick(1_000, noMedia)
  await liveness.tick(600_000, noMedia)
  expect(liveness.isSilent(600_000)).toBe(false)
  await liveness.tick(601_000, noMedia)
  await liveness.tick(602_000, noMedia)
  expect(liveness.isSilent(602_000)).toBe(true)
})
