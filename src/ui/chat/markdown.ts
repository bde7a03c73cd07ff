/** What of a chat text means more than its letters. A subset of Markdown, read without ever losing a character. */
import { findLinks } from './links.ts'

/** Text within a line. `marker` stands on both sides of the parts. */
export type Span =
  | { kind: 'text', text: string }
  | { kind: 'code', text: string }
  | { kind: 'link', text: string, url: string, shown: string }
  | { kind: 'bold' | 'italic' | 'strike', marker: string, parts: Span[] }

/** One or more lines. `source` is what was typed, for whoever wants it back. */
export type Block =
  | { kind: 'text', source: string, parts: Span[] }
  | { kind: 'quote', source: string, parts: Span[] }
  | { kind: 'list', source: string, items: Span[][] }
  | { kind: 'code', source: string, text: string }

/** Marks within marks; more than these nobody means. */
const MAX_DEPTH = 4
const FENCE = /^```[\w+#.-]{0,20}$/
const QUOTE = /^> ?/
const ITEM = /^[-*•] +(?=\S)/

const MARKERS = { '**': 'bold', '__': 'bold', '~~': 'strike', '*': 'italic', '_': 'italic' } as const

/** Reads a text. The `source`s of the blocks, with line feeds between them, are the text. Never throws. */
export function parseMarkdown(text: string): Block[] {
  const lines = text.split('\n')
  const blocks: Block[] = []
  for (let at = 0; at < lines.length;) {
    const block = codeAt(lines, at) ?? runAt(lines, at)
    blocks.push(block)
    at += block.source.split('\n').length
  }
  return blocks
}

function codeAt(lines: readonly string[], at: number): Block | null {
  if (!FENCE.test(lines[at] ?? '')) return null
  const end = lines.indexOf('```', at + 1)
  if (end < 0) return null
  return { kind: 'code', source: lines.slice(at, end + 1).join('\n'), text: lines.slice(at + 1, end).join('\n') }
}

/** Lines of one kind that follow each other. */
function runAt(lines: readonly string[], at: number): Block {
  const kindOf = (line: string): 'quote' | 'list' | 'text' => QUOTE.test(line) ? 'quote' : ITEM.test(line) ? 'list' : 'text'
  const kind = kindOf(lines[at] ?? '')
  let end = at + 1
  while (end < lines.length && kindOf(lines[end] ?? '') === kind && codeAt(lines, end) === null) end += 1
  const run = lines.slice(at, end)
  const source = run.join('\n')
  switch (kind) {
    case 'quote': return { kind, source, parts: parseSpans(run.map((line) => line.replace(QUOTE, '')).join('\n')) }
    case 'list': return { kind, source, items: run.map((line) => parseSpans(line.replace(ITEM, ''))) }
    case 'text': return { kind, source, parts: parseSpans(source) }
  }
}

/** Reads what stands within lines. Written out again, marks and all, the spans are the text. */
export function parseSpans(text: string, depth = 0): Span[] {
  const spans: Span[] = []
  let plainFrom = 0
  const flush = (to: number): void => {
    if (to > plainFrom) spans.push({ kind: 'text', text: text.slice(plainFrom, to) })
  }
  const links = new Map(findLinks(text).map((link) => [link.at, link]))
  /** Marks that have nothing to close them, and up to where. */
  const open = new Map<string, number>()
  for (let at = 0; at < text.length;) {
    const link = links.get(at)
    const found = link ? { span: { kind: 'link' as const, text: text.slice(at, at + link.length), url: link.url, shown: link.shown }, length: link.length }
      : codeSpanAt(text, at, open) ?? markedAt(text, at, depth, open)
    if (found === null) {
      at += 1
      continue
    }
    flush(at)
    spans.push(found.span)
    at += found.length
    plainFrom = at
  }
  flush(text.length)
  return spans
}

interface Found { span: Span, length: number }

function codeSpanAt(text: string, at: number, open: Map<string, number>): Found | null {
  if (text[at] !== '`' || open.has('`')) return null
  const end = text.indexOf('`', at + 1)
  if (end < 0) open.set('`', text.length)
  const inside = end < 0 ? '' : text.slice(at + 1, end)
  return inside === '' || inside.includes('\n') ? null : { span: { kind: 'code', text: inside }, length: end + 1 - at }
}

function markedAt(text: string, at: number, depth: number, open: Map<string, number>): Found | null {
  if (depth >= MAX_DEPTH || !'*_~'.includes(text[at] ?? ' ')) return null
  for (const [marker, kind] of Object.entries(MARKERS)) {
    if (at < (open.get(marker) ?? 0) || !text.startsWith(marker, at) || !begins(text, at, marker)) continue
    const limit = paragraphEnd(text, at)
    const end = endOf(text, at + marker.length, marker, limit)
    if (end < 0) open.set(marker, limit)
    else return { span: { kind, marker, parts: parseSpans(text.slice(at + marker.length, end), depth + 1) }, length: end + marker.length - at }
  }
  return null
}

/** At the beginning of a word: 2 * 3 * 4 and snake_case_names mean what they say. */
function begins(text: string, at: number, marker: string): boolean {
  const next = text[at + marker.length]
  return !isWord(text[at - 1]) && text[at - 1] !== marker[0] && next !== undefined && next !== marker[0] && /\S/.test(next)
}

function endOf(text: string, from: number, marker: string, limit: number): number {
  for (let end = text.indexOf(marker, from + 1); end >= 0 && end <= limit; end = text.indexOf(marker, end + 1)) {
    const after = text[end + marker.length]
    if (/\S/.test(text[end - 1] ?? ' ') && text[end - 1] !== marker[0] && !isWord(after) && after !== marker[0]) return end
  }
  return -1
}

/** Marks do not reach over an empty line. */
function paragraphEnd(text: string, at: number): number {
  const end = text.indexOf('\n\n', at)
  return end < 0 ? text.length : end
}

function isWord(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}]/u.test(letter)
}
