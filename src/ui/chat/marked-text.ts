import { css, html, type TemplateResult } from 'lit'
import { parseMarkdown, type Block, type Span } from './markdown.ts'

/** Texts are read once: lines are drawn again and again. */
const read = new WeakMap<object, Block[]>()

/** A chat text with its marks as elements. Never HTML of the text's own; `key` is the line that says it. */
export function markedText(key: object, text: string): TemplateResult {
  let blocks = read.get(key)
  if (blocks === undefined) read.set(key, blocks = parseMarkdown(text))
  return html`<div class="text" dir="auto">${blocks.map(block)}</div>`
}

function block(of: Block): TemplateResult {
  switch (of.kind) {
    case 'text': return html`<p>${spans(of.parts)}</p>`
    case 'quote': return html`<blockquote dir="auto">${spans(of.parts)}</blockquote>`
    case 'list': return html`<ul class="items">${of.items.map((item) => html`<li dir="auto">${spans(item)}</li>`)}</ul>`
    // Wide code scrolls, and so it must be reached by keyboard.
    case 'code': return html`<pre dir="ltr" tabindex="0"><code>${of.text}</code></pre>`
  }
}

function spans(all: readonly Span[]): (TemplateResult | string)[] {
  return all.map(span)
}

function span(of: Span): TemplateResult | string {
  switch (of.kind) {
    case 'text': return of.text
    case 'code': return html`<code dir="ltr">${of.text}</code>`
    case 'bold': return html`<strong>${spans(of.parts)}</strong>`
    case 'italic': return html`<em>${spans(of.parts)}</em>`
    case 'strike': return html`<s>${spans(of.parts)}</s>`
    // Isolated and left to right: neither the text around it nor its own letters can turn an address around.
    case 'link': return html`<a href=${of.url} title=${of.url} dir="ltr" target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer">${of.shown}</a>`
  }
}

export const markedStyles = css`
  .text { overflow-wrap: anywhere; unicode-bidi: plaintext; }
  .text p { white-space: pre-wrap; }
  .text blockquote { margin: var(--space-1) 0; padding-inline-start: var(--space-3); border-inline-start: 3px solid var(--field-line); color: var(--text-quiet); white-space: pre-wrap; }
  .text .items { list-style: disc; padding-inline-start: 1.25em; }
  .text .items li { margin: 0; white-space: pre-wrap; }
  .text code { font-family: ui-monospace, monospace; font-size: 0.875em; padding: 0.1em 0.3em; border-radius: 0.3em; background: var(--raised); unicode-bidi: isolate; }
  .text pre { margin: var(--space-1) 0; padding: var(--space-2) var(--space-3); border-radius: var(--radius-small); background: var(--raised); overflow-x: auto; }
  .text pre code { padding: 0; background: none; white-space: pre; overflow-wrap: normal; }
  .text a { color: var(--accent); unicode-bidi: isolate; }
`
