/** Which language the page speaks. Only English comes with the page; the words of another are fetched when it is chosen. */
import { configureLocalization } from '@lit/localize'
import { signal, type ReadonlySignal } from '../util/signals.ts'
import type { Language } from './languages/language.ts'

/** Tags of the languages, each called by its own name, and how each is written. */
export const LANGUAGES = {
  de: { name: 'Deutsch', direction: 'ltr' },
  en: { name: 'English', direction: 'ltr' },
  es: { name: 'Español', direction: 'ltr' },
  fr: { name: 'Français', direction: 'ltr' },
  nl: { name: 'Nederlands', direction: 'ltr' },
} as const satisfies Record<string, { name: string, direction: 'ltr' | 'rtl' }>

export type LanguageTag = keyof typeof LANGUAGES

const SOURCE = 'en'
const WORDS: Record<Exclude<LanguageTag, typeof SOURCE>, () => Promise<{ default: Language }>> = {
  de: () => import('./languages/de.ts'),
  es: () => import('./languages/es.ts'),
  fr: () => import('./languages/fr.ts'),
  nl: () => import('./languages/nl.ts'),
}

type Sentence = (...values: never[]) => unknown
type Words = { readonly [name: string]: string | Sentence | Words }

const current = signal<LanguageTag>(SOURCE)
/** The language of the words on the page. Reading any word reads it, so that elements that watch signals redraw when it changes. */
export const language: ReadonlySignal<LanguageTag> = current

let wanted: LanguageTag = SOURCE
/** What @lit/localize asks for next, and the sentences with something to fill in, which it does not know. */
const loaded = { templates: {} as Record<string, string>, sentences: {} as Record<string, Sentence> }
let sentences: Readonly<Record<string, Sentence>> = {}

const { setLocale } = configureLocalization({
  sourceLocale: SOURCE,
  targetLocales: Object.keys(WORDS),
  loadLocale: async () => ({ templates: loaded.templates }),
})

/**
 * Speaks this language from when its words have come: at once for English. The language asked for last wins: resolves
 * whether it is this one.
 *
 * @throws {TypeError} when the words could not be fetched; the page goes on in the language that it had
 */
export async function speak(tag: LanguageTag): Promise<boolean> {
  wanted = tag
  const words = tag === SOURCE ? undefined : (await WORDS[tag]()).default
  if (wanted !== tag) return false
  if (tag === current.peek()) return true
  loaded.templates = {}
  loaded.sentences = {}
  if (words !== undefined) flatten(words as unknown as Words, '')
  await setLocale(tag)
  if (wanted !== tag) return false
  sentences = loaded.sentences
  document.documentElement.lang = tag
  document.documentElement.dir = LANGUAGES[tag].direction
  current.value = tag
  return true
}

/** A sentence with something to fill in, as the present language has it; undefined for English. */
export function sentenceOf(id: string): Sentence | undefined {
  return sentences[id]
}

/** What a person would like to read: what they chose, else the first of the browser's languages that we speak. */
export function preferredLanguage(chosen: string, browser: readonly string[]): LanguageTag {
  for (const tag of [chosen, ...browser]) {
    const [primary = ''] = tag.toLowerCase().split('-')
    if (isLanguage(primary)) return primary
  }
  return SOURCE
}

function isLanguage(tag: string): tag is LanguageTag {
  return Object.hasOwn(LANGUAGES, tag)
}

function flatten(words: Words, path: string): void {
  for (const [name, each] of Object.entries(words)) {
    const id = path === '' ? name : `${path}.${name}`
    if (typeof each === 'string') loaded.templates[id] = each
    else if (typeof each === 'function') loaded.sentences[id] = each
    else flatten(each, id)
  }
}
