/** A namespaced logger. Never give it SDP, candidates, addresses, keys or topic text except through `trace`. */
export interface Log {
  trace(message: string, ...details: unknown[]): void
  debug(message: string, ...details: unknown[]): void
  warn(message: string, ...details: unknown[]): void
}

const LEVELS = ['off', 'warn', 'debug', 'trace'] as const
export type LogLevel = typeof LEVELS[number]

let threshold = LEVELS.indexOf('off')

/** Reads a level's name; `off` for anything else. */
export function parseLogLevel(text: string | null): LogLevel {
  return LEVELS.find((level) => level === text) ?? 'off'
}

/** Sets what is printed from now on, by every logger. The default is `off`. */
export function setLogLevel(level: LogLevel): void {
  threshold = LEVELS.indexOf(level)
}

/** Makes a logger whose lines start with `scope`. */
export function createLog(scope: string): Log {
  const at = (level: LogLevel, print: (...data: unknown[]) => void) =>
    (message: string, ...details: unknown[]): void => {
      if (LEVELS.indexOf(level) <= threshold) print(`[${scope}] ${message}`, ...details)
    }
  return { trace: at('trace', console.debug), debug: at('debug', console.debug), warn: at('warn', console.warn) }
}
