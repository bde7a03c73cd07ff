const DATABASE = 'parley-effects'
const STORE = 'pictures'
const KEY = 'background'
/** No more than a camera's picture has, pixels. */
const MAX_WIDTH = 1280
const MAX_HEIGHT = 720

/** The picture that the person has chosen as a background; null when there is none. Rejects where the browser keeps nothing. */
export async function readOwnPicture(): Promise<Blob | null> {
  const found: unknown = await inStore('readonly', (store) => store.get(KEY))
  return found instanceof Blob ? found : null
}

/** Keeps a picture in this browser, no larger than it can be seen. Rejects when it is none, or cannot be kept. */
export async function keepOwnPicture(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file)
  try {
    // As large as covers the camera's picture: what overhangs is cut off by whoever draws it.
    const scale = Math.min(1, Math.max(MAX_WIDTH / bitmap.width, MAX_HEIGHT / bitmap.height))
    const canvas = new OffscreenCanvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)))
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('no 2D context')
    context.imageSmoothingQuality = 'high'
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    const picture = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })
    await inStore('readwrite', (store) => store.put(picture, KEY))
    return picture
  } finally {
    bitmap.close()
  }
}

/** Forgets the picture. */
export async function forgetOwnPicture(): Promise<void> {
  await inStore('readwrite', (store) => store.delete(KEY))
}

async function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1)
  opening.onupgradeneeded = () => void opening.result.createObjectStore(STORE)
  const database = await settled(opening)
  try {
    const transaction = database.transaction(STORE, mode)
    const written = committed(transaction)
    const [result] = await Promise.all([settled(work(transaction.objectStore(STORE))), written])
    return result
  } finally {
    database.close()
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('the browser keeps nothing'))
  })
}

/** A request that went well may still be taken back at the end: that is when a browser finds out that there is no room. */
function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('the browser keeps nothing'))
  })
}
