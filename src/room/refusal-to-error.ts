import { Refusal } from '../wire/message.ts'
import type { RefusalCode } from '../wire/index.ts'
import type { ErrorCode } from './views.ts'

/** What a person is told when something typed, pasted or opened was refused. Bytes of peers never get this far. */
const ERRORS: Readonly<Record<RefusalCode, ErrorCode>> = {
  'topic-empty': 'topic-empty',
  'topic-too-long': 'topic-too-long',
  'topic-unprintable': 'topic-unprintable',
  'secret-malformed': 'secret-malformed',
  'link-malformed': 'link-malformed',
  'link-unknown-parameter': 'link-unknown-parameter',
  'address-malformed': 'address-malformed',
  'address-not-a-peer': 'address-not-a-peer',
  'code-malformed': 'code-malformed',
  'code-cut': 'code-cut',
  'code-damaged': 'code-damaged',
  'code-version': 'code-version',
  'code-expired': 'code-expired',
  'code-clock': 'code-clock',
  'too-large': 'network-failed',
  'malformed': 'network-failed',
  'unsealable': 'network-failed',
  'wrong-version': 'network-failed',
}

/**
 * The error code for a refusal.
 *
 * @throws the error itself when it is none
 */
export function refusalToError(error: unknown): ErrorCode {
  if (error instanceof Refusal) return ERRORS[error.code]
  throw error
}
