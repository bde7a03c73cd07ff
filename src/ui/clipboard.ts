/** Copies text; resolves false when the browser has no clipboard for us (no https, or refused). */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // The caller tells the person to copy by hand; why it failed would help nobody.
    return false
  }
}

/** Whether the system offers to send a link by other programs. */
export const canShareLink = (): boolean => typeof navigator.share === 'function'

/** Opens the system's "send to" sheet with a link. */
export const shareLink = (url: string): Promise<void> => share({ url })

/** Opens the system's "send to" sheet with text that is no link. */
export const shareText = (text: string): Promise<void> => share({ text })

async function share(what: ShareData): Promise<void> {
  try {
    await navigator.share(what)
  } catch {
    // Closing the sheet without choosing rejects as well, and is no error.
  }
}
