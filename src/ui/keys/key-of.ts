/** What a key press means to a page that is not being typed into: pure. */

/** The part of a KeyboardEvent that counts. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat' | 'isComposing'>

/**
 * The name of a shortcut key: a lower-case letter, a digit, `?` or `space`; null for everything else, and for whatever
 * the browser or the system may want for themselves. Where letters are not Latin the key's place on the keyboard counts.
 */
export function keyOf({ key, code, ctrlKey, altKey, metaKey, isComposing }: Pressed): string | null {
  if (ctrlKey || altKey || metaKey || isComposing) return null
  if (key === ' ') return 'space'
  if (key === '?') return '?'
  if (/^[a-z0-9]$/i.test(key)) return key.toLowerCase()
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? []
  // A letter of another script; dead keys and the like have longer names.
  return letter !== undefined && [...key].length === 1 && /\p{L}/u.test(key) ? letter.toLowerCase() : null
}

/** Whether somebody is typing, or an element has its own use for keys. `path` is the event's composed path. */
export function isTyping(path: readonly EventTarget[]): boolean {
  return path.some((each) => each instanceof HTMLElement && (each.isContentEditable || each.matches('input, textarea, select, dialog, [role="menu"], [role="listbox"], [role="slider"]')))
}
