import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Party, settle } from './party.ts'

let party: Party

beforeEach(() => {
  vi.useFakeTimers()
  party = new Party()
})

afterEach(async () => {
  await party.end()
  vi.useRealTimers()
})

test('who speaks is told by the link, and not while they say that they are muted', async () => {
  const ada = await party.join('ada')
  const bob = await party.join('bob')
  const [seen] = ada.room.participants.value
  const link = party.links.between(ada.peer, bob.peer)
  expect(seen?.speaking.value).toBe(false)
  link.speaking.value = true
  expect(seen?.speaking.value).toBe(true)
  bob.sending.value = { microphone: false, camera: true, screen: false }
  await settle()
  expect(seen?.speaking.value).toBe(false)
})

test('how good the link is belongs to the person, and to the new link after they came anew', async () => {
  const ada = await party.join('ada')
  const bob = await party.join('bob')
  party.links.between(ada.peer, bob.peer).quality.value = 'poor'
  expect(ada.room.participants.value[0]?.quality.value).toBe('poor')
  bob.page.abort()
  await party.join('bob')
  expect(ada.room.participants.value[0]?.quality.value).toBe('good')
})
