import { readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLog } from '../../src/util/log.ts'
import { SerialQueue } from '../../src/util/serial-queue.ts'
import { RelayBook } from './relay-book.ts'

const log = createLog('relay:memory')

/** The relays that worked, kept in `relays.json` of the data folder to outlive this one; without a folder in memory only. */
export class RelayMemory {
  readonly #folder: string | undefined
  /** Writes go on after the end, for the last thing learned is worth keeping. */
  readonly #writes = new SerialQueue(new AbortController().signal)
  #book: RelayBook

  /** Reads what an earlier run left. */
  constructor(folder: string | undefined) {
    this.#folder = folder
    this.#book = RelayBook.read(folder === undefined ? undefined : stored(folder))
  }

  get book(): RelayBook {
    return this.#book
  }

  /** Replaces the book by what `change` makes of it, and writes it down: a relay may be killed at any moment. */
  update(change: (book: RelayBook) => RelayBook): void {
    const changed = change(this.#book)
    if (changed === this.#book) return
    this.#book = changed
    this.#writes.run(async () => {
      // Of several in a row only the newest is worth writing.
      if (changed === this.#book && this.#folder !== undefined) await save(this.#folder, changed.write())
    }).catch((error: unknown) => log.warn('could not remember the relays', (error as Error).name))
  }

  /** Resolves when everything is written. */
  settled(): Promise<void> {
    return this.#writes.idle()
  }
}

function stored(folder: string): Uint8Array | undefined {
  try {
    return readFileSync(fileIn(folder))
  } catch {
    // A first start has none, and one that cannot be read is no reason not to start.
    return undefined
  }
}

async function save(folder: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true })
  // Renamed into place, so that a power cut leaves the old list or the new one, never half of one.
  await writeFile(`${fileIn(folder)}.new`, bytes)
  await rename(`${fileIn(folder)}.new`, fileIn(folder))
}

function fileIn(folder: string): string {
  return join(folder, 'relays.json')
}
