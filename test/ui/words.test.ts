/** Every word is there in every language, and no element has words of its own. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Language } from '../../src/ui/languages/language.ts'
import { LANGUAGES, preferredLanguage } from '../../src/ui/language.ts'
import { templatesOf, wordsIn } from './templates.ts'

type Sentence = (...values: unknown[]) => unknown
type Leaf = string | Sentence

const { english, merge } = vi.hoisted(() => {
  /** Some of the words of one part come with the page, others later. */
  const merge = (one: object, other: object): object => Object.fromEntries([...Object.entries(one), ...Object.entries(other)].map(([name, each]) =>
    [name, typeof each === 'object' ? merge((one as Record<string, object>)[name] ?? {}, (other as Record<string, object>)[name] ?? {}) : each]))
  return { english: {} as Record<string, object>, merge }
})
vi.mock('../../src/ui/words.ts', () => ({
  words: (part: string, words: object) => {
    english[part] = merge(english[part] ?? {}, words)
    return words
  },
}))

const UI = fileURLToPath(new URL('../../src/ui/', import.meta.url))
const sources = readdirSync(UI, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.startsWith('languages/'))
const read = (name: string): string => readFileSync(join(UI, name), 'utf8')
const wordFiles = sources.filter((name) => name !== 'words.ts' && /\bwords\(/.test(read(name)))

beforeAll(async () => {
  for (const name of wordFiles) await import(join(UI, name))
})

describe.each(Object.keys(LANGUAGES).filter((tag) => tag !== 'en'))('%s', (tag) => {
  let spoken: Map<string, Leaf>
  let source: Map<string, Leaf>

  beforeAll(async () => {
    const { default: words } = await import(join(UI, `languages/${tag}.ts`)) as { default: Language }
    spoken = leavesOf(words)
    source = leavesOf(english)
  })

  test('has every word, and none that nobody says', () => {
    expect([...spoken.keys()].toSorted()).toEqual([...source.keys()].toSorted())
  })

  test('leaves none empty that says something in English', () => {
    const silent = [...source].filter(([id, leaf]) => (leaf === '') !== (spoken.get(id) === ''))
    expect(silent.map(([id]) => id)).toEqual([])
  })

  test('says what is filled in wherever English does', () => {
    const wrong = [...source].flatMap(([id, leaf]) => {
      const other = spoken.get(id)
      if (typeof leaf === 'string' || typeof other !== 'function') return typeof leaf === typeof other ? [] : [id]
      const [wanted, filled] = [filledIn(leaf), filledIn(other)]
      return wanted === filled ? [] : [`${id}: ${wanted} in English, ${filled} here`]
    })
    expect(wrong).toEqual([])
  })

  test('repeats no English sentence', () => {
    const same = [...source].filter(([id, leaf]) => typeof leaf === 'string' && leaf.split(' ').length > 2 && leaf === spoken.get(id))
    expect(same.map(([id]) => id)).toEqual([])
  })
})

test('French has its narrow spaces, and no others before its marks', () => {
  const files = readdirSync(join(UI, 'languages/fr')).map((name) => `languages/fr/${name}`)
  const texts = files.flatMap((name) => [...read(name).matchAll(/'[^'\n]*'|`[^`\n]*`/g)].map(([text]) => text.replace(/\$\{[^}]*\}/g, 'x')))
  expect(texts.filter((text) => / [;:!?»]|« /.test(text))).toEqual([])
})

describe('no element has words of its own', () => {
  test.each(sources.filter((name) => !wordFiles.includes(name)))('%s', (name) => {
    const source = read(name)
    const written = templatesOf(source).flatMap(wordsIn)
    // A capital, a space: a sentence in code. Messages of errors are for the console, and begin with a small letter.
    const sentences = [...source.matchAll(/'(?<text>\p{Lu}[^'\n]* \p{L}[^'\n]*)'/gu)].map(({ groups }) => groups?.['text'] ?? '')
    expect([...written, ...sentences.filter((text) => !/[{}()=<>]|Segoe|Neue/.test(text))]).toEqual([])
  })

  test('and would be seen if it had', () => {
    const source = 'html`<p title="Some title" class="big wide" @click=${() => html`<b>inner</b>`}>${a > b ? 1 : 2} outer <input placeholder=${x} aria-label="Label it"></p>`'
    expect(templatesOf(source).flatMap(wordsIn)).toEqual(['Some title', 'Label it', 'outer', 'inner'])
  })

  test('every element that says something redraws when the language changes', () => {
    const saying = sources.filter((name) => /import \{[^}]*\} from '\.\.?\/[\w-]*strings\.ts'/.test(read(name)) && read(name).includes('customElements.define'))
    expect(saying.filter((name) => !/extends SignalWatcher\(/.test(read(name)))).toEqual([])
  })
})

test.each([
  ['', ['de-AT', 'en'], 'de'], ['', ['pt-BR', 'es-419'], 'es'], ['fr', ['de'], 'fr'], ['xx', ['nl'], 'nl'], ['', ['ja'], 'en'], ['', [], 'en'], ['constructor', ['NL-be'], 'nl'],
])('chosen %j, with a browser that reads %j: the page speaks %s', (chosen, browser, expected) => {
  expect(preferredLanguage(chosen, browser)).toBe(expected)
})

function leavesOf(words: object, path = ''): Map<string, Leaf> {
  return new Map(Object.entries(words).flatMap(([name, each]: [string, Leaf | object]) => {
    const id = path === '' ? name : `${path}.${name}`
    return typeof each === 'object' ? [...leavesOf(each, id)] : [[id, each as Leaf] as const]
  }))
}

/** Which of its values a sentence shows, for each kind of value that it takes. */
function filledIn(sentence: Sentence): string {
  const kinds: ((position: number) => unknown)[] = [(position) => [`«${position}»`], (position) => `«${position}»`, (position) => 401 + position]
  return kinds.map((kind) => {
    try {
      const said = JSON.stringify(sentence(kind(0), kind(1), kind(2), kind(3)))
      return [0, 1, 2, 3].filter((position) => said.includes(`«${position}»`) || said.includes(String(401 + position))).join('+') || 'nothing'
    } catch {
      // It takes values of another kind.
      return '-'
    }
  }).join(' ')
}
