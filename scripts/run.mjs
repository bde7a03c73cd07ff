/**
 * `node scripts/run.mjs SCRIPT.ts [arguments]`: makes sure that the packages are installed, then runs the script with
 * the project's own Node (24), whichever Node npm itself runs on. Plain JavaScript without packages, for Node 20 and up.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bin = join(root, 'node_modules', '.bin')
const node = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node')

if (!installed()) install()
run(process.argv.slice(2))

/**
 * Whether node_modules holds what the lock says. npm writes its own copy of the lock there when an install is complete;
 * it leaves out optional packages that are for other systems. Times say nothing: a checkout changes them.
 */
function installed() {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const present = packagesOf(join(root, 'node_modules', '.package-lock.json'))
  if (wanted === undefined || present === undefined || !existsSync(node)) return false
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true
    return path in present ? present[path].version === version : optional === true
  })
}

function packagesOf(lock) {
  return existsSync(lock) ? JSON.parse(readFileSync(lock, 'utf8')).packages : undefined
}

function install() {
  console.log('Installing the packages (once, about a minute) ...')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32'
  })
  if (status === 0 && existsSync(node)) return
  console.error('The packages could not be installed. "npm ci" says why; it needs the network.')
  process.exit(1)
}

function run([script, ...args]) {
  if (script === undefined) {
    console.error('Usage: node scripts/run.mjs SCRIPT.ts [arguments]')
    process.exit(2)
  }
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, script), ...args], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, PATH: `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}` }
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl+C to the whole group, so the child has it already; anything else must be passed on.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on('error', (error) => {
    console.error(`The project's Node does not start: ${error.message}. Remove node_modules and try again.`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(signal === null ? code ?? 1 : 128 + constants.signals[signal]))
}
