/** Styles turn round with the line of reading. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const UI = fileURLToPath(new URL('../../src/ui/', import.meta.url))
const sheets = readdirSync(UI, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|css)$/.test(name)).map((name) => [name, stylesOf(name)] as const).filter(([, styles]) => styles !== '')

describe.each(sheets)('%s', (_name, styles) => {
  test('has no left and no right', () => {
    expect(sided(styles)).toEqual([])
  })
})

test('a sheet with sides would be seen', () => {
  const styles = 'a { left: 0; margin-right: 1px; padding: 1px 2px 3px 4px; text-align: left; border-left-color: red; inset: 0 auto 0 1px; float: right }'
  expect(sided(styles)).toHaveLength(7)
  expect(sided('a { inset-inline-start: 0; padding: 1px 2px 3px 2px; margin: 0 auto; inset: 1px 2px auto; border-inline-end: 0; padding: 0 calc(1px + 2px) 0 calc(1px + 2px) }')).toEqual([])
})

/** Declarations that name a side, or give the two sides different values; the edges of a device do not turn round. */
function sided(styles: string): string[] {
  const declarations = [...styles.matchAll(/(?<=[;{\s])(?<name>[\w-]+)\s*:\s*(?<value>[^;{}]+)/g)].map(({ groups = {} }) => ({ name: groups['name'] ?? '', value: (groups['value'] ?? '').replace('!important', '').replace(/safe-area-inset-(?:left|right)/g, 'safe-area-inset').trim() }))
  return declarations.filter(({ name, value }) => {
    if (/^(?:left|right|float|clear)$|^(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|^border-(?:top|bottom)-(?:left|right)-radius$/.test(name)) return true
    if (name === 'text-align' || name === 'transform-origin') return /\b(?:left|right)\b/.test(value)
    if (!/^(?:margin|padding|inset|border-color|border-style)$/.test(name)) return false
    const [, right, , left] = parts(value)
    return left !== undefined && left !== right
  }).map(({ name, value }) => `${name}: ${value}`)
}

/** The values of a shorthand; what stands in parentheses belongs together. */
function parts(value: string): string[] {
  const found: string[] = []
  let depth = 0
  for (const word of value.split(/\s+/)) {
    if (depth > 0) found.push(`${found.pop() ?? ''} ${word}`)
    else found.push(word)
    depth += word.split('(').length - word.split(')').length
  }
  return found
}

/** What stands in the `css` templates of a file, without comments. */
function stylesOf(name: string): string {
  const source = readFileSync(join(UI, name), 'utf8')
  const styles = name.endsWith('.css') ? source : [...source.matchAll(/\bcss`(?<styles>[^`]*)`/g)].map(({ groups }) => groups?.['styles'] ?? '').join('\n')
  return styles.replace(/\/\*[\s\S]*?\*\//g, '')
}
