/** Dotted way to something within `T`: `turn.port`. */
export type PathIn<T> = {
  [Key in keyof T & string]-?: NonNullable<T[Key]> extends readonly unknown[] | string | number | boolean
    ? Key
    : Key | `${Key}.${PathIn<NonNullable<T[Key]>>}`
}[keyof T & string]

/** Type of what lies at a path. */
export type ValueAt<T, Path extends string> = Path extends `${infer Key}.${infer Rest}`
  ? Key extends keyof T ? ValueAt<NonNullable<T[Key]>, Rest> : never
  : Path extends keyof T ? T[Path] : never

/** What lies at the path; undefined where nothing does. */
export function readPath(root: object, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], root)
}

/** Puts a value at the path, whose way must exist. */
export function writePath(root: object, path: string, value: unknown): void {
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  const owner = keys.length === 0 ? root : readPath(root, keys.join('.'))
  ;(owner as Record<string, unknown>)[last] = value
}
