import { expect, test } from 'vitest'
import type { ChatLine, PeerKey } from '../../../src/room/views.ts'
import { Unread } from '../../../src/ui/chat/unread.ts'

const [ADA, SELF] = ['ada', 'self'] as PeerKey[] as [PeerKey, PeerKey]
const line = (at: number, author = ADA): ChatLine => ({ id: `${author} ${at}`, author, name: 'Ada', at, text: 'hello', file: null })

test('lines of others count until they were seen, and our own never do', () => {
  const unread = new Unread()
  const lines = [line(1), line(2, SELF), line(3)]
  expect(unread.count(lines, SELF)).toBe(2)
  unread.see(lines)
  expect(unread.count([...lines, line(4), line(5, SELF)], SELF)).toBe(1)
})

test('a new line counts also when an old one goes to make room for it', () => {
  const unread = new Unread()
  const lines = [line(1), line(2), line(3)]
  unread.see(lines)
  expect(unread.count([...lines.slice(1), line(4)], SELF)).toBe(1)
})

test('a line that comes late and is sorted in between counts, and the ones after it do not', () => {
  const unread = new Unread()
  const lines = [line(1), line(3, SELF)]
  unread.see(lines)
  expect(unread.count([line(1.5), ...lines], SELF)).toBe(1)
})
