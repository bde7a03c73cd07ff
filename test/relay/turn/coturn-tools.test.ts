/** The test programs of the coturn project (Debian package `coturn`) against the relay's server. */
import { execFile, spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTurnServer, turnCredential } from '../../../relay/turn/index.ts'
import type { TurnServer } from '../../../relay/turn/index.ts'
import { freeUdpPort, LOOPBACK, SECRET } from './lab.ts'

const TOOLS = ['turnutils_uclient', 'turnutils_stunclient', 'turnutils_peer']
const missing = TOOLS.filter((tool) => spawnSync('which', [tool]).status !== 0)
const run = promisify(execFile)

describe.skipIf(missing.length > 0)(missing.length > 0 ? `coturn's tools (not installed: ${missing.join(', ')})` : "coturn's tools", () => {
  // Shared, because the tools take their time and run side by side.
  const lifetime = new AbortController()
  let server: TurnServer
  let strict: TurnServer
  let peer: ChildProcess
  let peerPort: string

  beforeAll(async () => {
    const options = { host: '127.0.0.1', port: 0, secret: SECRET, realm: 'parley' }
    server = await createTurnServer({ ...options, allowPeers: LOOPBACK }, lifetime)
    strict = await createTurnServer(options, lifetime)
    peerPort = String(await freeUdpPort())
    peer = spawn('turnutils_peer', ['-L', '127.0.0.1', '-p', peerPort], { stdio: 'ignore' })
  })

  afterAll(async () => {
    peer.kill()
    await Promise.all([once(peer, 'exit'), server.close(), strict.close()])
  })

  test('turnutils_stunclient learns its address', async () => {
    const { stdout, stderr } = await run('turnutils_stunclient', ['-p', String(server.ports.udp), '127.0.0.1'])
    expect(stdout + stderr).toMatch(/UDP reflexive addr: 127\.0\.0\.1:\d+/)
  })

  const ways: Array<[string, string[]]> = [
    ['UDP and channels', []], ['UDP and indications', ['-s']], ['TCP and channels', ['-t']], ['TCP and indications', ['-t', '-s']],
    ['UDP and padded channels', ['-D']]
  ]

  // Without `-c` there is a second stream for each, RTCP: even ports and reservations are part of it.
  test.concurrent.each(ways)('turnutils_uclient: clients reach each other by %s and lose nothing', async (_, flags) => {
    await uclient(strict, [...flags, '-y'])
  })

  test.concurrent.each(ways)('turnutils_uclient: clients reach a peer by %s and lose nothing', async (_, flags) => {
    await uclient(server, [...flags, '-e', '127.0.0.1', '-r', peerPort])
  })

  test.concurrent('turnutils_uclient: a given name and password do as well as the secret', async () => {
    const { username, credential } = turnCredential(SECRET, 'ann', 600, Date.now())
    await uclient(strict, ['-y', '-c'], ['-u', username, '-w', credential])
  })
})

/** Runs it with a few clients and messages; throws unless every message came back. */
async function uclient(server: TurnServer, flags: string[], credential = ['-u', 'ann', '-W', SECRET]): Promise<void> {
  const load = ['-m', '2', '-n', '20', '-l', '171', '-z', '5']
  const { stdout, stderr } = await run('turnutils_uclient', [...credential, ...load, ...flags, '-p', String(server.ports.udp), '127.0.0.1'])
  const output = stdout + stderr
  expect(output).toContain('Total lost packets 0 (0.000000%), total send dropped 0 (0.000000%)')
  expect(output.match(/error|cannot|wrong/gi)).toBeNull()
  const [, sent, received] = /tot_send_msgs=(\d+), tot_recv_msgs=(\d+)\n[^\n]*tot_send_bytes[^\n]*\n[^\n]*Total transmit/.exec(output) ?? []
  expect(Number(sent)).toBeGreaterThanOrEqual(40)
  expect(received).toBe(sent)
}
