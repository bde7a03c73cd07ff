import { describe, expect, it } from 'vitest'
import { MAX_NAME_CODE_POINTS, MAX_TOPIC_CODE_POINTS, parseName, parseTopic } from '../../src/wire/index.ts'
import { refusalOf } from './samples.ts'

describe('parseTopic', () => {
  it.each([
    ['lower case', 'Team Standup', 'team-standup'],
    ['no outer white space', ' \t\u00a0standup\n', 'standup'],
    ['one dash for a run of white space of any kind', 'a \u3000\t b', 'a-b'],
    ['dashes kept as typed', 'a--b -c', 'a--b--c'],
    ['composed characters', 'cafe\u0301', 'café'],
    ['composed after lower case', '\u0130stanbul', 'i\u0307stanbul'],
    ['composed where only the lower case has a composed form', 'H\u0331', '\u1e96'],
    ['the Kelvin sign as k', '\u212a2', 'k2'],
    ['punctuation', '100% & more: "yes"!', '100%-&-more:-"yes"!'],
    ['Chinese', '每日站会', '每日站会'],
    ['Arabic', 'اجتماع الفريق', 'اجتماع-الفريق'],
    ['Persian with its non-joiner', 'می‌خواهم', 'می‌خواهم'],
    ['Hindi with a joiner', 'क्‍ष', 'क्‍ष'],
    ['Thai', 'ประชุม', 'ประชุม'],
    ['Mongolian with its vowel separator', 'ᠠᠨ\u180Eᠠ', 'ᠠᠨ\u180Eᠠ'],
    ['an emoji', 'Fire 🔥', 'fire-🔥'],
    ['an emoji sequence with joiners', '👩🏽‍🚀👨‍👩‍👧', '👩🏽‍🚀👨‍👩‍👧'],
    ['a flag of letters', '🇳🇿', '🇳🇿'],
    ['a flag of tags', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['no variation selectors, as keyboards disagree about them', '❤\ufe0f\u200d🔥 1\ufe0f⃣', '❤\u200d🔥-1⃣'],
  ])('makes of what was typed: %s', (_rule, typed, topic) => {
    expect(parseTopic(typed)).toBe(topic)
    expect(parseTopic(topic)).toBe(topic)
  })

  it('brings composed and decomposed spellings to the same room', () => {
    expect(parseTopic('Zu\u0308rich')).toBe(parseTopic('ZÜRICH'))
  })

  it.each([
    ['nothing', ''], ['white space only', ' \n\u2003\u2800'], ['a variation selector only', '\ufe0f'],
  ])('refuses %s as empty', async (_what, typed) => {
    expect(await refusalOf(() => parseTopic(typed))).toBe('topic-empty')
  })

  it.each([
    ['a slash', 'a/b'], ['a question mark', 'why?'], ['a hash', '#general'],
    ['a control character', 'a\u0000b'], ['a C1 control character', 'a\u0090b'],
    ['an unpaired high surrogate', 'a\ud83d'], ['an unpaired low surrogate', '\ude00a'],
    ['private use', 'a\ue000'], ['an unassigned code point', 'a\u0378'], ['a noncharacter', 'a\ufffe'],
    ['a zero width space', 'pay\u200bpal'], ['a soft hyphen', 'pay\u00adpal'], ['a word joiner', 'pay\u2060pal'],
    ['a joiner between Latin letters', 'pay\u200dpal'], ['a non-joiner at the end', 'می\u200c'],
    ['a joiner that joins an emoji to nothing', '👩\u200d'], ['a joiner between an emoji and a letter', '👩\u200da'],
    ['a right-to-left override', 'a\u202eb'], ['a bidirectional isolate', 'a\u2066b'], ['a right-to-left mark', 'a\u200fb'],
    ['a Hangul filler', '\u3164'], ['a tag character without a flag', 'a\u{e0067}'],
    ['a flag of tags without its end', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}'],
  ])('refuses %s as unprintable', async (_what, typed) => {
    expect(await refusalOf(() => parseTopic(typed))).toBe('topic-unprintable')
  })

  it('counts code points, after normalisation, against the limit', async () => {
    const n = MAX_TOPIC_CODE_POINTS
    expect(parseTopic('🔥'.repeat(n))).toBe('🔥'.repeat(n))
    expect(parseTopic(` ${'e\u0301'.repeat(n)} `)).toBe('é'.repeat(n))
    expect(await refusalOf(() => parseTopic('🔥'.repeat(n + 1)))).toBe('topic-too-long')
    expect(await refusalOf(() => parseTopic('x'.repeat(10_000_000)))).toBe('topic-too-long')
  })

  it('is idempotent for every code point that it accepts', { timeout: 60_000 }, () => {
    const unstable: string[] = []
    let accepted = 0
    for (let point = 0; point <= 0x1ffff; point += 1) {
      const typed = `a${String.fromCodePoint(point)}b`
      try {
        const topic = parseTopic(typed)
        accepted += 1
        if (parseTopic(topic) !== topic) unstable.push(point.toString(16))
      } catch {
        // Which ones are refused is the business of the tests above; what kind of error it is, of fuzz.test.ts.
      }
    }
    expect(unstable).toEqual([])
    expect(accepted).toBeGreaterThan(70_000)
  })
})

describe('parseName', () => {
  it.each([
    ['keeps case and single spaces', '  Ada  Lovelace\n', 'Ada Lovelace'],
    ['composes', 'Jose\u0301', 'José'],
    ['turns controls into spaces', 'Ada\u0000\u001bLovelace', 'Ada Lovelace'],
    ['removes overrides and zero width characters', 'A\u202ed\u200ba', 'Ada'],
    ['composes what a removed character kept apart', 'e\u200b\u0301', 'é'],
    ['removes unpaired surrogates', '\ud800Ada\udc00', 'Ada'],
    ['removes private use', 'Ada\uf8ff', 'Ada'],
    ['keeps emoji sequences whole', 'Ada 👩🏽‍🚀 ❤\ufe0f', 'Ada 👩🏽‍🚀 ❤\ufe0f'],
    ['keeps joiners where they shape', 'می‌خواهم', 'می‌خواهم'],
    ['is empty when nothing can be seen', ' \u200b\u2800\u202e\u0007', ''],
  ])('%s', (_rule, typed, name) => {
    expect(parseName(typed)).toBe(name)
    expect(parseName(name)).toBe(name)
  })

  it('cuts at the limit, in code points', () => {
    const n = MAX_NAME_CODE_POINTS
    expect(parseName('🔥'.repeat(n))).toBe('🔥'.repeat(n))
    expect(parseName('🔥'.repeat(n + 1))).toBe('🔥'.repeat(n))
  })

  it('leaves no joiner, half flag or space behind where it cuts', () => {
    const filler = 'x'.repeat(MAX_NAME_CODE_POINTS - 2)
    expect(parseName(`${filler}👩\u200d🚀`)).toBe(`${filler}👩`)
    expect(parseName(`${filler}🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}`)).toBe(`${filler}🏴`)
    expect(parseName(`${filler}x yz`)).toBe(`${filler}x`)
  })
})
