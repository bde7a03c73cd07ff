import { createLog } from '../util/log.ts'

const log = createLog('ui')

/** When the page has long come to rest, milliseconds. */
const AHEAD_MS = 10_000

/** Loads the dialog for codes. Rejects when the page's server does not answer. */
export async function loadCodes(): Promise<void> {
  await import('./code-dialog.ts')
}

/**
 * Loads the dialog, and what draws and reads its pictures, once the page has come to rest: codes are for those whose relay
 * is gone, and with it as a rule the server that the page came from.
 */
export function loadCodesAhead(): void {
  setTimeout(() => {
    Promise.all([import('./qr-reader.ts').then(({ createQrReader }) => createQrReader()), loadCodes()])
      .catch((error: unknown) => log.debug('codes could not be loaded ahead', error))
  }, AHEAD_MS)
}
