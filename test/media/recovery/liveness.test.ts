import { describe, expect, test } from 'vitest'
import { LinkPulse } from '../../../src/media/recovery/link-pulse.ts'
import { Liveness } from '../../../src/media/recovery/liveness.ts'

const nothing = async (): Promise<number> => 0

/** Looks four times a second from one moment to another, and gives the moment at which silence was first seen. */
async function silenceOf(liveness: Liveness, fromMs: number, toMs: number, countBytes = nothing, everyMs = 250): Promise<number | null> {
  for (let now = fromMs; now <= toMs; now += everyMs) {
    await liveness.tick(now, countBytes)
    if (liveness.isSilent) return now
  }
  return null
}

test('a second and a quarter without anything is silence, and a word ends it', async () => {
  const liveness = new Liveness(0)
  expect(await silenceOf(liveness, 250, 5_000)).toBe(1_250)
  liveness.heard(5_100)
  expect(liveness.isSilent).toBe(false)
  expect(await silenceOf(liveness, 5_250, 6_250)).toBe(null)
  expect(await silenceOf(liveness, 6_500, 6_500)).toBe(6_500)
})

test('it is doubtful before that, unless bytes arrive', async () => {
  const liveness = new Liveness(0)
  await silenceOf(liveness, 250, 750)
  expect(liveness.isDoubtful).toBe(false)
  await silenceOf(liveness, 1_000, 1_000)
  expect([liveness.isDoubtful, liveness.isSilent]).toEqual([true, false])
  await liveness.tick(1_100, async () => 1)
  expect(liveness.isDoubtful).toBe(false)
  await silenceOf(liveness, 1_250, 3_000, async () => 1)
  expect(liveness.isDoubtful).toBe(true)
  liveness.heard(3_100)
  expect(liveness.isDoubtful).toBe(false)
})

test('a peer whose heartbeats stop but of whom anything else arrives is not silent', async () => {
  const liveness = new Liveness(0)
  let bytes = 5_000
  expect(await silenceOf(liveness, 250, 20_000, async () => bytes += 100)).toBe(null)
})

test('anything that arrives ends the silence', async () => {
  const liveness = new Liveness(0)
  expect(await silenceOf(liveness, 250, 2_000)).toBe(1_250)
  await liveness.tick(1_500, async () => 1)
  expect(liveness.isSilent).toBe(false)
})

test('what came before the silence does not hide it', async () => {
  const liveness = new Liveness(0)
  expect(await silenceOf(liveness, 250, 4_000, async () => 1_000_000)).toBe(1_250)
})

test('bytes are counted in doubt only', async () => {
  const liveness = new Liveness(0)
  let asked = 0
  for (let now = 250; now <= 10_000; now += 250) {
    if (now % 500 === 0) liveness.heard(now)
    await liveness.tick(now, async () => asked++)
  }
  expect(asked).toBe(0)
})

test('a page that did not run heard nothing: neither a long sleep nor a slow machine is held against the peer', async () => {
  const asleep = new Liveness(0)
  await asleep.tick(250, nothing)
  expect(await silenceOf(asleep, 600_000, 602_000)).toBe(600_500)
  // One look in 1.2 seconds, and what came meanwhile is only read after it.
  const slow = new Liveness(0)
  for (let now = 1_200; now < 20_000; now += 1_200) {
    await slow.tick(now, nothing)
    expect(slow.isSilent).toBe(false)
    slow.heard(now + 10)
  }
})

test('a page that runs once a second notices silence too', async () => {
  expect(await silenceOf(new Liveness(0), 1_000, 10_000, nothing, 1_000)).toBe(3_000)
})

test('a count that does not come holds the verdict up, and what is heard meanwhile makes it void', async () => {
  const liveness = new Liveness(0)
  await liveness.tick(750, nothing)
  const { promise, resolve } = Promise.withResolvers<number>()
  const slow = liveness.tick(1_250, () => promise)
  await liveness.tick(1_500, nothing)
  expect(liveness.isSilent).toBe(false)
  liveness.heard(1_550)
  resolve(0)
  await slow
  expect(liveness.isSilent).toBe(false)
})

