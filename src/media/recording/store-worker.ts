/** Worker: writes recordings into the browser's private file system, where what is written stays if the page crashes. */
import { writeAbout } from './about.ts'
import { repair, TakeFile, type ReadableFile } from './take-file.ts'

/** What the page asks, one thing after the other. `path` names folders and a file below the root. */
export type StoreRequest =
  | { kind: 'open', path: readonly string[] }
  | { kind: 'push', path: readonly string[], bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'close', path: readonly string[] }
  | { kind: 'write', path: readonly string[], text: string }
  | { kind: 'repair', path: readonly string[] }

/** The answer to the request of that number: bytes of the file, or why not, by the error's name. */
export interface StoreReply {
  call: number
  size: number
  error: string | null
}

/** https://fs.spec.whatwg.org/#api-filesystemsyncaccesshandle */
interface SyncHandle {
  write(bytes: Uint8Array, options: { at: number }): number
  read(bytes: Uint8Array, options: { at: number }): number
  getSize(): number
  truncate(bytes: number): void
  flush(): void
  close(): void
}

/** What has been written so far survives a crash of the browser; after a flush, one of the machine. Milliseconds. */
const FLUSH_MS = 5_000

const open = new Map<string, { handle: SyncHandle, take: TakeFile, flushedAt: number }>()

async function handleOf(path: readonly string[]): Promise<SyncHandle> {
  let folder = await navigator.storage.getDirectory()
  for (const name of path.slice(0, -1)) folder = await folder.getDirectoryHandle(name, { create: true })
  const file = await folder.getFileHandle(path.at(-1) ?? '', { create: true })
  return await (file as unknown as { createSyncAccessHandle(): Promise<SyncHandle> }).createSyncAccessHandle()
}

function asFile(handle: SyncHandle): ReadableFile {
  return {
    write(bytes, at) {
      // A full disk may show as an error or as less written than asked for.
      if (handle.write(bytes, { at }) < bytes.length) throw new DOMException('the disk is full', 'QuotaExceededError')
    },
    read: (bytes, at) => handle.read(bytes, { at }),
    truncate: (bytes) => handle.truncate(bytes),
    size: () => handle.getSize(),
  }
}

async function act(request: StoreRequest): Promise<number> {
  const key = request.path.join('/')
  const file = open.get(key)
  switch (request.kind) {
    case 'open': {
      const handle = await handleOf(request.path)
      handle.truncate(0)
      open.set(key, { handle, take: new TakeFile(asFile(handle)), flushedAt: performance.now() })
      return 0
    }
    case 'push': {
      if (file === undefined) throw new Error('not open')
      file.take.push(request.bytes)
      if (performance.now() - file.flushedAt > FLUSH_MS) {
        file.handle.flush()
        file.flushedAt = performance.now()
      }
      return file.take.size
    }
    case 'close':
      if (file === undefined) return 0
      open.delete(key)
      try {
        file.take.finish()
        return file.take.size
      } finally {
        file.handle.close()
      }
    case 'write':
    case 'repair': {
      const handle = await handleOf(request.path)
      try {
        if (request.kind === 'repair') repair(asFile(handle))
        else writeAbout(asFile(handle), request.text)
        return handle.getSize()
      } finally {
        handle.close()
      }
    }
    default: throw new Error(`no such request: ${request satisfies never}`)
  }
}

let last: Promise<void> = Promise.resolve()
addEventListener('message', ({ data }: MessageEvent<{ call: number, request: StoreRequest }>) => {
  last = last.then(async () => {
    const reply: StoreReply = { call: data.call, size: 0, error: null }
    try {
      reply.size = await act(data.request)
    } catch (error) {
      reply.error = error instanceof Error ? error.name : 'Error'
    }
    postMessage(reply)
  })
})
