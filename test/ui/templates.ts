/** The words that stand in an element's templates, read from its source. */

/** What a person reads or hears of an element, beside its text. */
const SPOKEN_ATTRIBUTES = /(?:aria-label|aria-description|aria-roledescription|aria-valuetext|title|placeholder|alt|label)="(?<value>[^"]*)"/g

/** The `html` templates of a source, inner ones too, with a blank for each value. */
export function templatesOf(source: string): string[] {
  const found: string[] = []
  for (const { index } of source.matchAll(/\bhtml`/g)) found.push(template(source, index + 'html`'.length).text)
  return found
}

/** Words in the texts and spoken attributes of a template. */
export function wordsIn(template: string): string[] {
  const attributes = [...template.matchAll(SPOKEN_ATTRIBUTES)].map(({ groups }) => groups?.['value'] ?? '')
  const texts = template.replace(/<!--[\s\S]*?-->/g, ' ').split(/<[^>]*>/).flatMap((text) => text.split('\0'))
  return [...attributes, ...texts].map((text) => text.replace(/&\w+;/g, '').trim()).filter((text) => /\p{L}/u.test(text))
}

/** The template that begins at `start`, and where it ends. */
function template(source: string, start: number): { text: string, end: number } {
  let text = ''
  for (let at = start; at < source.length; at++) {
    if (source[at] === '`') return { text, end: at }
    if (source[at] === '\\') at++
    else if (source.startsWith('${', at)) {
      at = expressionEnd(source, at + 2)
      text += '\0'
    } else text += source[at]
  }
  throw new Error('a template without an end')
}

/** Where the expression in a template ends: at the brace that closes it. */
function expressionEnd(source: string, start: number): number {
  let depth = 0
  for (let at = start; at < source.length; at++) {
    const sign = source[at]
    if (sign === '`') at = template(source, at + 1).end
    else if (sign === "'") at = source.indexOf("'", at + 1)
    else if (sign === '{') depth++
    else if (sign === '}' && depth-- === 0) return at
  }
  throw new Error('an expression without an end')
}
