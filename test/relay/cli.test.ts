import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startClient, until } from './clients.ts'

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
  expect(output.err).toBe('--announce is "nonsense"; it should be a multiaddr such as /dns4/relay.example/tcp/443/tls/ws.\n')
})

test('so does a file that holds something else, which shows only at the start', async () => {
  const file = join(emptyFolder(), 'no.pem')
  writeFileSync(file, 'nothing')
  const { output, ended } = run('--port', '0', '--no-app', '--ephemeral', '--tls-cert', file, '--tls-key', file)
  expect(await ended).toEqual([2, null])
  expect(output.err).toMatch(/^[^\n]+\.\n$/)
  expect(output.err).not.toContain('could not start')
})

test('it tells its version and its settings, and ends', async () => {
  const version = run('--version')
  expect(await version.ended).toEqual([0, null])
  expect(version.output.out).toMatch(/^\d+\.\d+\.\d+\n$/)
  const settings = run('--print-config', '--no-app')
  expect(await settings.ended).toEqual([0, null])
  expect(settings.output.out).toMatch(/^app +no +flag --no-app$/m)
})

test('a relay with a name announces itself under that name, and webrtc-direct by its public address, with the hash that nobody can type', async () => {
  const { output } = run('--port', '0', '--no-app', '--ephemeral', '--name', 'relay.example', '--turn-public-address', '8.8.4.4')
  await until(() => expect(output.out).toContain('Ctrl+C'), 20_000)
  const addresses = output.out.match(/^\/\S+(?=\/p2p\/12D3Koo\w+$)/gm)
  expect(addresses?.map((address) => address.replace(/(tcp|udp)\/\d+/, '$1/PORT').replace(/certhash\/\S+$/, 'certhash/HASH'))).toEqual(
    ['/dns4/relay.example/tcp/PORT/ws', '/dns4/relay.example/tcp/PORT', '/ip4/8.8.4.4/udp/PORT/webrtc-direct/certhash/HASH'])
})

test('with --log-json every line that it writes is one JSON object', async () => {
  const { child, output, ended } = run('--port', '0', '--no-app', '--ephemeral', '--log-json', '--log-level', 'trace')
  await until(() => expect(output.out).toContain('Ctrl+C'), 20_000)
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  const refused = run('--log-json', '--port', 'x')
  expect(await refused.ended).toEqual([2, null])
  const lines = [output.out, output.err, refused.output.err].flatMap((text) => text.split('\n').slice(0, -1))
  expect(lines.length).toBeGreaterThan(5)
  for (const line of lines) {
    expect(JSON.parse(line)).toEqual({ time: expect.any(String), level: expect.any(String), scope: expect.any(String), message: expect.any(String) })
  }
})

describe('when it is asked to stop', () => {
  async function runWithClient(...args: string[]) {
    const running = run('--port', '0', '--host', '127.0.0.1', '--no-app', '--ephemeral', ...args)
    await until(() => expect(running.output.out).toContain('Ctrl+C'), 20_000)
    const addresses = running.output.out.match(/^\/\S+$/gm) ?? []
    const client = await startClient({ multiaddrs: () => addresses })
    // By then the relay knows that this is a client, for nobody else gets a slot.
    await until(() => expect(client.node.getMultiaddrs()).not.toEqual([]))
    return { ...running, client }
  }

  test('it waits for clients to leave', async () => {
    const { child, output, ended, client } = await runWithClient('--drain-time', '10m')
    child.kill('SIGTERM')
    await until(() => expect(output.out).toContain('Stopping'))
    await client.node.stop()
    expect(await ended).toEqual([0, null])
  })

  test('it waits for no longer than it was told to', async () => {
    const { child, ended } = await runWithClient('--drain-time', '50ms')
    child.kill('SIGINT')
    expect(await ended).toEqual([0, null])
  })

  test('it stops at once when it is asked again', async () => {
    const { child, output, ended } = await runWithClient('--drain-time', '10m')
    child.kill('SIGTERM')
    await until(() => expect(output.out).toContain('Stopping'))
    await until(() => {
      child.kill('SIGINT')
      expect(child.exitCode).not.toBeNull()
    })
    expect(await ended).toEqual([130, null])
  })

  test('the same request that comes by two ways is one', async () => {
    const { child, output, ended, client } = await runWithClient('--drain-time', '10m')
    child.kill('SIGTERM')
    child.kill('SIGINT')
    await until(() => expect(output.out).toContain('Stopping'))
    await client.node.stop()
    expect(await ended).toEqual([0, null])
  })
})

test('a port that is taken ends it with code 1 and says what to do', async () => {
  const other = createServer().listen(0)
  onTestFinished(() => { other.close() })
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const { output, ended } = run('--port', String(port), '--no-app', '--data', emptyFolder())
  expect(await ended).toEqual([1, null])
  expect(output.err.trim()).toBe(`Port ${port} is taken: stop the other program, or choose another port, such as --port ${port + 1}.`)
})

test('a data folder that another relay uses ends it with code 1 and says so', async () => {
  const folder = emptyFolder()
  const first = run('--port', '0', '--no-app', '--data', folder)
  await until(() => expect(first.output.out).toContain('Ctrl+C'), 20_000)
  const { output, ended } = run('--port', '0', '--no-app', '--data', folder)
  expect(await ended).toEqual([1, null])
  expect(output.err).toContain(`The folder ${folder} is in use by another relay: `)
})
