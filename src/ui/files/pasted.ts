/** The part of a DataTransfer that counts. */
export interface Pasted {
  readonly types: readonly string[]
  readonly files: Iterable<File>
}

/**
 * The files that somebody pastes. Office programs put a picture of a text beside the text and its markup; whoever pastes that
 * means the text. Pictures out of pages have markup and no text, and files of the system have no markup.
 */
export function pastedFiles({ types, files }: Pasted): File[] {
  return types.includes('text/plain') && types.includes('text/html') ? [] : [...files]
}
