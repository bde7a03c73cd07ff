import { inspect } from 'node:util'
import { createLog, setLogLevel, setLogSink } from '../../src/util/log.ts'
import type { LogEntry } from '../../src/util/log.ts'
import type { LogConfig } from '../config/types.ts'

/** Where a program writes: what it was asked for, and what went wrong. */
export interface Streams {
  out(text: string): void
  err(text: string): void
}

/** What the program itself has to say, apart from logs. */
export interface Output {
  /** Says something to whoever started the program; as many lines as it has. */
  say(text: string): void
  /** Says why the program ends. */
  fail(text: string): void
}

const SCOPE = 'relay'
const log = createLog('node')

/** Writes to this process's own streams. */
export const PROCESS_STREAMS: Streams = {
  out: (text) => { process.stdout.write(text) },
  err: (text) => { process.stderr.write(text) }
}

/** Makes the program's output and all logs appear as `config` says, from now on. */
export function openOutput(config: LogConfig, streams: Streams = PROCESS_STREAMS): Output {
  setLogLevel(config.level === 'silent' ? 'off' : config.level)
  if (!config.json) return { say: (text) => streams.out(`${text}\n`), fail: (text) => streams.err(`${text}\n`) }
  const write = (entry: LogEntry): void => streams[entry.level === 'error' || entry.level === 'warn' ? 'err' : 'out'](`${jsonLine(entry)}\n`)
  setLogSink(write)
  const each = (level: 'info' | 'error', text: string): void => {
    for (const message of text.split('\n').filter((line) => line !== '')) write({ level, scope: SCOPE, message, details: [] })
  }
  return { say: (text) => each('info', text), fail: (text) => each('error', text) }
}

/** One JSON object for one log entry: time (RFC 3339), level, scope and message, the details being part of the message. */
export function jsonLine({ level, scope, message, details }: LogEntry, now = new Date()): string {
  const shown = details.map((detail) => typeof detail === 'string' ? detail : inspect(detail, { breakLength: Infinity }))
  return JSON.stringify({ time: now.toISOString(), level, scope, message: [message, ...shown].join(' ') })
}

/**
 * Brings what Node would print by itself, warnings and the error that nobody caught, into the same form. Such an error
 * still ends the program, with code 1.
 */
export function catchStrays({ fail }: Output): void {
  process.removeAllListeners('warning')
  process.on('warning', ({ name, message }) => log.warn(`${name}: ${message}`))
  process.on('uncaughtException', (error) => {
    fail(inspect(error).replaceAll(/\s*\n\s*/g, ' '))
    process.exit(1)
  })
}
