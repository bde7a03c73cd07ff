import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Path of the first of these programs that is on the search path; undefined when none is. */
export function findProgram(names: readonly string[], env: Record<string, string | undefined> = process.env): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean)
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable)
}

/** Whether this is a file that we may run. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    // Missing or not allowed: either way not a program we can start.
    return false
  }
}

/** Installs a package where that is ours to do: as root, on Debian or what is made of it. True when it is there afterwards. */
export function installOnDebian(name: string, why: string): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return false
  console.log(`Installing ${name} ${why} ...`)
  return [['update'], ['install', '-y', '--no-install-recommends', name]].every((args) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    return spawnSync('apt-get', ['-q', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0
  })
}

/**
 * Makes sure of the programs that tests compare ours with, where it can: coturn. Tests without theirs are skipped. Not on a
 * machine with systemd, where coturn's package would start a server of its own.
 */
export function installRivals(): void {
  if (findProgram(['turnserver']) !== undefined || existsSync('/run/systemd/system')) return
  if (!installOnDebian('coturn', 'to compare our TURN server with')) console.log('There is no coturn here; the tests that need it are skipped.')
}
