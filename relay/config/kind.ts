/** How a value is written: one text becomes one value, and back. */
export interface Kind<T> {
  /** Stands for the value in the help text. */
  readonly placeholder: string
  /** Completes the sentence "it should be ...". */
  readonly expected: string
  /** The value of a text; undefined when it has none. */
  parse(text: string): T | undefined
  /** A text that `parse` reads as the same value. */
  format(value: T): string
}

/** A kind whose values are texts; `read` gives the text in its proper form, or undefined when it is none. */
export function textKind(placeholder: string, expected: string, read: (text: string) => string | undefined): Kind<string> {
  return { placeholder, expected, parse: read, format: (value) => value }
}

const YES = ['yes', 'true', 'on', '1']
const NO = ['no', 'false', 'off', '0']

/** A choice of two; as a flag it needs no value. */
export const yesNo: Kind<boolean> = {
  placeholder: '',
  expected: 'yes or no',
  parse: (text) => saysYes(text) ? true : NO.includes(text.toLowerCase()) ? false : undefined,
  format: (value) => value ? 'yes' : 'no'
}

/** Whether a text is one of those that mean yes. */
export function saysYes(text = ''): boolean {
  return YES.includes(text.toLowerCase())
}

/** One of a few words. */
export function choice<const Word extends string>(words: readonly Word[]): Kind<Word> {
  return {
    placeholder: 'WORD',
    expected: `one of ${words.join(', ')}`,
    parse: (text) => words.find((word) => word === text),
    format: (value) => value
  }
}

/** Something that is not to be shown; see `Setting.secret`. */
export const secretText: Kind<string> = textKind('SECRET', 'a text of at least one character', someText)

/** A file or folder. */
export const filePath: Kind<string> = textKind('PATH', 'the path of a file or folder', someText)

function someText(text: string): string | undefined {
  return text === '' ? undefined : text
}