test('where the path is suspected to be gone, half a second is enough', async () => {
  const liveness = new Liveness(10_000)
  liveness.suspect(10_000)
  expect(await silenceOf(liveness, 10_000, 12_000)).toBe(10_500)
})

test('a heartbeat goes out with every second look, and says whether the peer is heard', async () => {
  const said: [number, boolean][] = []
  let now = 0
  const pulse = new LinkPulse((hears) => said.push([now, hears]), 0)
  for (now = 0; now <= 2_000; now += 250) await pulse.tick(now, nothing)
  expect(said).toEqual([[0, true], [500, true], [1_000, true], [1_250, false], [1_750, false]])
  now = 2_100
  pulse.heard(now)
  expect(said.at(-1)).toEqual([2_100, true])
  now = 2_250
  await pulse.tick(now, nothing)
  expect(said.at(-1)).toEqual([2_100, true])
})

test('that nothing is heard is taken back as soon as the path is another, or bytes arrive', async () => {
  for (const end of ['another path', 'bytes']) {
    const said: boolean[] = []
    const pulse = new LinkPulse((hears) => said.push(hears), 0)
    for (let now = 0; now <= 2_000; now += 250) await pulse.tick(now, nothing)
    expect(said.at(-1)).toBe(false)
    if (end === 'bytes') await pulse.tick(2_250, async () => 1)
    else pulse.renewed(2_250)
    expect(said.at(-1)).toBe(true)
  }
})

test('a page that runs once a second says a heartbeat each time', async () => {
  let said = 0
  const pulse = new LinkPulse(() => said++, 0)
  for (let now = 0; now < 10_000; now += 1_000) {
    pulse.heard(now)
    await pulse.tick(now, nothing)
  }
  expect(said).toBe(10)
})

describe('a peer that says that it does not hear us', () => {
  test('is believed when it goes on saying so, until it says otherwise or the path is another', () => {
    const pulse = new LinkPulse(() => undefined, 0)
    pulse.told(false, 100)
    pulse.heard(500)
    expect(pulse.isUnheard(699)).toBe(false)
    pulse.told(false, 600)
    expect(pulse.isUnheard(700)).toBe(true)
    pulse.told(true, 800)
    expect(pulse.isUnheard(2_000)).toBe(false)
    pulse.told(false, 2_000)
    pulse.renewed(2_100)
    expect(pulse.isUnheard(3_000)).toBe(false)
  })

  test('is not when it is not heard itself: then the path is gone in both directions, and that is known in half a second', async () => {
    const pulse = new LinkPulse(() => undefined, 0)
    pulse.heard(200)
    await pulse.tick(250, nothing)
    pulse.told(false, 300)
    for (let now = 500; now <= 1_000; now += 250) await pulse.tick(now, nothing)
    expect(pulse.isSilent).toBe(true)
    expect(pulse.isUnheard(1_000)).toBe(false)
  })

  test('is when any bytes of its go on arriving', async () => {
    const pulse = new LinkPulse(() => undefined, 0)
    let bytes = 0
    pulse.told(false, 1_000)
    for (let now = 1_000; now <= 1_750; now += 250) await pulse.tick(now, async () => ++bytes)
    expect(pulse.isSilent).toBe(false)
    expect(pulse.isUnheard(1_750)).toBe(true)
  })

  test.each(['heard again after a silence', 'on a path that ICE has just chosen'])('is not when it is %s: that was about another path', async (when) => {
    const pulse = new LinkPulse(() => undefined, 0)
    pulse.told(false, 500)
    if (when.startsWith('heard')) for (let now = 750; now <= 3_000; now += 250) await pulse.tick(now, nothing)
    else pulse.rerouted()
    for (let now = 3_100; now < 5_000; now += 100) pulse.heard(now)
    expect(pulse.isUnheard(5_000)).toBe(false)
  })
})
