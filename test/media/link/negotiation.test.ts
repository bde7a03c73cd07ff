import { expect, test } from 'vitest'
import { Negotiation } from '../../../src/media/link/negotiation.ts'
import { iceUfrag } from '../../../src/media/link/sdp.ts'
import type { DescriptionBody, NegotiationBody } from '../../../src/wire/message.ts'
import { FakeRtcPort, makeCandidate } from '../../fakes/fake-rtc-port.ts'
import { SeededSchedule } from '../../fakes/seeded-schedule.ts'

interface Side {
  port: FakeRtcPort
  negotiation: Negotiation
  sent: NegotiationBody[]
  errors: unknown[]
}

interface World {
  schedule: SeededSchedule
  impolite: Side
  polite: Side
  /** 0..1, how many messages get lost; repair sets it to zero. */
  loss: number
}

/** Two sides and the carriers between them, which lose, duplicate and reorder as the seed says. */
function createWorld(seed: number, { loss = 0, duplication = 0.2 } = {}): World {
  const schedule = new SeededSchedule(seed)
  const { signal } = new AbortController()
  const world: World = { schedule, loss, impolite: createSide('i', false), polite: createSide('p', true) }
  return world

  function createSide(name: string, polite: boolean): Side {
    const port = new FakeRtcPort(name, () => schedule.pause())
    let seq = 0
    let offers = 0
    const send = (body: NegotiationBody): void => {
      side.sent.push(body)
      carry(body, seq++, () => polite ? world.impolite : world.polite)
      if (body.kind !== 'description') return
      const late = makeCandidate(iceUfrag(body.sdp), 'late')
      schedule.later(() => carry({ kind: 'candidates', candidates: [late] }, seq++, () => polite ? world.impolite : world.polite))
    }
    const negotiation = new Negotiation(port, { polite, signal, send, newOfferId: () => `${name}${offers++}` })
    const side: Side = { port, negotiation, sent: [], errors: [] }
    return side
  }

  function carry(body: NegotiationBody, seq: number, to: () => Side): void {
    const copies = schedule.random() < duplication ? 2 : 1
    for (let copy = 0; copy < copies; copy++) {
      if (schedule.random() < world.loss) continue
      schedule.later(() => attempt(to(), (negotiation) => negotiation.receive(seq, structuredClone(body))))
    }
  }
}

function attempt(side: Side, action: (negotiation: Negotiation) => Promise<void>): void {
  action(side.negotiation).catch((error: unknown) => side.errors.push(error))
}

/** Says unanswered offers again over carriers that work, as a link does, until none is left. */
async function repair(world: World): Promise<void> {
  world.loss = 0
  await world.schedule.drain()
  for (let round = 0; round < 8; round++) {
    for (const side of [world.impolite, world.polite]) attempt(side, (negotiation) => negotiation.resend())
    await world.schedule.drain()
  }
}

function expectAgreement({ impolite, polite }: World): void {
  expect([...impolite.errors, ...polite.errors]).toEqual([])
  expect([impolite.port.signalingState, polite.port.signalingState]).toEqual(['stable', 'stable'])
  expect([impolite.negotiation.unanswered, polite.negotiation.unanswered]).toEqual([null, null])
  expect(impolite.port.pairing).not.toBeNull()
  expect(impolite.port.pairing?.local).toBe(polite.port.pairing?.remote)
  expect(impolite.port.pairing?.remote).toBe(polite.port.pairing?.local)
  expect(impolite.port.applied).toContain(`early of ${polite.port.ufrag}`)
  expect(polite.port.applied).toContain(`early of ${impolite.port.ufrag}`)
}

function descriptions(side: Side, type: 'offer' | 'answer'): DescriptionBody[] {
  return side.sent.filter((body) => body.kind === 'description').filter((body) => body.type === type)
}

test('every order and duplication of messages ends with both sides agreed and all candidates applied', async () => {
  for (let seed = 0; seed < 3000; seed++) {
    const world = createWorld(seed)
    const { schedule, impolite, polite } = world
    for (const side of [impolite, polite, schedule.random() < 0.5 ? impolite : polite]) {
      schedule.later(() => attempt(side, (negotiation) => negotiation.offer()))
    }
    await schedule.drain()
    await repair(world)
    expectAgreement(world)
    expect(impolite.port.applied, `seed ${seed}`).toContain(`late of ${polite.port.ufrag}`)
    expect(polite.port.applied, `seed ${seed}`).toContain(`late of ${impolite.port.ufrag}`)
  }
}, 120_000)

