/** A real Caddy as the proxy in front, with a certificate of its own making. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { multiaddr } from '@multiformats/multiaddr'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startClient, startRelay, until } from '../clients.ts'
import { startProxy } from './proxies.ts'

const missing = spawnSync('caddy', ['version']).error !== undefined

beforeAll(() => { process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0' })
afterAll(() => { delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'] })

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Caddy with TLS in front of a relay; Caddy's port. */
async function startCaddy(upstream: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-caddy-'))
  const port = await freePort()
  writeFileSync(join(folder, 'Caddyfile'), `{
  admin off
  auto_https disable_redirects
  skip_install_trust
  storage file_system ${folder}/storage
}
https://localhost:${port} {
  tls internal
  reverse_proxy ${upstream}
}
`)
  const child = spawn('caddy', ['run', '--config', join(folder, 'Caddyfile')], { stdio: 'ignore', env: { ...process.env, HOME: folder } })
  onTestFinished(async () => {
    child.kill()
    await once(child, 'close')
    rmSync(folder, { recursive: true, force: true })
  })
  const isUp = async (): Promise<boolean> => {
    const answer = await fetch(`https://localhost:${port}/healthz`).catch(() => undefined)
    return answer?.status === 200
  }
  while (!await isUp()) await new Promise((resolve) => { setTimeout(resolve, 50) })
  return port
}

test.skipIf(missing).each([
  [true, /^\/ip4\/127\.0\.0\.9\/tcp\/\d+\/tls\/ws/],
  [false, /^\/ip4\/127\.0\.0\.1\/tcp\/\d+\/ws/]
])('wss works through Caddy, and the relay sees the client behind it if it trusts the proxy: %s', async (trustProxy, seen) => {
  const relay = await startRelay({ trustProxy })
  const caddy = await startCaddy(relay.httpUrl.replace('http://localhost', '127.0.0.1'))
  // The client comes from an address of its own, which on Linux all of 127.0.0.0/8 are.
  const { port } = await startProxy(caddy, '127.0.0.9')
  const client = await startClient()
  await client.node.dial(multiaddr(`/dns4/localhost/tcp/${port}/tls/ws/p2p/${relay.peerId}`))
  await until(() => expect(relay.libp2p.getConnections(client.node.peerId)).toHaveLength(1))
  expect(relay.libp2p.getConnections(client.node.peerId)[0]?.remoteAddr.toString()).toMatch(seen)
})
