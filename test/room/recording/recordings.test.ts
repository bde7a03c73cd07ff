import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Party, settle, type Guest } from '../party.ts'

let party: Party
let ada: Guest
let bob: Guest

beforeEach(async () => {
  vi.useFakeTimers()
  party = new Party()
  ada = await party.join('ada')
  bob = await party.join('bob')
})

afterEach(async () => {
  await party.end()
  vi.useRealTimers()
})

const ownId = (guest: Guest): string => guest.room.recording.own.value?.id ?? ''
const allowedBy = (guest: Guest): string[] => [...guest.room.recording.own.value?.answers ?? []].map(([peer, answer]) => `${peer === bob.peer ? 'bob' : 'carla'} ${answer}`)
const asked = ({ room }: Guest): string[] => room.recording.others.value.map(({ peer, answer }) => `${peer === ada.peer ? 'ada' : 'other'} ${answer}`)
const say = (guest: Guest, allow: boolean): void => guest.room.recording.answer(ada.peer, ownId(ada), allow)

test('everybody is asked, answers, may think again, and sees the end', async () => {
  expect(ada.room.recording.begin()).toBe(true)
  expect(ada.room.recording.begin()).toBe(false)
  await settle()
  expect(asked(bob)).toEqual(['ada waiting'])
  expect(allowedBy(ada)).toEqual([])
  say(bob, true)
  await settle()
  expect(allowedBy(ada)).toEqual(['bob allowed'])
  say(bob, false)
  await settle()
  expect(allowedBy(ada)).toEqual(['bob refused'])
  ada.room.recording.end()
  await settle()
  expect(asked(bob)).toEqual([])
  expect(ada.room.recording.own.value).toBe(null)
})

test('a newcomer is asked, and is not in it before the answer', async () => {
  ada.room.recording.begin()
  const carla = await party.join('carla')
  await settle()
  expect(asked(carla)).toEqual(['ada waiting'])
  expect(allowedBy(ada)).toEqual([])
  say(carla, true)
  await settle()
  expect(allowedBy(ada)).toEqual(['carla allowed'])
})

test('whoever comes back with another session is asked again', async () => {
  ada.room.recording.begin()
  await settle()
  say(bob, true)
  await settle()
  bob = await party.join('bob')
  expect(allowedBy(ada)).toEqual([])
  await settle(2_000)
  expect(asked(bob)).toEqual(['ada waiting'])
})

test('who has refused is not asked again at once, and the answer is told', async () => {
  ada.room.recording.begin()
  await settle()
  say(bob, false)
  ada.room.recording.end()
  ada.room.recording.begin()
  await settle()
  expect(asked(bob)).toEqual(['ada refused'])
  expect(allowedBy(ada)).toEqual(['bob refused'])
})

test('leaving ends it here and for the others', async () => {
  ada.room.recording.begin()
  await settle()
  await Promise.all([ada.room.leave(), settle()])
  expect(ada.room.recording.own.value).toBe(null)
  expect(asked(bob)).toEqual([])
  expect(ada.room.recording.begin()).toBe(false)
})

test('answers to questions that were never asked, and floods of them, change nothing', async () => {
  const { options } = party.links.between(ada.peer, bob.peer)
  options.onControl({ kind: 'recording-answer', id: 'take', allow: true })
  expect(ada.room.recording.own.value).toBe(null)
  ada.room.recording.begin()
  for (let count = 0; count < 30; count += 1) options.onControl({ kind: 'recording-answer', id: `guess-${count}`, allow: true })
  expect(allowedBy(ada)).toEqual([])
  // The rate is spent by now: a yes no longer counts, a no always does.
  options.onControl({ kind: 'recording-answer', id: ownId(ada), allow: true })
  expect(allowedBy(ada)).toEqual([])
  options.onControl({ kind: 'recording-answer', id: ownId(ada), allow: false })
  expect(allowedBy(ada)).toEqual(['bob refused'])
})

test('recordings that begin and end in quick turns are one peer, and soon no question any more', async () => {
  const { options } = party.links.between(bob.peer, ada.peer)
  for (let count = 0; count < 20; count += 1) {
    options.onControl({ kind: 'recording', id: `take-${count}`, on: true })
    options.onControl({ kind: 'recording', id: `take-${count}`, on: false })
  }
  expect(asked(bob)).toEqual([])
  await settle(5_000)
  options.onControl({ kind: 'recording', id: 'take', on: true })
  expect(asked(bob)).toEqual(['ada refused'])
})

test('no flood, of whatever, hides that somebody records', async () => {
  const { options } = party.links.between(bob.peer, ada.peer)
  for (let count = 0; count < 200; count += 1) {
    options.onControl({ kind: 'recording', id: `take-${count}`, on: true })
    options.onControl({ kind: 'recording', id: `take-${count}`, on: false })
  }
  for (let count = 0; count < 200; count += 1) options.onControl({ kind: 'hand', upForMs: null })
  options.onControl({ kind: 'recording', id: 'last', on: true })
  expect(bob.room.recording.others.value).toMatchObject([{ peer: ada.peer, id: 'last' }])
  expect(party.links.between(bob.peer, ada.peer).told.filter(({ kind }) => kind === 'recording-answer').length).toBeLessThanOrEqual(10)
})
