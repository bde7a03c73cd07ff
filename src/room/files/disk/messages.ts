/** What the page says to the worker of one file. `bytes` are transferred. */
export type ToSink =
  | { kind: 'open', name: string, size: number, into: FileSystemFileHandle | null }
  | { kind: 'write', bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'sum' }
  | { kind: 'keep' }
  | { kind: 'discard' }

/** What the worker answers. After `broken` and `ended` it does nothing more. */
export type FromSink =
  | { kind: 'opened', kept: number }
  | { kind: 'written', bytes: number }
  | { kind: 'sum', sum: string }
  | { kind: 'kept', file: Blob }
  | { kind: 'broken', name: string, message: string }
  | { kind: 'ended' }