test('sides that also start anew, over carriers that lose a third of all messages, agree once messages get through', async () => {
  for (let seed = 0; seed < 3000; seed++) {
    const world = createWorld(seed, { loss: 0.33 })
    const { schedule } = world
    for (let step = 0; step < 6; step++) {
      const side = schedule.random() < 0.5 ? world.impolite : world.polite
      const what = step > 0 && schedule.random() < 0.4 ? 'rebuild' : step > 0 && schedule.random() < 0.5 ? 'renew' : 'restart'
      schedule.later(() => attempt(side, (negotiation) => negotiation[what]()))
    }
    await schedule.drain()
    await repair(world)
    expectAgreement(world)
  }
}, 120_000)

test('whatever both sides ask for on a connection that they have agreed on, and whatever gets lost, it is never given up', async () => {
  for (let seed = 0; seed < 1000; seed++) {
    const world = createWorld(seed)
    const { schedule, impolite, polite } = world
    attempt(schedule.random() < 0.5 ? impolite : polite, (negotiation) => negotiation.offer())
    await schedule.drain()
    expectAgreement(world)
    world.loss = 0.33
    for (let step = 0; step < 6; step++) {
      const side = schedule.random() < 0.5 ? impolite : polite
      const what = (['restart', 'renew', 'resend'] as const)[Math.floor(schedule.random() * 3)] ?? 'restart'
      schedule.later(() => attempt(side, (negotiation) => negotiation[what]()))
    }
    await schedule.drain()
    await repair(world)
    expectAgreement(world)
    expect([impolite.port.lost, polite.port.lost], `seed ${seed}`).toEqual([0, 0])
  }
}, 120_000)

test('offers that an outage has held back, and that arrive at its end, cost no connection', async () => {
  const world = createWorld(1, { duplication: 0 })
  const { schedule, impolite, polite } = world
  attempt(impolite, (negotiation) => negotiation.offer())
  await schedule.drain()
  const seq = 1_000
  world.loss = 1
  const held = { impolite: impolite.sent.length, polite: polite.sent.length }
  for (const side of [impolite, polite]) attempt(side, (negotiation) => negotiation.restart())
  await schedule.drain()
  for (const side of [impolite, polite]) attempt(side, (negotiation) => negotiation.renew())
  await schedule.drain()
  world.loss = 0
  for (const [index, body] of impolite.sent.slice(held.impolite).entries()) attempt(polite, (negotiation) => negotiation.receive(seq + index, body))
  for (const [index, body] of polite.sent.slice(held.polite).entries()) attempt(impolite, (negotiation) => negotiation.receive(seq + index, body))
  await repair(world)
  expect([impolite.port.lost, polite.port.lost]).toEqual([0, 0])
  expect([impolite, polite].flatMap(({ sent }) => sent).filter(({ kind }) => kind === 'rebuild')).toEqual([])
})

test('the polite side of a connection agreed on asks for a restart, again until it gets one, and offers none itself', async () => {
  const world = createWorld(1, { duplication: 0 })
  const { schedule, impolite, polite } = world
  attempt(polite, (negotiation) => negotiation.offer())
  await schedule.drain()
  const before = impolite.port.pairing
  world.loss = 1
  attempt(polite, (negotiation) => negotiation.restart())
  await schedule.drain()
  expect(polite.sent.at(-1)).toEqual({ kind: 'restart' })
  expect(polite.negotiation.unanswered).not.toBeNull()
  await repair(world)
  expectAgreement(world)
  expect(impolite.port.pairing).not.toEqual(before)
  expect(descriptions(polite, 'offer')).toHaveLength(1)
  expect(descriptions(impolite, 'offer').map(({ offerId }) => offerId)).toEqual(['i0'])
})

test('when both offer before hearing each other, the impolite offer is the one that gets answered', async () => {
  for (let seed = 0; seed < 300; seed++) {
    const world = createWorld(seed)
    const { impolite, polite } = world
    await Promise.race([Promise.all([impolite.negotiation.offer(), polite.negotiation.offer()]), world.schedule.drain()])
    await repair(world)
    expectAgreement(world)
    if (descriptions(impolite, 'offer').length === 0) continue
    expect(descriptions(polite, 'answer').at(-1)?.offerId).toBe(descriptions(impolite, 'offer').at(-1)?.offerId)
  }
})

