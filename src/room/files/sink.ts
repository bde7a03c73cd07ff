/** Where a file's bytes go as they come, in order, from the first to the last. */
export interface Sink {
  /** Resolves when bytes can be written, with how many are kept from an earlier time; rejects when there is no place. */
  readonly opened: Promise<number>
  /** Bytes on the disk. */
  readonly written: number
  /** Whether what is kept is a file that the person has chosen. */
  readonly isSaved: boolean
  /** Called when more is on the disk. */
  onWritten: () => void
  /** Called when a byte could not be written: a QuotaExceededError where there is no room. */
  onBroken: (error: unknown) => void
  /** Takes the next bytes, which are the sink's from now on. */
  write(bytes: Uint8Array<ArrayBuffer>): void
  /** Ends writing; the sum of everything. */
  sum(): Promise<string>
  /** Makes a file of it. */
  keep(): Promise<Blob>
  /** Throws everything away. */
  discard(): void
  /**
   * The call is over. What the browser keeps is thrown away a while later; if the page is gone by then, it is there when the
   * page comes back, and the file can be gone on with.
   */
  release(): void
}

/** Makes the place for one file. `key` names it: the same file has the same, also after the page was loaded anew. */
export type OpenSink = (key: string, size: number, into: FileSystemFileHandle | null) => Sink
