import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Chat } from '../../src/room/chat.ts'
import { signal } from '../../src/util/signals.ts'
import { encodeControlMessage, MAX_CHAT_CODE_POINTS, MAX_HISTORY_ENTRIES, MAX_VIEW_PIXELS, newSession } from '../../src/wire/index.ts'
import type { ChatLine } from '../../src/wire/index.ts'
import { peerKey } from '../fakes/fake-network.ts'
import { chatOf, Party, settle } from './party.ts'

const ada = peerKey('ada')
const bob = peerKey('bob')

function line(text: string, over: Partial<ChatLine> = {}): ChatLine {
  return { id: `id-${text}`, author: bob, name: 'bob', at: 1_000, text, file: null, ...over }
}

describe('chat', () => {
  const make = () => {
    const lines = signal<readonly ChatLine[]>([])
    let nowMs = 5_000
    const chat = new Chat({ self: ada, lines, now: () => nowMs, tell: () => undefined, signal: AbortSignal.abort() })
    return { chat, texts: () => lines.value.map(({ text }) => text), pass: (ms: number) => { nowMs += ms } }
  }

  test('refuses what is empty or over-long, and takes the longest allowed', () => {
    const { chat, texts } = make()
    expect(chat.say(' \n ', 'ada')).toBe(null)
    expect(chat.say('😀'.repeat(MAX_CHAT_CODE_POINTS + 1), 'ada')).toBe(null)
    expect(texts()).toEqual([])
    expect(chat.say('😀'.repeat(MAX_CHAT_CODE_POINTS), 'ada')?.author).toBe(ada)
  })

  test('two lines of the same words are two lines', () => {
    const { chat, texts } = make()
    expect(chat.say('hi', 'ada')?.id).not.toBe(chat.say('hi', 'ada')?.id)
    expect(texts()).toEqual(['hi', 'hi'])
  })

  test('a line is shown once, and only when its author has sent it', () => {
    const { chat, texts } = make()
    chat.hear(bob, line('one'))
    chat.hear(bob, line('one'))
    chat.hear(bob, line('forged', { author: peerKey('cyd') }))
    chat.hear(bob, line('as you', { author: ada }))
    expect(texts()).toEqual(['one'])
  })

  test('history is sorted in by time, before what was said later', () => {
    const { chat, texts } = make()
    chat.hear(bob, line('live', { at: 900 }))
    chat.recall(bob, [line('late', { at: 950 }), line('early', { at: 100 }), line('earlier', { at: 50 })], true)
    expect(texts()).toEqual(['earlier', 'early', 'live', 'late'])
  })

  test('history is shown once, whoever tells it', () => {
    const { chat, texts } = make()
    chat.recall(bob, [line('a'), line('b')], true)
    chat.recall(peerKey('cyd'), [line('a'), line('b'), line('c')], true)
    expect(texts()).toEqual(['a', 'b', 'c'])
  })

  test('a later history may add its sender\'s own lines, and nobody else\'s', () => {
    const { chat, texts } = make()
    chat.recall(bob, [line('mine'), line('quoted', { author: peerKey('cyd') })], false)
    expect(texts()).toEqual(['mine'])
  })

  test('nobody fills the chat faster than a person types', () => {
    const { chat, texts, pass } = make()
    for (let count = 0; count < 100; count += 1) chat.hear(bob, line(`spam ${count}`))
    expect(texts()).toHaveLength(20)
    pass(1_000)
    for (let count = 0; count < 100; count += 1) chat.hear(bob, line(`more ${count}`))
    expect(texts()).toHaveLength(22)
  })

  test('the newest thousand lines are kept', () => {
    const { chat, texts } = make()
    for (let count = 1; count <= 1_001; count += 1) chat.say(`${count}`, 'ada')
    expect([texts().length, texts()[0], texts().at(-1)]).toEqual([1_000, '2', '1001'])
  })

  test('the history fits into one control message, the newest lines first to get in', () => {
    const { chat } = make()
    for (let count = 1; count <= MAX_HISTORY_ENTRIES + 1; count += 1) chat.say(`${count}`, 'ada')
    expect(chat.history()).toHaveLength(MAX_HISTORY_ENTRIES)
    for (let count = 1; count <= 30; count += 1) chat.say('😀'.repeat(MAX_CHAT_CODE_POINTS - 2) + count, 'ada')
    const lines = chat.history()
    expect(lines.at(-1)?.text.endsWith('30')).toBe(true)
    expect(lines.length).toBeLessThan(10)
    encodeControlMessage({ kind: 'history', lines })
  })
})

