/** Numbers, times and lists as a language writes them. */
import { language } from './language.ts'

export interface Formats {
  /** "Ada, Bob, and Cyd" */
  list(items: readonly string[]): string
  /** The form for this count; forms that a language does not tell apart may be left out. */
  plural(count: number, forms: PluralForms): string
  number(value: number, options?: Intl.NumberFormatOptions): string
  /** A time of day; of `at`, milliseconds since 1970. */
  time(at: number, options?: Intl.DateTimeFormatOptions): string
  /** A day with its name: "Monday, 23 November"; of `at`, milliseconds since 1970. */
  date(at: number): string
  /** A length of time in its largest unit: "3 min". */
  duration(seconds: number): string
}

type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

const made = new Map<string, Formats>()

/** How the page's language writes it, or another. Where the browser names a region of the language, as that region does. */
export function formats(tag: string = language.value): Formats {
  let found = made.get(tag)
  if (found === undefined) made.set(tag, found = create(regionOf(tag)))
  return found
}

function create(locale: string): Formats {
  const lists = new Intl.ListFormat(locale)
  const plurals = new Intl.PluralRules(locale)
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  const days = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' })
  return {
    list: (items) => lists.format(items),
    plural: (count, forms) => forms[plurals.select(count)] ?? forms.other,
    number: (value, options) => value.toLocaleString(locale, options),
    date: (at) => days.format(at),
    duration: (seconds) => {
      const [unit, length] = seconds < 90 ? ['second', 1] as const : seconds < 5_400 ? ['minute', 60] as const : ['hour', 3_600] as const
      return Math.round(seconds / length).toLocaleString(locale, { style: 'unit', unit, unitDisplay: 'short' })
    },
    time: (at, options) => options === undefined ? clock.format(at) : new Date(at).toLocaleTimeString(locale, options),
  }
}

/** The browser's own variant of the language, such as de-AT: there the time may be written in another way. */
function regionOf(tag: string): string {
  const own: readonly string[] = globalThis.navigator?.languages ?? []
  return own.find((each) => each.toLowerCase().split('-')[0] === tag) ?? tag
}
