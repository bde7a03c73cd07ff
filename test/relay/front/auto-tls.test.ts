import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { TypedEventEmitter } from '@libp2p/interface'
import type { Libp2p } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { followAutoTls } from '../../../relay/front/auto-tls.ts'
import { setLogLevel } from '../../../src/util/log.ts'
import { until } from '../clients.ts'

const CONFIG = new URL('../../../relay/config/defaults.ts', import.meta.url).href
const RELAY = new URL('../../../relay/relay.ts', import.meta.url).href

/** Starts and stops a relay in a program of its own, and lists the packages that were loaded for it. */
async function packagesLoaded(tls: 'off' | 'auto'): Promise<string[]> {
  const program = `
    import { registerHooks } from 'node:module'
    const names = new Set()
    registerHooks({ resolve: (specifier, context, next) => {
      const found = next(specifier, context)
      const name = /.*\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(found.url)?.[1]
      if (name !== undefined) names.add(name)
      return found
    } })
    const { defaultConfig } = await import('${CONFIG}')
    const { createRelay } = await import('${RELAY}')
    const base = defaultConfig()
    const relay = await createRelay({ ...base, port: 0, host: '127.0.0.1', app: false, tls: { kind: '${tls}' },
      webrtcDirect: { enabled: false }, turn: { ...base.turn, enabled: false } }, new AbortController())
    await relay.close()
    console.log(JSON.stringify([...names]))
    process.exit(0)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (data) => { output += String(data) })
  await once(child, 'close')
  return JSON.parse(output) as string[]
}

const NEEDED = ['@ipshipyard/libp2p-auto-tls', '@libp2p/http', 'acme-client', 'axios']

// It tells of a start and a stop; what a relay would load hours later, it cannot see.
test('what fetches certificates is loaded only by a relay that is to fetch one', async () => {
  const off = await packagesLoaded('off')
  expect(off).toContain('libp2p')
  expect(off.filter((name) => NEEDED.includes(name))).toEqual([])
  const auto = await packagesLoaded('auto')
  expect(NEEDED.filter((name) => !auto.includes(name))).toEqual([])
})

function fakeNode(address: string): Libp2p {
  return Object.assign(new TypedEventEmitter(), { getMultiaddrs: () => [multiaddr(address)] }) as unknown as Libp2p
}

function follow(address: string, patienceMs: number) {
  const lifetime = new AbortController()
  onTestFinished(() => lifetime.abort())
  setLogLevel('warn')
  const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined)
  const libp2p = fakeNode(address)
  const used: string[] = []
  followAutoTls({ libp2p, front: { useCertificate: ({ cert }) => used.push(cert) }, patienceMs, signal: lifetime.signal })
  const arrive = (cert: string): void => {
    libp2p.dispatchEvent(new CustomEvent('certificate:provision', { detail: { cert, key: 'key', notAfter: new Date() } }))
  }
  return { warn, used, arrive, lifetime }
}

afterEach(() => {
  setLogLevel('off')
  vi.restoreAllMocks()
})

test.each([
  ['/ip4/8.8.8.8/tcp/80/ws', /cannot be reached/],
  ['/ip4/127.0.0.1/tcp/80/ws', /no public address/]
])('a relay at %s that gets no certificate warns once, and uses one that comes all the same', async (address, reason) => {
  const { warn, used, arrive } = follow(address, 10)
  await until(() => expect(warn).toHaveBeenCalledOnce())
  expect(String(warn.mock.calls[0]?.[0])).toMatch(reason)
  arrive('late')
  expect(used).toEqual(['late'])
  expect(warn).toHaveBeenCalledOnce()
})

test('a certificate in time, or an end, leaves nothing to warn of', async () => {
  vi.useFakeTimers()
  onTestFinished(() => { vi.useRealTimers() })
  const inTime = follow('/ip4/8.8.8.8/tcp/80/ws', 1_000)
  inTime.arrive('first')
  const ended = follow('/ip4/8.8.8.8/tcp/80/ws', 1_000)
  ended.lifetime.abort()
  await vi.advanceTimersByTimeAsync(2_000)
  expect(inTime.warn).not.toHaveBeenCalled()
  ended.arrive('after the end')
  expect(ended.used).toEqual([])
})
