/** What `npm pack` makes is installed as a stranger would install it, away from this checkout, and started. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { until } from './clients.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Two builds and an installation from npm's cache or the registry, milliseconds. */
const PATIENCE_MS = 180_000
const run = promisify(execFile)

/**
 * The Node that runs this test comes first, since the package's command says `env node`; and builds must not notice that
 * they are part of a test, or they would leave development builds behind.
 */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'NODE_ENV' && !/^(VITE|DEV$|PROD$|MODE$|SSR$|BASE_URL$)/.test(name))),
  PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`
}
let home: string
let command: string

async function install(): Promise<string> {
  await run('npm', ['pack', '--pack-destination', home], { cwd: ROOT, env })
  const tarball = (await readdir(home)).find((file) => file.endsWith('.tgz')) ?? ''
  await run('npm', ['install', '--global', '--prefix', home, '--prefer-offline', '--no-audit', '--no-fund', join(home, tarball)], { cwd: home, env })
  const { size } = await stat(join(home, tarball))
  console.log(`tarball ${megabytes(size)}, installed ${megabytes(await sizeOf(installed()))}`)
  return join(home, 'bin', 'parley-relay')
}

function installed(): string {
  return join(home, 'lib', 'node_modules', 'parley')
}

async function sizeOf(folder: string): Promise<number> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

/** Starts the command in an empty folder; resolves with the app's address when it runs. */
async function start(...args: string[]) {
  const folder = await mkdtemp(join(home, 'cwd-'))
  const child = spawn(command, ['--port', '0', '--host', '127.0.0.1', ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => { child.kill('SIGKILL') })
  const output = { text: '' }
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { output.text += String(data) })
  const ended = once(child, 'close') as Promise<[number | null]>
  await until(() => expect(output.text).toContain('Ctrl+C'), 30_000)
  return { child, ended, output, url: /http:\/\/localhost:\d+/.exec(output.text)?.[0] ?? '' }
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'parley-package-'))
  command = await install()
}, PATIENCE_MS)

afterAll(() => rm(home, { recursive: true, force: true }))

describe('the installed package', { timeout: PATIENCE_MS }, () => {
  test('serves the app and stops cleanly', async () => {
    const { child, ended, output, url } = await start()
    expect(output.text).toContain('/webrtc-direct/certhash/')
    expect(output.text).toContain('STUN and TURN are on port')
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n')
    const page = await (await fetch(url)).text()
    const [, script = ''] = /<script[^>]+src="([^"]+)"/.exec(page) ?? []
    expect((await fetch(new URL(script, url))).headers.get('content-type')).toContain('javascript')
    expect((await fetch(`${url}/status`)).headers.get('content-type')).toContain('html')
    expect(await (await fetch(`${url}/THIRD-PARTY-NOTICES.txt`)).text()).toContain('lit ')
    child.kill('SIGTERM')
    expect((await ended)[0]).toBe(0)
  })

  test('has what brings a certificate by itself, which is loaded only on demand', async () => {
    const { child, ended, output } = await start('--auto-tls')
    child.kill('SIGTERM')
    expect((await ended)[0]).toBe(0)
    expect(output.text).not.toContain('no certificate')
  })

  test('depends on nothing but machine code and what loads it', async () => {
    const names = (await readdir(join(installed(), 'node_modules'), { recursive: true })).map((name) => name.replaceAll('\\', '/'))
    expect(names.filter((name) => /(^|\/)(react[\w-]*|libp2p|@libp2p|lit)$/.test(name))).toEqual([])
    expect(names).toEqual(expect.arrayContaining(['classic-level', 'node-datachannel']))
  })

  test('carries the licences of all that is built into it', async () => {
    const notices = await readFile(join(installed(), 'build', 'THIRD-PARTY-NOTICES.txt'), 'utf8')
    for (const name of ['libp2p', '@chainsafe/libp2p-noise', 'ws', '@multiformats/multiaddr', 'prom-client']) expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'))
    expect(notices).toContain('Permission is hereby granted')
  })
})
