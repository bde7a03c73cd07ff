/** coturn, as Debian packages it, with our configuration and our credentials. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { turnCredential } from '../../relay/turn/credentials.ts'
import type { TurnCredential } from '../../relay/turn/credentials.ts'
import { findProgram } from '../../scripts/debian.ts'

const CONFIGURATION = fileURLToPath(new URL('../../deploy/turnserver.conf', import.meta.url))
const SECRET = 'as long as both know it'
const PEER = '12D3KooWJUfBDTzP5r2Rm4x44fykBfkTbbiEj19ccJ3ZGum4CWPD'
const TTL_SECONDS = 600

const turnserver = findProgram(['turnserver'])
const client = findProgram(['turnutils_uclient'])
const missing = turnserver === undefined || client === undefined

describe.skipIf(missing)(`coturn${missing ? ' (skipped: turnserver and turnutils_uclient are not installed)' : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-coturn-'))
  let server: ReturnType<typeof spawn>
  let port: number

  beforeAll(async () => {
    port = await freePort()
    const here = ['--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1', `--listening-port=${port}`, `--pidfile=${join(folder, 'pid')}`, `--userdb=${join(folder, 'db')}`]
    server = spawn(turnserver ?? '', ['-c', CONFIGURATION, `--static-auth-secret=${SECRET}`, ...here], { stdio: 'ignore' })
    await vi.waitFor(() => answers(port), { timeout: 20_000, interval: 50 })
  })

  afterAll(async () => {
    const exit = once(server, 'exit')
    server.kill()
    await exit
    rmSync(folder, { recursive: true })
  })

  test('allocates for a credential that the relay made, and relays nothing to this machine', async () => {
    const said = await allocate(turnCredential(SECRET, PEER, TTL_SECONDS, Date.now()), 'error')
    expect(said).toContain('Received relay addr: 127.0.0.1:')
    expect(said).toContain('error 403 (Forbidden IP)')
  })

  test.each([
    ['that has ended', turnCredential(SECRET, PEER, -1, Date.now())],
    ['made with another secret', turnCredential('another', PEER, TTL_SECONDS, Date.now())],
    ['whose end somebody has put off', { ...turnCredential(SECRET, PEER, TTL_SECONDS, Date.now()), username: `9999999999:${PEER}` }]
  ])('allocates nothing for a credential %s', async (_which, credential) => {
    const said = await allocate(credential, 'ERROR')
    expect(said).toContain('ERROR: Cannot complete Allocation')
    expect(said).not.toContain('Received relay addr')
  })

  /** What coturn's own client prints on asking for an allocation and a channel to 127.0.0.1, up to its first line with `end`. */
  async function allocate({ username, credential }: TurnCredential, end: string): Promise<string> {
    const args = ['-v', '-c', '-n', '1', '-m', '1', '-u', username, '-w', credential, '-p', String(port), '-e', '127.0.0.1', '127.0.0.1']
    const child = spawn(client ?? '', args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const output of [child.stdout, child.stderr]) {
      output.setEncoding('utf8').on('data', (text: string) => {
        said += text
        // It would try again for a long time.
        if (said.includes(`${end} `) || said.includes(`${end}:`)) child.kill()
      })
    }
    await once(child, 'close')
    return said
  }
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** Rejects unless something accepts connections there. */
async function answers(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
  } finally {
    socket.destroy()
  }
}
