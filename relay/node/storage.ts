import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PeerId } from '@libp2p/interface'
import { LevelDatastore } from 'datastore-level'
import type { KeyStorage } from '../../src/node/identity.ts'
import { DHT_DATASTORE_PREFIX } from '../../src/node/shared-options.ts'

const OWNER_ONLY = 0o600

/** A key, by default the relay's own, in a file of the data folder, which is made when missing. */
export function keyFile(folder: string, name = 'key'): KeyStorage {
  const file = join(folder, name)
  return {
    get: async () => {
      try {
        return await readFile(file)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
    set: async (bytes) => {
      await mkdir(folder, { recursive: true })
      // Renamed into place, so that a power cut leaves the old key or the new one, never half of one.
      await writeFile(`${file}.new`, bytes, { mode: OWNER_ONLY })
      await rename(`${file}.new`, file)
    }
  }
}

/**
 * Opens the datastore of the data folder. The caller closes it.
 *
 * @throws {Error} when another process has it open
 */
export async function openDatastore(folder: string): Promise<LevelDatastore> {
  await mkdir(folder, { recursive: true })
  const datastore = new LevelDatastore(join(folder, 'records'))
  await datastore.open()
  return datastore
}

/**
 * Drops the provider records that this relay filed before it was stopped. The DHT service would renew them for ever,
 * although nobody follows those topics here any more.
 */
export async function dropOwnRecords(datastore: LevelDatastore, self: PeerId): Promise<void> {
  const own = `/${self.toString()}`
  for await (const key of datastore.queryKeys({ prefix: `${DHT_DATASTORE_PREFIX}/provider` })) {
    if (key.toString().endsWith(own)) await datastore.delete(key)
  }
}
