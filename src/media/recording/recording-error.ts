import { StoreError } from './store.ts'
import type { RecordingErrorCode } from './types.ts'

/** What a failure means to the person, by the name that browsers give it. */
export function recordingError(error: unknown): RecordingErrorCode {
  const name = error instanceof StoreError ? error.code : error instanceof Error ? error.name : ''
  switch (name) {
    case 'QuotaExceededError': return 'recording-disk-full'
    // Private windows, and browsers that were told to keep nothing.
    case 'SecurityError':
    case 'NotAllowedError': return 'recording-refused'
    // What it takes is not there to be called.
    case 'TypeError': return 'recording-unsupported'
    default: return 'recording-failed'
  }
}
