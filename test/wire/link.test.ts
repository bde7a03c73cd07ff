import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatLink, MAX_ADDRESS_CHARS, MAX_LINK_ADDRESSES, newSecret, parseLink, parseTopic } from '../../src/wire/index.ts'
import type { Topic } from '../../src/wire/index.ts'
import { hostileText } from './hostile.ts'
import { ALICE, BOB, refusalOf, SECRET } from './samples.ts'

const NOTHING = { topic: '', secret: '', relays: [], peers: [], name: '', code: '', joinNow: false }
const RELAY = '/dns4/relay.example/tcp/443/wss'
const PEER = `${RELAY}/p2p/${BOB}/p2p-circuit/webrtc/p2p/${ALICE}`

describe('parseLink', () => {
  it.each([
    ['', NOTHING],
    ['#', NOTHING],
    ['#/?code=AbC-_9', { ...NOTHING, code: 'parley:AbC-_9' }],
    ['#/', NOTHING],
    ['#/?', NOTHING],
    ['#/team-standup', { ...NOTHING, topic: 'team-standup' }],
    ['#/Team%20Standup', { ...NOTHING, topic: 'team-standup' }],
    ['#/caf%C3%A9', { ...NOTHING, topic: 'café' }],
    ['#/café', { ...NOTHING, topic: 'café' }],
    ['#/a+b', { ...NOTHING, topic: 'a+b' }],
    [`#/team/${SECRET}`, { ...NOTHING, topic: 'team', secret: SECRET }],
    [`#/team/${SECRET}?join=now`, { ...NOTHING, topic: 'team', secret: SECRET, joinNow: true }],
    [`#/?peer=${PEER}`, { ...NOTHING, peers: [PEER] }],
    [`#/team?relay=${RELAY}&relay=${encodeURIComponent(PEER)}&peer=${PEER}&name=Ada%20L.&`,
      { ...NOTHING, topic: 'team', relays: [RELAY, PEER], peers: [PEER], name: 'Ada L.' }],
    ['#/?name=a%2Bb%26c', { ...NOTHING, name: 'a+b&c' }],
    ['#/?name=', NOTHING],
    ['#/?join=now', NOTHING],
  ])('reads %s', (hash, link) => {
    expect(parseLink(hash)).toEqual(link)
  })

  it.each([
    ['#team', 'link-malformed'],
    ['team', 'link-malformed'],
    ['/#/team', 'link-malformed'],
    ['#/%', 'link-malformed'],
    ['#/%ff', 'link-malformed'],
    ['#/?name=%', 'link-malformed'],
    [`#/team/${SECRET}/`, 'link-malformed'],
    [`#/team/${SECRET}/more`, 'link-malformed'],
    ['#/team?join', 'link-malformed'],
    ['#/team?join=later', 'link-malformed'],
    ['#/team?join=now&join=now', 'link-malformed'],
    ['#/?name=a&name=b', 'link-malformed'],
    [`#/${'a'.repeat(40_000)}`, 'link-malformed'],
    ['#/team?colour=red', 'link-unknown-parameter'],
    ['#/team?Join=now', 'link-unknown-parameter'],
    ['#/team?__proto__=x', 'link-unknown-parameter'],
    ['#/team?toString=x', 'link-unknown-parameter'],
    ['#/team?=x', 'link-unknown-parameter'],
    ['#/a%2Fb', 'topic-unprintable'],
    ['#/a%00b', 'topic-unprintable'],
    ['#/%20', 'topic-empty'],
    [`#//${SECRET}`, 'topic-empty'],
    [`#/${'a'.repeat(65)}`, 'topic-too-long'],
    ['#/team/', 'secret-malformed'],
    ['#/team/short', 'secret-malformed'],
    ['#/?relay=relay.example', 'address-malformed'],
    ['#/?peer=nobody', 'address-malformed'],
    [`#/?peer=${RELAY}`, 'address-not-a-peer'],
  ] as const)('refuses %s', async (hash, code) => {
    expect(await refusalOf(() => parseLink(hash))).toBe(code)
  })

  it('names the parameter that it does not know', () => {
    expect(() => parseLink('#/team?colour=red')).toThrow('colour')
  })

  it.each(['relay', 'peer'])('takes the most %ss allowed, of the greatest length, and no more', async (parameter) => {
    const longest = `/p2p/${ALICE}/`.padEnd(MAX_ADDRESS_CHARS, '+')
    const pairs = Array.from({ length: MAX_LINK_ADDRESSES }, () => `${parameter}=${encodeURIComponent(longest)}`)
    const link = parseLink(`#/team?${pairs.join('&')}`)
    expect([...link.relays, ...link.peers]).toEqual(Array.from({ length: MAX_LINK_ADDRESSES }, () => longest))
    expect(await refusalOf(() => parseLink(`#/team?${[...pairs, pairs[0]].join('&')}`))).toBe('link-malformed')
  })
})

describe('formatLink', () => {
  it('puts the room behind the hash, wherever the app is served', () => {
    const topic = parseTopic('Team Standup')
    expect(formatLink('https://host', { topic, secret: '' })).toBe('https://host/#/team-standup')
    expect(formatLink('https://host/', { topic, secret: SECRET })).toBe(`https://host/#/team-standup/${SECRET}`)
    expect(formatLink('https://host/app/', { topic, secret: '' })).toBe('https://host/app/#/team-standup')
  })

  it('encodes what would end a link in running text', () => {
    expect(formatLink('https://host', { topic: parseTopic(`(it's) v1.0*!.`), secret: '' }))
      .toBe('https://host/#/%28it%27s%29-v1.0%2A%21%2E')
  })

  it('writes what parseLink reads back, also by way of a URL', () => {
    const topics = hostileText.map(topicOrNull).filter((topic) => topic !== null)
    fc.assert(fc.property(topics, fc.boolean(), (topic, isPrivate) => {
      const secret = isPrivate ? newSecret() : ''
      const { hash } = new URL(formatLink('https://host', { topic, secret }))
      expect(parseLink(hash)).toEqual({ ...NOTHING, topic, secret })
    }), { numRuns: 1000 })
  })
})

function topicOrNull(text: string): Topic | null {
  try {
    return parseTopic(text)
  } catch {
    // Not a topic, so not a case for this test.
    return null
  }
}
