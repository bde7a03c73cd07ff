/** Puts what we say into the language of the page. */
import { msg } from '@lit/localize'
import { language, sentenceOf } from './language.ts'

type Sentence = (...values: never[]) => unknown
type Words = { readonly [name: string]: string | Sentence | Words }

/** The same words in any language: texts, sentences of the same parameters, and groups of them. */
export type Translation<T> = T extends string ? string
  : T extends (...values: infer Values) => infer Said ? (...values: Values) => Plain<Said>
    : { readonly [Name in keyof T]: Translation<T[Name]> }

type Plain<Said> = Said extends string ? string : { readonly [Index in keyof Said]: string }

/**
 * The English words, with each read in the language that the page speaks at that moment.
 *
 * @param part where the other languages keep the same words, see `languages/language.ts`
 */
export function words<const T extends Words>(part: string, english: T): Translation<T> {
  const spoken = {}
  for (const [name, each] of Object.entries(english)) {
    const id = `${part}.${name}`
    Object.defineProperty(spoken, name, { enumerable: true, ...inLanguage(id, each) })
  }
  return spoken as Translation<T>
}

function inLanguage(id: string, english: Words[string]): PropertyDescriptor {
  if (typeof english === 'object') return { value: words(id, english) }
  if (typeof english === 'string') return { get: () => language.value === 'en' ? english : msg(english, { id }) }
  return { value: (...values: never[]) => language.value === 'en' ? english(...values) : (sentenceOf(id) ?? english)(...values) }
}
