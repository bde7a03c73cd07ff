/** A namespaced logger. Never give it SDP, candidates, addresses, keys or topic text except through `trace`. */
export interface Log {
  trace(message: string, ...details: unknown[]): void
  debug(message: string, ...details: unknown[]): void
  info(message: string, ...details: unknown[]): void
  warn(message: string, ...details: unknown[]): void
  error(message: string, ...details: unknown[]): void
}

const LEVELS = ['off', 'error', 'warn', 'info', 'debug', 'trace'] as const
export type LogLevel = typeof LEVELS[number]

/** What a logger was given. */
export interface LogEntry {
  readonly level: keyof Log
  readonly scope: string
  readonly message: string
  readonly details: readonly unknown[]
}

/** Writes what is to be logged. */
export type LogSink = (entry: LogEntry) => void

let threshold = LEVELS.indexOf('off')
let sink: LogSink = printEntry

/** Reads a level's name; `off` for anything else. */
export function parseLogLevel(text: string | null): LogLevel {
  return LEVELS.find((level) => level === text) ?? 'off'
}

/** Sets what is written from now on, by every logger. The default is `off`. */
export function setLogLevel(level: LogLevel): void {
  threshold = LEVELS.indexOf(level)
}

/** Sets where every logger writes from now on, which is the console by default. */
export function setLogSink(write: LogSink): void {
  sink = write
}

/** Makes a logger whose lines start with `scope`. */
export function createLog(scope: string): Log {
  const at = (level: keyof Log) => (message: string, ...details: unknown[]): void => {
    if (LEVELS.indexOf(level) <= threshold) sink({ level, scope, message, details })
  }
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug'), trace: at('trace') }
}

function printEntry({ level, scope, message, details }: LogEntry): void {
  // A trace of ours is a message; the console's own would print a stack.
  console[level === 'trace' ? 'debug' : level](`[${scope}] ${message}`, ...details)
}
