import type { StageChoice } from './views.ts'

const DEFAULT: StageChoice = { view: 'automatic', ownPicture: 'placed', corner: 'bottom-end' }
const ALLOWED: { [Key in keyof StageChoice]: readonly StageChoice[Key][] } = {
  view: ['automatic', 'grid', 'speaker'],
  ownPicture: ['placed', 'floating', 'hidden'],
  corner: ['top-start', 'top-end', 'bottom-start', 'bottom-end'],
}

/** Reads what was remembered, which may be of another version: what makes no sense is as if it had not been chosen. */
export function readStageChoice(text: string | null): StageChoice {
  const found = parse(text)
  const pick = <Key extends keyof StageChoice>(key: Key): StageChoice[Key] => ALLOWED[key].find((value) => value === found[key]) ?? DEFAULT[key]
  return { view: pick('view'), ownPicture: pick('ownPicture'), corner: pick('corner') }
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    // Not JSON: nothing was remembered.
    return {}
  }
}