describe('in a room', () => {
  let party: Party

  beforeEach(() => {
    vi.useFakeTimers()
    party = new Party()
  })

  afterEach(async () => {
    await party.end()
    vi.useRealTimers()
  })

  test('a line reaches everybody, and its author at once', async () => {
    const [first, second, third] = [await party.join('ada'), await party.join('bob'), await party.join('cyd')]
    expect(first.room.say('hello')).toBe(true)
    expect(chatOf(first)).toEqual(['ada: hello'])
    await settle()
    expect([chatOf(second), chatOf(third)]).toEqual([['ada: hello'], ['ada: hello']])
  })

  test('a late joiner is told what was said, once', async () => {
    const [first, second] = [await party.join('ada'), await party.join('bob')]
    first.room.say('one')
    await settle()
    second.room.say('two')
    await settle()
    const late = await party.join('cyd')
    expect(chatOf(late)).toEqual(['ada: one', 'bob: two'])
  })

  test('what was said while a link was broken is made up for', async () => {
    const [first, second] = [await party.join('ada'), await party.join('bob')]
    const link = party.links.between(first.peer, second.peer)
    link.interrupt()
    first.room.say('lost?')
    await settle(1_000)
    expect(chatOf(second)).toEqual([])
    link.resume()
    await settle()
    expect(chatOf(second)).toEqual(['ada: lost?'])
  })

  test('a control channel that opens after the media is briefed once it does', async () => {
    const first = party.invite('ada')
    await first.room.join('garden', 'AAAAAAAAAAAAAAAAAAAAAA')
    first.room.say('early')
    const second = party.invite('bob')
    await second.room.join('garden', 'AAAAAAAAAAAAAAAAAAAAAA')
    await settle(30)
    for (const link of party.links.open) link.channelOpen = false
    await settle()
    expect(chatOf(second)).toEqual([])
    for (const link of party.links.open) link.channelOpen = true
    await settle(1_000)
    expect(chatOf(second)).toEqual(['ada: early'])
  })

  test('name and media are told when a link comes up and when they change', async () => {
    const [first, second] = [await party.join('ada'), await party.join('bob')]
    expect(second.room.participants.value[0]?.state.value).toMatchObject({ name: 'ada', media: { microphone: true, camera: true, screen: false } })
    first.sending.value = { microphone: false, camera: false, screen: true }
    first.name.value = 'Ada L.'
    await settle(50)
    expect(second.room.participants.value[0]?.state.value).toMatchObject({ name: 'Ada L.', media: { microphone: false, camera: false, screen: true } })
  })

  test('a camera that is held for us shows as such while it is on, and a new session holds nothing', async () => {
    const [first, second] = [await party.join('ada'), await party.join('bob')]
    const held = () => first.room.participants.value[0]?.state.value.cameraHeld
    const { onControl } = party.links.between(first.peer, second.peer).options
    onControl({ kind: 'held', camera: true })
    expect(held()).toBe(true)
    second.sending.value = { microphone: true, camera: false, screen: false }
    await settle(50)
    expect(held()).toBe(false)
    second.sending.value = { microphone: true, camera: true, screen: false }
    await settle(50)
    expect(held()).toBe(true)
    await party.join('bob')
    expect(held()).toBe(false)
  })

  test('the size of a tile is told, and told again to a new session', async () => {
    const [first] = [await party.join('ada'), await party.join('bob')]
    const size = { width: 640, height: 360 }
    first.room.participants.value[0]?.showAt(size, { width: 0, height: 0 })
    const views = () => party.links.of(first.peer).flatMap(({ told }) => told.filter(({ kind }) => kind === 'view'))
    expect(views()).toEqual([{ kind: 'view', camera: size, screen: { width: 0, height: 0 } }])
    await party.join('bob')
    expect(views()).toHaveLength(1)
  })

  test('a tile larger than any video is told as the largest there may be', async () => {
    const [first] = [await party.join('ada'), await party.join('bob')]
    first.room.participants.value[0]?.showAt({ width: 11_520, height: 2_160 }, { width: 0, height: 0 })
    const told = party.links.of(first.peer).flatMap((link) => link.told).filter(({ kind }) => kind === 'view')
    expect(told).toEqual([{ kind: 'view', camera: { width: MAX_VIEW_PIXELS, height: 2_160 }, screen: { width: 0, height: 0 } }])
  })

  test('a new session of a person starts anew: its media untold, its first history welcome', async () => {
    const [first, second] = [await party.join('ada'), await party.join('bob')]
    first.room.say('one')
    await settle()
    const tile = first.room.participants.value[0]!
    party.links.between(first.peer, second.peer).options.onControl({ kind: 'history', lines: [] })
    second.page.abort()
    const hello = { ...party.mesh.helloOf(first.peer), session: newSession(Date.now() + 1), name: 'bob' }
    party.mesh.inject(first.peer, { from: second.peer, message: hello })
    expect(first.room.participants.value).toEqual([tile])
    expect(tile.state.value).toMatchObject({ connection: 'reconnecting', media: { microphone: false, camera: false } })
    const quoted = { id: 'q', author: peerKey('cyd'), name: 'cyd', at: 1, text: 'before', file: null }
    const { onControl } = party.links.of(first.peer)[0]!.options
    onControl({ kind: 'history', lines: [quoted] })
    onControl({ kind: 'history', lines: [{ ...quoted, id: 'r' }] })
    expect(chatOf(first)).toEqual(['cyd: before', 'ada: one'])
  })

  test('until a person tells what it sends, its media speaks for itself', async () => {
    const [first] = [await party.join('ada'), await party.join('bob')]
    party.mesh.inject(first.peer, { from: peerKey('cyd'), message: { ...party.mesh.helloOf(first.peer), name: 'cyd' } })
    const media = () => first.room.participants.value[1]?.state.value.media
    expect(media()).toEqual({ microphone: false, camera: false, screen: false })
    const link = party.links.of(first.peer)[1]!
    link.remote.value = { audio: {} as MediaStream, camera: {} as MediaStream, screen: null }
    expect(media()).toEqual({ microphone: true, camera: true, screen: false })
    link.options.onControl({ kind: 'state', name: 'cyd', media: { microphone: true, camera: false, screen: false } })
    expect(media()).toEqual({ microphone: true, camera: false, screen: false })
  })
})
