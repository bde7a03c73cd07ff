import { Refusal } from './message.ts'

/**
 * Checks an unknown value and returns a fresh one of type T that shares nothing with it.
 *
 * @param path where in the message the value stands; all that an error tells, never the value itself
 * @throws {Refusal} `malformed`
 */
export type Shape<T> = (value: unknown, path: string) => T

/** Makes the refusal of the value at `path`. */
export function refusalAt(path: string, expected: string): Refusal {
  return new Refusal('malformed', `${path}: expected ${expected}`)
}

/** An object with these fields. Others, which later versions may send, are left behind; only own properties count. */
export function object<T extends object>(fields: { readonly [Key in keyof T]: Shape<T[Key]> }): Shape<T> {
  const keys = Object.keys(fields) as (keyof T & string)[]
  return (value, path) => {
    const source = record(value, path)
    const fresh = {} as T
    for (const key of keys) {
      fresh[key] = fields[key](Object.hasOwn(source, key) ? source[key] : undefined, `${path}.${key}`)
    }
    return fresh
  }
}

/** One of several objects, told apart by their `kind`. */
export function byKind<T extends { kind: string }>(
  shapes: { readonly [Kind in T['kind']]: Shape<Extract<T, { kind: Kind }>> },
): Shape<T> {
  return (value, path) => {
    const source = record(value, path)
    const kind: unknown = Object.hasOwn(source, 'kind') ? source['kind'] : undefined
    if (typeof kind !== 'string' || !Object.hasOwn(shapes, kind)) throw refusalAt(`${path}.kind`, 'a known kind')
    return shapes[kind as T['kind']](value, path)
  }
}

/** A list of at most `max` values of one shape. */
export function list<T>(item: Shape<T>, max: number): Shape<T[]> {
  return (value, path) => {
    if (!Array.isArray(value) || value.length > max) throw refusalAt(path, `a list of at most ${max}`)
    return Array.from(value, (element: unknown, index) => item(element, `${path}[${index}]`))
  }
}

/** One of these strings. */
export function literal<const T extends string>(...values: T[]): Shape<T> {
  return (value, path) => values.find((known) => known === value) ?? refuse(path, values.join(' or '))
}

/** A string of at most `max` UTF-16 units that matches the whole of `pattern`, which must not be global. */
export function text(max: number, pattern: RegExp): Shape<string> {
  return (value, path) => {
    if (typeof value !== 'string' || value.length > max) throw refusalAt(path, `text of at most ${max} characters`)
    return pattern.test(value) ? value : refuse(path, 'other characters')
  }
}

/** A value that a predicate recognises; for primitive types only. */
export function satisfying<T extends string>(is: (value: unknown) => value is T, expected: string): Shape<T> {
  return (value, path) => is(value) ? value : refuse(path, expected)
}

/** A whole number from `min` to `max`. */
export function integer(min: number, max: number): Shape<number> {
  return (value, path) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
      throw refusalAt(path, `a whole number from ${min} to ${max}`)
    }
    // JSON can say -0.
    return value === 0 ? 0 : value
  }
}

/** True or false. */
export const boolean: Shape<boolean> = (value, path) => typeof value === 'boolean' ? value : refuse(path, 'true or false')

/** Null, or what the shape wants. */
export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value, path) => value === null ? null : shape(value, path)
}

function record(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refusalAt(path, 'an object')
  return value as Record<string, unknown>
}

function refuse(path: string, expected: string): never {
  throw refusalAt(path, expected)
}
