import { createLog } from '../../../util/log.ts'
import { FOLDER, LEFT_BEHIND_MS, sweep } from './sweep.ts'

const log = createLog('files')

/** Where a worker puts a file's blocks. All of these throw a QuotaExceededError where there is no room. */
export interface Place {
  /** Bytes that are there from an earlier time. */
  readonly kept: number
  /** A block of what is kept. */
  read(at: number, bytes: number): Uint8Array<ArrayBuffer>
  write(at: number, block: Uint8Array<ArrayBuffer>): Promise<void>
  keep(): Promise<Blob>
  discard(): Promise<void>
}

/** Only in workers, and so not in the DOM's types. https://fs.spec.whatwg.org/#filesystemsyncaccesshandle */
interface SyncAccess {
  getSize(): number
  read(into: Uint8Array<ArrayBuffer>, options: { at: number }): number
  write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number
  truncate(size: number): void
  flush(): void
  close(): void
}

interface WorkerFileHandle extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<SyncAccess>
}

/** A page that was loaded anew may find its file still held by the page before, for a moment. */
const HELD_PAUSES_MS = [100, 200, 400, 800, 1_600]
/** Without any file system a file is kept in memory, up to this size, bytes. */
const MAX_MEMORY_BYTES = 67_108_864

/** A file that the person has chosen. Nothing of it is seen at its place before `keep`. */
export async function chosenPlace(handle: FileSystemFileHandle): Promise<Place> {
  const writable = await handle.createWritable()
  return {
    kept: 0,
    read: () => { throw new DOMException('nothing is kept', 'NotFoundError') },
    write: (_at, block) => writable.write(block),
    keep: async () => {
      await writable.close()
      return await handle.getFile()
    },
    discard: async () => {
      await writable.abort()
      // Choosing it made it, empty. Only Chromium lets a page take it back.
      const { remove } = handle as { remove?: () => Promise<void> }
      if ((await handle.getFile()).size === 0) await remove?.call(handle)
    },
  }
}

/** The folder of the browser's own file system; null where it has none, or keeps no files in a private window. */
export async function browserFolder(): Promise<FileSystemDirectoryHandle | null> {
  if (!('getDirectory' in (navigator.storage ?? {}) && 'FileSystemSyncAccessHandle' in globalThis)) return null
  try {
    return await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true })
  } catch (error) {
    log.debug('no files are kept here', error)
    return null
  }
}

/**
 * A file in that folder, which may have the beginning already. `unit`: it is kept in multiples of this,
 * bytes. Its name is held by the page.
 */
export async function browserPlace(folder: FileSystemDirectoryHandle, name: string, size: number, unit: number): Promise<Place> {
  const handle = await folder.getFileHandle(name, { create: true })
  const access = await accessTo(handle as WorkerFileHandle)
  const before = access.getSize()
  // The end may be torn where the page was closed in the middle of a block.
  const kept = before > size ? 0 : Math.floor(before / unit) * unit
  access.truncate(kept)
  if (!await hasRoom(folder, name, size - kept)) {
    // What has come of it is of no use without the rest, and takes the room of something else.
    access.close()
    await folder.removeEntry(name)
    throw noRoom()
  }
  return {
    kept,
    read: (at, bytes) => {
      const block = new Uint8Array(bytes)
      access.read(block, { at })
      return block
    },
    write: async (at, block) => {
      if (access.write(block, { at }) < block.length) throw noRoom()
    },
    keep: async () => {
      access.flush()
      access.close()
      return await handle.getFile()
    },
    discard: async () => {
      access.close()
      await folder.removeEntry(name)
    },
  }
}

/** The memory of the browser, for small files. */
export function memoryPlace(size: number): Place {
  if (size > MAX_MEMORY_BYTES) throw noRoom()
  const parts: Blob[] = []
  return {
    kept: 0,
    read: () => { throw new DOMException('nothing is kept', 'NotFoundError') },
    write: async (_at, block) => { parts.push(new Blob([block])) },
    keep: async () => new Blob(parts),
    discard: async () => { parts.length = 0 },
  }
}

async function accessTo(handle: WorkerFileHandle): Promise<SyncAccess> {
  for (const pauseMs of HELD_PAUSES_MS) {
    try {
      return await handle.createSyncAccessHandle()
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'NoModificationAllowedError') throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
  return await handle.createSyncAccessHandle()
}

/** Whether so many bytes more fit, after everything has gone, if need be, that was kept for a page that may come back. */
async function hasRoom(folder: FileSystemDirectoryHandle, name: string, bytes: number): Promise<boolean> {
  if (bytes <= await room()) return true
  // Where nothing tells what other tabs hold, only age does.
  await sweep(folder, 'locks' in navigator ? 0 : LEFT_BEHIND_MS, name)
  return bytes <= await room()
}

async function room(): Promise<number> {
  const { quota = Infinity, usage = 0 } = await navigator.storage.estimate()
  return quota - usage
}

function noRoom(): DOMException {
  return new DOMException('there is no room for the file', 'QuotaExceededError')
}
