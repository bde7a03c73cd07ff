import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findLinks } from '../../../src/ui/chat/links.ts'
import { parseMarkdown, parseSpans, type Span } from '../../../src/ui/chat/markdown.ts'
import { hostileText } from '../../wire/hostile.ts'

/** Spans as they were typed. */
function typed(spans: readonly Span[]): string {
  return spans.map((span) => {
    switch (span.kind) {
      case 'text': case 'link': return span.text
      case 'code': return `\`${span.text}\``
      default: return span.marker + typed(span.parts) + span.marker
    }
  }).join('')
}

/** Spans as tags, for comparing. */
function tagged(spans: readonly Span[]): string {
  return spans.map((span) => {
    switch (span.kind) {
      case 'text': return span.text
      case 'link': return `<a>${span.shown}</a>`
      case 'code': return `<code>${span.text}</code>`
      default: return `<${span.kind}>${tagged(span.parts)}</${span.kind}>`
    }
  }).join('')
}

const pieces = fc.constantFrom('*', '**', '_', '__', '~~', '`', '```', '\n', '> ', '- ', ' ', 'a', 'word', 'https://x.example/(a)', 'mailto:a@b', '👋🏽', 'é', '\u200F', '\\')
const mixed = fc.oneof(fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')), hostileText.map((text) => text.slice(0, 4_000)))

describe('chat text', () => {
  test('is never lost, whatever it is', () => {
    fc.assert(fc.property(mixed, (text) => {
      expect(parseMarkdown(text).map(({ source }) => source).join('\n')).toBe(text)
      expect(typed(parseSpans(text))).toBe(text)
      for (const block of parseMarkdown(text)) {
        if (block.kind === 'text') expect(typed(block.parts)).toBe(block.source)
        if (block.kind === 'list') expect(block.items).toHaveLength(block.source.split('\n').length)
      }
    }), { numRuns: 5_000, seed: 7 })
  })

  test.each([
    ['**bold** and *italic*, _italic_ too', '<bold>bold</bold> and <italic>italic</italic>, <italic>italic</italic> too'],
    ['~~gone~~ `code *as is*`', '<strike>gone</strike> <code>code *as is*</code>'],
    ['**bold *and* italic**', '<bold>bold <italic>and</italic> italic</bold>'],
    ['2*3*4 = 24, 2 * 3', '2*3*4 = 24, 2 * 3'],
    ['snake_case_name __init__', 'snake_case_name <bold>init</bold>'],
    ['**never closed', '**never closed'],
    ['*never closed\n\n*here* it is', '*never closed\n\n<italic>here</italic> it is'],
    ['* not * italic *', '* not * italic *'],
    ['a ** b ** c', 'a ** b ** c'],
    ['****', '****'],
    ['`', '`'],
    ['*a', '*a'],
    ['<b>not</b> <script>alert(1)</script>', '<b>not</b> <script>alert(1)</script>'],
  ])('%j', (text, expected) => {
    expect(tagged(parseSpans(text))).toBe(expected)
  })

  test('has quotes, lists and blocks of code', () => {
    const text = 'see:\n> one\n> **two**\n- a\n- b\n```js\n*x*\n```\nend'
    expect(parseMarkdown(text).map(({ kind }) => kind)).toEqual(['text', 'quote', 'list', 'code', 'text'])
    expect(parseMarkdown(text)[3]).toMatchObject({ text: '*x*' })
  })

  test('keeps an open block of code as text', () => {
    expect(parseMarkdown('```\n*x*').map(({ kind }) => kind)).toEqual(['text'])
  })

  test.each(['*', '**', '_', '~~', '`', '*a ', '*a\n\n', '**a* ', '> ', '```\n', 'http://', '_a_b', '[', '(((((http://a'])('of 4000 characters of %j is read to the end', (piece) => {
    const text = piece.repeat(Math.ceil(4_000 / piece.length))
    expect(parseMarkdown(text).map(({ source }) => source).join('\n')).toBe(text)
  })
})

describe('a link', () => {
  const shown = (text: string): string[] => findLinks(text).map((link) => link.shown)

  test.each([
    ['see https://example.org/a?b=c#d.', ['https://example.org/a?b=c#d']],
    ['(https://example.org/wiki/A_(b))', ['https://example.org/wiki/A_(b)']],
    ['https://a.example, http://b.example!', ['https://a.example', 'http://b.example']],
    ['write to mailto:ada@example.org', ['mailto:ada@example.org']],
    ['javascript:alert(1) data:text/html,x file:///etc/passwd ftp://a.b', []],
    ['xhttps://a.example', []],
    ['https://', []],
    ['https://bank.example@evil.example/', []],
    ['https://user:pass@evil.example/', []],
    ['mailto:a@b?subject=x&cc=everybody', []],
    ['HTTPS://EXAMPLE.ORG', ['HTTPS://EXAMPLE.ORG']],
  ])('%j', (text, expected) => {
    expect(shown(text)).toEqual(expected)
  })

  test('of a host in another script shows what the name service sees', () => {
    // The second letter is Cyrillic.
    expect(shown('https://p\u0430ypal.com/login')).toEqual(['https://xn--pypal-4ve.com/login'])
    expect(shown('https://xn--pypal-4ve.com/login')).toEqual(['https://xn--pypal-4ve.com/login'])
    expect(shown('https://bücher.example/straße')).toEqual(['https://xn--bcher-kva.example/straße'])
  })

  test('that would deceive by what cannot be seen, or what looks like the end of a host, is shown in codes', () => {
    expect(shown('https://a.example/\u200Bx\u200F')).toEqual(['https://a.example/%E2%80%8Bx%E2%80%8F'])
    expect(shown('https://a.example/\u2215b.example')).toEqual(['https://a.example/%E2%88%95b.example'])
  })

  test('never leads anywhere but to the web or into a mail', () => {
    fc.assert(fc.property(fc.oneof(mixed, fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.string().map((text) => `https://${text}`)), (text) => {
      for (const { url, at, length } of findLinks(text)) {
        expect(['http:', 'https:', 'mailto:']).toContain(new URL(url).protocol)
        expect(text.slice(at, at + length).length).toBe(length)
      }
    }), { numRuns: 3_000, seed: 7 })
  })
})
