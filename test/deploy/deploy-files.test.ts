/** What `deploy/` says must be what the relay does. */
import { readFileSync } from 'node:fs'
import { BlockList } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { defaultConfig } from '../../relay/config/defaults.ts'
import { variableOf } from '../../relay/config/setting.ts'
import { SETTINGS } from '../../relay/config/settings.ts'
import { DEFAULT_DENY_NETWORKS } from '../../relay/turn/peer-policy.ts'

const FILES = ['Caddyfile', 'Dockerfile', 'compose.env', 'compose.yaml', 'parley-relay.env', 'parley-relay.service', 'turnserver.conf']
const { port, turn, drainMs, limits } = defaultConfig()

const read = (file: string): string => readFileSync(fileURLToPath(new URL(`../../deploy/${file}`, import.meta.url)), 'utf8')

/** Values of `key=value` lines; with `commented` also of those that are only suggested. */
function valuesOf(file: string, key: string, commented = false): string[] {
  return [...read(file).matchAll(new RegExp(`^${commented ? '#?' : ''}${key}=(.*)$`, 'gm'))].map(([, value = '']) => value)
}

function variablesIn(text: string): string[] {
  return [...new Set(text.match(/\bPARLEY_[A-Z_]+[A-Z]\b/g))]
}

describe.each(FILES)('%s', (file) => {
  test('names no variable that the relay does not know', () => {
    const known = new Set(SETTINGS.map(({ name }) => variableOf(name)))
    expect(variablesIn(read(file)).filter((name) => !known.has(name))).toEqual([])
  })

  test('names no flag of the relay that does not exist', () => {
    const known = new Set(SETTINGS.flatMap(({ name }) => [name, `no-${name}`]).concat('help', 'print-config', 'config', 'version'))
    const comments = read(file).split('\n').filter((line) => line.startsWith('#')).join('\n').replace(/^.*(docker|openssl|npm) .*$/gm, '')
    expect([...comments.matchAll(/--([a-z][a-z-]+)/g)].map(([, flag = '']) => flag).filter((flag) => !known.has(flag))).toEqual([])
  })
})

describe('parley-relay.env', () => {
  const lines = [...read('parley-relay.env').matchAll(/^#?(PARLEY_[A-Z_]+)=(.*)$/gm)]

  test.each(lines.map(([, name = '', value = '']) => [name, value]))('%s=%s is understood', (name, value) => {
    const setting = SETTINGS.find((each) => variableOf(each.name) === name)
    // Examples leave a secret and a peer id for the operator to fill in.
    const texts = (setting?.repeatable === true ? value.split(/[\s,]+/) : [value]).filter((text) => text !== '' && !text.endsWith('...'))
    expect(texts.map((text) => setting?.kind.parse(text))).not.toContain(undefined)
  })
})

describe('compose.yaml', () => {
  test.each([...read('compose.yaml').matchAll(/^ +(PARLEY_[A-Z_]+): "?([^"$\n]+)"?$/gm)].map(([, name = '', value = '']) => [name, value]))('%s: %s is understood', (name, value) => {
    expect(SETTINGS.find((each) => variableOf(each.name) === name)?.kind.parse(value)).toBeDefined()
  })

  test('lets the proxy in front find the relay', () => {
    expect(read('compose.yaml')).toContain(`PARLEY_PORT: "${port}"`)
    expect(read('Caddyfile')).toContain(`reverse_proxy 127.0.0.1:${port}`)
  })

  test('hands out the port on which coturn listens', () => {
    const [listening] = valuesOf('turnserver.conf', 'listening-port')
    expect(read('compose.yaml').match(/\b(turn|stun):\$\{PARLEY_NAME\}:\d+/g)?.map((url) => url.split(':').at(-1))).toEqual([listening, listening, listening])
  })
})

describe('the relay is given longer to stop than its clients to move', () => {
  test.each([['parley-relay.service', /^TimeoutStopSec=(\d+)$/m], ['compose.yaml', /^ +stop_grace_period: (\d+)s$/m], ['Dockerfile', /docker stop --time (\d+)/]])('%s', (file, pattern) => {
    expect(Number(pattern.exec(read(file))?.[1]) * 1_000).toBeGreaterThan(drainMs)
  })
})

test('the image tells all ports of a relay on which nothing was chosen', () => {
  expect(/^EXPOSE (.*)$/m.exec(read('Dockerfile'))?.[1]?.split(' ')).toEqual([`${port}/tcp`, `${port}/udp`, `${port + 1_000}/tcp`, '3478/tcp', '3478/udp'])
})

test('the unit has files for as many connections as the relay takes', () => {
  expect(Number(valuesOf('parley-relay.service', 'LimitNOFILE')[0])).toBeGreaterThan(2 * limits.connections)
})

describe('turnserver.conf', () => {
  test('has the limits of the relay\'s own TURN server', () => {
    const number = (key: string): number => Number(valuesOf('turnserver.conf', key)[0])
    expect({ min: number('min-port'), max: number('max-port') }).toEqual(turn.relayPorts)
    expect([number('user-quota'), number('total-quota'), number('max-bps')]).toEqual([turn.allocationsPerUser, turn.allocations, turn.bytesPerSecond])
  })

  test('relays to none of the networks to which the relay\'s own TURN server does not', () => {
    const denied = new BlockList()
    for (const range of valuesOf('turnserver.conf', 'denied-peer-ip')) {
      const [first = '', last = ''] = range.split('-')
      denied.addRange(first, last, first.includes(':') ? 'ipv6' : 'ipv4')
    }
    const reached = DEFAULT_DENY_NETWORKS.map((network) => network.replace(/\/.*$/, '')).filter((address) => !denied.check(address, address.includes(':') ? 'ipv6' : 'ipv4'))
    expect(reached).toEqual([])
    expect(denied.check('8.8.8.8')).toBe(false)
    expect(denied.check('2a00::1', 'ipv6')).toBe(false)
  })
})
