import { createLog } from '../../util/log.ts'
import { decodeControlMessage, Refusal } from '../../wire/index.ts'
import type { ControlMessage } from '../../wire/index.ts'

const log = createLog('link')

/** Reads what arrived on a control channel; null for what is refused, of which only the reason is logged. */
export function readControl(data: unknown): ControlMessage | null {
  try {
    return decodeControlMessage(data)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    log.warn('control message refused', error.code)
    return null
  }
}