test('a renewed offer takes the place of the unanswered one, and an answer to that one no longer counts', async () => {
  const world = createWorld(1, { loss: 1 })
  const { schedule, impolite, polite } = world
  attempt(impolite, (negotiation) => negotiation.offer())
  await schedule.drain()
  const [lost] = descriptions(impolite, 'offer')
  attempt(impolite, (negotiation) => negotiation.renew())
  await schedule.drain()
  const [, renewed] = descriptions(impolite, 'offer')
  if (lost === undefined || renewed === undefined) throw new Error('nothing was offered')
  expect(renewed.offerId).not.toBe(lost.offerId)
  expect(iceUfrag(renewed.sdp)).not.toBe(iceUfrag(lost.sdp))
  attempt(polite, (negotiation) => negotiation.receive(0.5, lost))
  await schedule.drain()
  const [late] = descriptions(polite, 'answer')
  if (late === undefined) throw new Error('nothing was answered')
  attempt(impolite, (negotiation) => negotiation.receive(0.5, late))
  await schedule.drain()
  expect(impolite.negotiation.unanswered).toBe(renewed.offerId)
  await repair(world)
  expectAgreement(world)
})

test('without an unanswered offer nothing is renewed', async () => {
  const world = createWorld(1)
  attempt(world.impolite, (negotiation) => negotiation.renew())
  await world.schedule.drain()
  expect(world.impolite.sent).toEqual([])
})

test('an offer that was answered already gets the same answer again, with no new negotiation', async () => {
  const world = createWorld(1)
  attempt(world.impolite, (negotiation) => negotiation.offer())
  await world.schedule.drain()
  const [offer] = descriptions(world.impolite, 'offer')
  const [answer] = descriptions(world.polite, 'answer')
  if (offer === undefined || answer === undefined) throw new Error('nothing was negotiated')
  attempt(world.polite, (negotiation) => negotiation.receive(99, offer))
  await world.schedule.drain()
  const again = descriptions(world.polite, 'answer').at(-1)
  expect(again).not.toBe(answer)
  expect(again?.sdp).toBe(answer.sdp)
  expect(world.polite.port.remoteDescriptions).toBe(1)
  expectAgreement(world)
})

test('an answer to another offer than the outstanding one changes nothing', async () => {
  const world = createWorld(2, { loss: 1 })
  attempt(world.impolite, (negotiation) => negotiation.offer())
  await world.schedule.drain()
  const stale: DescriptionBody = { kind: 'description', type: 'answer', sdp: 'a=ice-ufrag:x', offerId: 'other', candidates: [] }
  attempt(world.impolite, (negotiation) => negotiation.receive(0, stale))
  await world.schedule.drain()
  expect(world.impolite.port.signalingState).toBe('have-local-offer')
  expect(world.impolite.errors).toEqual([])
})

test('a description numbered below the newest one handled is dropped', async () => {
  const world = createWorld(3, { loss: 1 })
  const offer: DescriptionBody = {
    kind: 'description', type: 'offer', sdp: 'a=ice-ufrag:x\r\na=fingerprint:sha-256 x', offerId: 'x', candidates: [],
  }
  attempt(world.polite, (negotiation) => negotiation.receive(5, offer))
  attempt(world.polite, (negotiation) => negotiation.receive(4, { ...offer, offerId: 'older' }))
  await world.schedule.drain()
  expect(descriptions(world.polite, 'answer').map(({ offerId }) => offerId)).toEqual(['x'])
})

test('held candidates are bounded: of one too many, the oldest is gone', async () => {
  const world = createWorld(4, { loss: 1 })
  const early = Array.from({ length: 65 }, (_, index) => makeCandidate('x', `number ${index}`))
  const offer: DescriptionBody = {
    kind: 'description', type: 'offer', sdp: 'a=ice-ufrag:x\r\na=fingerprint:sha-256 x', offerId: 'x', candidates: [],
  }
  attempt(world.polite, (negotiation) => negotiation.receive(1, { kind: 'candidates', candidates: early }))
  attempt(world.polite, (negotiation) => negotiation.receive(2, offer))
  await world.schedule.drain()
  expect(world.polite.port.applied).toHaveLength(64)
  expect(world.polite.port.applied).not.toContain('number 0 of x')
})

test('an offer that the browser refuses rejects its receipt', async () => {
  const world = createWorld(5, { loss: 1 })
  world.polite.port.refuses = true
  const offer: DescriptionBody = { kind: 'description', type: 'offer', sdp: 'a=ice-ufrag:x', offerId: 'x', candidates: [] }
  attempt(world.polite, (negotiation) => negotiation.receive(0, offer))
  await world.schedule.drain()
  expect(world.polite.errors).toEqual([expect.objectContaining({ name: 'InvalidStateError' })])
})
