type SavePicker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>

/**
 * Asks the person where a file is to be saved, where the browser can: null where it cannot, and the browser keeps the file
 * itself at first. `cancelled` when the person changed their mind.
 */
export async function choosePlace(name: string): Promise<FileSystemFileHandle | null | 'cancelled'> {
  const { showSaveFilePicker } = globalThis as { showSaveFilePicker?: SavePicker }
  if (showSaveFilePicker === undefined) return null
  try {
    return await showSaveFilePicker({ suggestedName: name })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return 'cancelled'
    // The browser has the dialog and does not open it, in a frame or by a rule of its administrator.
    return null
  }
}
