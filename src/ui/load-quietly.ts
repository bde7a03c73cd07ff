import { createLog } from '../util/log.ts'

const log = createLog('ui')

/** Loads an element that the page does without until it has come, and without a server for as long as there is none. */
export function loadQuietly(code: () => Promise<unknown>): void {
  code().catch((error: unknown) => log.debug('an element could not be loaded', error))
}
