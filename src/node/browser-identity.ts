import { onAbort } from '../util/abort.ts'
import type { Lifetime } from '../util/abort.ts'
import { freshIdentity, loadIdentity } from './identity.ts'
import type { KeyStorage } from './identity.ts'
import type { PrivateKey } from '@libp2p/interface'

const DATABASE = 'parley'
const STORE = 'identity'
const KEY = 'ed25519'
const LOCK = 'parley-identity'

/**
 * The profile's identity, held by one tab at a time: two nodes with one peer id would take each other's place at the
 * relay. Further tabs, and browsers that refuse storage, get a fresh key. The Web Lock is held until `signal` aborts.
 * https://w3c.github.io/web-locks/
 */
export async function claimBrowserIdentity({ signal }: Lifetime): Promise<PrivateKey> {
  if (!await holdLock(signal)) return freshIdentity()
  try {
    return await loadIdentity(indexedDbStorage())
  } catch {
    // Private windows may refuse IndexedDB: such a person is somebody new at each visit.
    return freshIdentity()
  }
}

/** Resolves true when the lock is ours, false when another tab has it. */
function holdLock(signal: AbortSignal): Promise<boolean> {
  const locks = globalThis.navigator?.locks
  if (locks === undefined) return Promise.resolve(true)
  return new Promise((resolve) => {
    locks.request(LOCK, { ifAvailable: true }, async (lock) => {
      resolve(lock !== null)
      if (lock !== null) await new Promise<void>((release) => onAbort(signal, release))
    }).catch(() => {
      // Where locks are forbidden (opaque origins) nothing is stored either, so a fresh key is right.
      resolve(false)
    })
  })
}

function indexedDbStorage(): KeyStorage {
  return {
    get: () => withStore('readonly', (store) => store.get(KEY) as IDBRequest<Uint8Array | undefined>),
    set: async (bytes) => { await withStore('readwrite', (store) => store.put(bytes, KEY)) }
  }
}

async function withStore<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const open = indexedDB.open(DATABASE, 1)
  open.onupgradeneeded = () => { open.result.createObjectStore(STORE) }
  const database = await settled(open)
  try {
    return await settled(act(database.transaction(STORE, mode).objectStore(STORE)))
  } finally {
    database.close()
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'))
  })
}
