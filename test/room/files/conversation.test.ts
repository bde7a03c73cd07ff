import { expect, test } from 'vitest'
import { Conversation } from '../../../src/room/files/conversation.ts'
import { encodeFileData } from '../../../src/wire/index.ts'
import { FakeFilePort } from '../../fakes/fake-file-port.ts'

const nothing = (): void => undefined

test('a file that is wanted while others have taken all asks gets its share as these are answered', () => {
  const [port] = FakeFilePort.pair()
  const conversation = new Conversation({
    port, now: () => 0, open: () => undefined, onServed: nothing, onGone: nothing, onCheck: nothing, onDone: nothing, onWithdrawn: nothing,
    fetcher: () => ({ take: () => true }) as never, signal: new AbortController().signal,
  })
  const open = new Map<number, string>()
  const ask = (id: string): boolean => {
    const number = conversation.askerFor(id).ask(0, 1)
    if (number !== null) open.set(number, id)
    return number !== null
  }
  const share = (id: string): number => [...open.values()].filter((each) => each === id).length
  while (ask('large'));
  const all = share('large')
  expect(ask('small')).toBe(false)
  // Each answer makes whoever got it ask again first, as a fetcher does.
  for (const [number, id] of new Map(open)) {
    open.delete(number)
    conversation.take(encodeFileData(number, new Uint8Array(1)).buffer)
    ask(id)
    ask('small')
  }
  expect([share('small'), share('large')]).toEqual([all / 2, all / 2])
  conversation.askerFor('small').stop(0)
  for (const [number, id] of open) if (id === 'small') open.delete(number)
  while (ask('large'));
  expect(share('large')).toBe(all)
})
