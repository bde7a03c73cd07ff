/**
 * The item that a key leads to from the focused one (-1 for none), among items of these labels; null for keys that move
 * nothing. A letter goes to the next item that begins with it, and round. Pure.
 */
export function nextItem({ key, ctrlKey, altKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'>, labels: readonly string[], focused: number): number | null {
  const count = labels.length
  if (count === 0 || ctrlKey || altKey || metaKey) return null
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight': return (focused + 1) % count
    case 'ArrowUp':
    case 'ArrowLeft': return focused <= 0 ? count - 1 : focused - 1
    case 'Home': return 0
    case 'End': return count - 1
  }
  // One letter, whatever the script; Space and Enter belong to the item.
  if ([...key].length !== 1 || key === ' ') return null
  const wanted = key.toLocaleLowerCase()
  const order = labels.map((_, step) => (focused + 1 + step) % count)
  return order.find((index) => labels[index]?.trim().toLocaleLowerCase().startsWith(wanted)) ?? null
}
