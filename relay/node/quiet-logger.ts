import type { ComponentLogger, Logger } from '@libp2p/interface'

/**
 * Options that make libp2p say nothing, unless the variable DEBUG asks it to: the library makes a scope with several closures
 * for every connection and stream, whether anybody listens or not.
 */
export function quietUnlessDebugging(debug: string | undefined = process.env['DEBUG']): { logger?: ComponentLogger } {
  return debug === undefined ? { logger: { forComponent: () => SILENT } } : {}
}

const SILENT: Logger = Object.assign(() => undefined, {
  trace: () => undefined,
  error: () => undefined,
  enabled: false,
  newScope: () => SILENT
})
