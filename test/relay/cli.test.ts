import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { until } from './clients.ts'

const CLI = fileURLToPath(new URL('../../relay/cli.ts', import.meta.url))

/** Runs the program as a person would; it is killed with the test if it still runs. */
function run(...args: string[]) {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { out: '', err: '' }
  child.stdout.on('data', (data) => { output.out += String(data) })
  child.stderr.on('data', (data) => { output.err += String(data) })
  onTestFinished(() => { child.kill('SIGKILL') })
  return { child, output, ended: once(child, 'close') as Promise<[number | null, string | null]> }
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('a relay prints each address on a line of its own and stops cleanly when asked to', async () => {
  const { child, output, ended } = run('--port', '0', '--host', '127.0.0.1', '--no-app', '--data', emptyFolder())
  await until(() => expect(output.out).toContain('Ctrl+C'), 20_000)
  expect(output.out).toMatch(/^\/ip4\/127\.0\.0\.1\/tcp\/\d+\/ws\/p2p\/12D3Koo\w+$/m)
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  expect(output.err).toBe('')
})

test('a relay keeps its identity from one start to the next', async () => {
  const folder = emptyFolder()
  const identities: string[] = []
  for (let start = 0; start < 2; start++) {
    const { child, output, ended } = run('--port', '0', '--no-app', '--data', folder)
    await until(() => expect(output.out).toContain('Ctrl+C'), 20_000)
    identities.push(/p2p\/(\w+)/.exec(output.out)?.[1] ?? '')
    child.kill('SIGINT')
    await ended
  }
  expect(identities[0]).toMatch(/^12D3Koo/)
  expect(identities[1]).toBe(identities[0])
})

test('a value that cannot be used ends the program with code 2 and one sentence', async () => {
  const { output, ended } = run('--announce', 'nonsense')
  expect(await ended).toEqual([2, null])
  expect(output.err.trim().split('\n')).toHaveLength(1)
})

test('a port that is taken ends it with code 1 and says what to do', async () => {
  const other = createServer().listen(0)
  onTestFinished(() => { other.close() })
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const { output, ended } = run('--port', String(port), '--no-app', '--data', emptyFolder())
  expect(await ended).toEqual([1, null])
  expect(output.err.trim()).toBe(`Port ${port} is taken. Stop the other program, or choose another: npm start -- --port ${port + 1}`)
})

test('a data folder that another relay uses ends it with code 1 and says so', async () => {
  const folder = emptyFolder()
  const first = run('--port', '0', '--no-app', '--data', folder)
  await until(() => expect(first.output.out).toContain('Ctrl+C'), 20_000)
  const { output, ended } = run('--port', '0', '--no-app', '--data', folder)
  expect(await ended).toEqual([1, null])
  expect(output.err).toContain(`The folder ${folder} is in use by another relay.`)
})
