/** The part of a KeyboardEvent that counts. */
export type EnterPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing' | 'keyCode'>

/** What browsers say of a key that an input method has used. Safari says nothing else of the Enter that ends a word. */
const USED = 229

/** What a key press does in a message: sends it, or begins a line as the field does not by itself; null for all else. */
export function enterMeans({ key, shiftKey, ctrlKey, altKey, metaKey, isComposing, keyCode }: EnterPress): 'send' | 'line' | null {
  // While a word is being composed, Enter ends the word and not the message.
  if (key !== 'Enter' || shiftKey || isComposing || keyCode === USED) return null
  // Other programs make a new line by other keys than Shift and Enter.
  return ctrlKey || altKey || metaKey ? 'line' : 'send'
}
