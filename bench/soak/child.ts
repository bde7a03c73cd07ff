import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { onAbort } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'

const KILL_AFTER_MS = 30_000

/** How many files a process may have open: what it is given, and what it may take. NaN where the system does not tell. */
export function fileLimits(): { soft: number, hard: number } {
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft: number | string, hard: number | string } } }
  const [soft, hard] = [userLimits?.open_files?.soft, userLimits?.open_files?.hard].map((limit) => limit === 'unlimited' ? Infinity : Number(limit))
  return { soft: soft ?? NaN, hard: hard ?? NaN }
}

/**
 * Starts Node with an IPC channel, its output piped and its errors on ours, and with as many open files as it may take:
 * each client is a socket. It is killed when the signal aborts.
 */
export function startNode(args: readonly string[], { signal }: Lifetime): ChildProcess {
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', ...args]
  const { soft, hard } = fileLimits()
  const [command = '', ...rest] = soft < hard ? ['prlimit', `--nofile=${hard === Infinity ? 'unlimited' : hard}`, ...node] : node
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  onAbort(signal, () => child.kill('SIGKILL'))
  return child
}

/** Asks the child to end, waits until it has, and kills it when it takes too long. */
export async function stopNode(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
  await ended
  clearTimeout(timer)
}
