import { execFile, spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import process from 'node:process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/**
 * Runs a program to its end and resolves with what it printed.
 *
 * @throws {Error} with what it wrote to stderr, when it fails
 */
export async function run(program: string, args: readonly string[], input = ''): Promise<string> {
  const running = execute(program, args)
  // A program that ends without reading its input is told of by its exit code.
  running.child.stdin?.on('error', () => undefined).end(input)
  try {
    return (await running).stdout
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string }
    throw new Error(`${program} ${args.join(' ')}: ${stderr?.trim() || message}${input === '' ? '' : `\n${input}`}`, { cause: error })
  }
}

/** Runs commands of `ip`, one a line and without its name, in the namespace; stops at the first that fails. */
export async function ip(namespace: string, commands: readonly string[]): Promise<void> {
  await run('ip', ['-netns', namespace, '-batch', '-'], `${commands.join('\n')}\n`)
}

/** Loads a ruleset of nftables in the namespace. */
export async function nft(namespace: string, ruleset: string): Promise<void> {
  await run('ip', ['netns', 'exec', namespace, 'nft', '-f', '-'], ruleset)
}

/**
 * Starts the project's own Node in the namespace, with which it is killed. It comes before browsers: what it does is the
 * network's work, and a network does not wait until somebody's machine has time.
 */
export function startNode(namespace: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn('ip', ['netns', 'exec', namespace, 'nice', '-n', '-10', process.execPath, '--disable-warning=ExperimentalWarning', ...args])
}
