import type { RoomView } from '../../room/views.ts'
import { createLog } from '../../util/log.ts'

const log = createLog('ui')

/** When the page has long come to rest, milliseconds. */
const AHEAD_MS = 10_000

/** Loads what shows and carries files. Rejects when the page's server does not answer. */
export async function loadFiles(room: RoomView): Promise<void> {
  await Promise.all([import('./file-line.ts'), room.files.prepare()])
}

/** The same once the page has come to rest: the server that it came from may be gone when a file is wanted. */
export function loadFilesAhead(room: RoomView): void {
  setTimeout(() => {
    loadFiles(room).catch((error: unknown) => log.debug('files could not be loaded ahead', error))
  }, AHEAD_MS)
}
