import { createLog } from '../../../util/log.ts'
import { unlessHeld } from './hold.ts'

const log = createLog('files')

/** The folder of received files in the browser's own file system. */
export const FOLDER = 'parley-files'
/** What nobody holds and is older than this, milliseconds, was left behind by a page that is gone. */
export const LEFT_BEHIND_MS = 6 * 3_600_000

/** Removes what was left behind. */
export async function sweepFiles(): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory()
    await sweep(await root.getDirectoryHandle(FOLDER), LEFT_BEHIND_MS)
  } catch (error) {
    // Nothing was ever received, or the browser has no such files.
    log.debug('nothing to sweep', error)
  }
}

/** Removes what is older and held by nobody, except what is `spared`. */
export async function sweep(folder: FileSystemDirectoryHandle, olderThanMs: number, spared?: string): Promise<void> {
  for await (const [name, entry] of folder.entries()) {
    if (name === spared || entry.kind !== 'file') continue
    try {
      const { lastModified } = await (entry as FileSystemFileHandle).getFile()
      if (Date.now() - lastModified > olderThanMs) await unlessHeld(name, () => folder.removeEntry(name))
    } catch (error) {
      // Another tab writes it or has just removed it, and so looks after it.
      log.debug('not swept', error)
    }
  }
}
