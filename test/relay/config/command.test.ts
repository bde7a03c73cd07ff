import { describe, expect, test } from 'vitest'
import { parseCommand } from '../../../relay/config/command.ts'
import { defaultConfig } from '../../../relay/config/defaults.ts'
import { readPath } from '../../../relay/config/path.ts'
import { variableOf } from '../../../relay/config/setting.ts'
import { SETTINGS } from '../../../relay/config/settings.ts'
import type { RelayConfig } from '../../../relay/config/types.ts'
import { ConfigError } from '../../../relay/config/types.ts'

const PEER = '12D3KooWJUfBDTzP5r2Rm4x44fykBfkTbbiEj19ccJ3ZGum4CWPD'
const OTHER = `/ip4/192.0.2.1/tcp/1/p2p/${PEER}`
const FILE = '/etc/parley/relay.json'

interface Sources {
  args?: string[]
  env?: Record<string, string>
  /** Content of the configuration file. */
  file?: object
}

function configOf({ args = [], env = {}, file }: Sources): RelayConfig {
  const files: Record<string, string> = { [FILE]: JSON.stringify(file), '/run/secret': 'shared\n' }
  const command = parseCommand(file === undefined ? args : [...args, '--config', FILE], env, (path) => files[path] ?? raise('ENOENT'))
  if (command.kind !== 'run') throw new Error(`asked for ${command.kind}`)
  return command.config
}

function raise(code: string): never {
  throw Object.assign(new Error(code), { code })
}

test('without any choice a relay has the defaults and keeps its key below ./data', () => {
  expect(configOf({})).toEqual({ ...defaultConfig(), data: './data/relay' })
})

/** Three different values for each setting: by file, by variable, by flag; and what the last two become. */
const VALUES: Record<string, [file: unknown, variable: string, flag: string[], fromVariable: unknown, fromFlag: unknown]> = {
  'port': [1, '2', ['--port', '3'], 2, 3],
  'host': ['192.0.2.1', '192.0.2.2', ['--host', '::1'], '192.0.2.2', '::1'],
  'tcp-port': [1, '2', ['--tcp-port=3'], 2, 3],
  'webrtc-direct': [true, 'yes', ['--no-webrtc-direct'], true, false],
  'webrtc-direct-port': [1, '2', ['--webrtc-direct-port', '3'], 2, 3],
  'name': ['a.example', 'b.example', ['--name', 'Bücher.example'], 'b.example', 'xn--bcher-kva.example'],
  'announce': [['/ip4/192.0.2.1/tcp/1'], '/ip4/192.0.2.2/tcp/1, /ip4/192.0.2.3/tcp/1', ['--announce', '/dns4/a/tcp/443/wss'], ['/ip4/192.0.2.2/tcp/1', '/ip4/192.0.2.3/tcp/1'], ['/dns4/a/tcp/443/wss']],
  'trust-proxy': [false, 'off', ['--trust-proxy'], false, true],
  'data': ['a', 'b', ['--data', 'c'], 'b', 'c'],
  'app': [true, '1', ['--no-app'], true, false],
  'network': ['aa', 'bb', ['--network', 'cc'], 'bb', 'cc'],
  'bootstrap': [OTHER, `${OTHER} ${OTHER}`, ['--bootstrap', OTHER, `--bootstrap=${OTHER}`, '--bootstrap', OTHER], [OTHER, OTHER], [OTHER, OTHER, OTHER]],
  'turn': [true, 'true', ['--turn', '--no-turn'], true, false],
  'turn-port': [1, '2', ['--turn-port', '3'], 2, 3],
  'turn-relay-ports': ['1-2', '3-4', ['--turn-relay-ports', '5-5'], { min: 3, max: 4 }, { min: 5, max: 5 }],
  'turn-public-address': [['192.0.2.1'], '192.0.2.2', ['--turn-public-address', '2001:db8::1'], ['192.0.2.2'], ['2001:db8::1']],
  'turn-allow-peer': [['10.0.0.0/8'], '10.1.0.0/16', ['--turn-allow-peer', 'fd00::/8'], ['10.1.0.0/16'], ['fd00::/8']],
  'turn-allocations': [1, '2', ['--turn-allocations', '3'], 2, 3],
  'turn-allocations-per-user': [1, '2', ['--turn-allocations-per-user', '3'], 2, 3],
  'turn-bytes-per-second': ['1KB', '2KB', ['--turn-bytes-per-second', '3 mb'], 2_000, 3_000_000],
  'turn-bytes-per-credential': [1, '2GB', ['--turn-bytes-per-credential', '1.5GiB'], 2_000_000_000, 1_610_612_736],
  'turn-credential-life': ['1h', '30m', ['--turn-credential-life', '1.5d'], 1_800, 129_600],
  'max-connections': [1, '2', ['--max-connections', '3'], 2, 3],
  'max-connections-per-address': [1, '2', ['--max-connections-per-address', '3'], 2, 3],
  'max-reservations': [1, '2', ['--max-reservations', '3'], 2, 3],
  'max-reservations-per-address': [1, '2', ['--max-reservations-per-address', '3'], 2, 3],
  'circuit-bytes': ['1KiB', '2KiB', ['--circuit-bytes', '3'], 2_048, 3],
  'circuit-time': ['1s', '2m', ['--circuit-time', '500ms'], 120_000, 500],
  'max-topics': [1, '2', ['--max-topics', '3'], 2, 3],
  'max-topics-per-client': [1, '2', ['--max-topics-per-client', '3'], 2, 3],
  'metrics': ['off', 'local', ['--metrics', '[::]:9464'], { kind: 'local' }, { kind: 'listen', host: '::', port: 9464 }],
  'log-level': ['warn', 'silent', ['--log-level', 'trace'], 'silent', 'trace'],
  'log-json': [false, 'no', ['--log-json'], false, true],
  'drain-time': ['1s', '0', ['--drain-time', '1m'], 0, 60_000]
}

describe('flags win over variables, variables over the file, the file over the default', () => {
  test('and every setting that is a value of RelayConfig is tried', () => {
    expect(Object.keys(VALUES)).toEqual(SETTINGS.filter(({ path }) => path !== undefined).map(({ name }) => name))
  })

  test.each(Object.entries(VALUES))('%s', (name, [inFile, variable, flag, fromVariable, fromFlag]) => {
    const path = SETTINGS.find((each) => each.name === name)?.path ?? ''
    const file = { [name]: inFile }
    const env = { [variableOf(name)]: variable }
    const read = (sources: Sources): unknown => readPath(configOf(sources), path)
    const fromFile = read({ file })
    expect(fromFile).not.toBeUndefined()
    expect(read({ file, env })).toEqual(fromVariable)
    expect(read({ file, env, args: flag })).toEqual(fromFlag)
    expect([fromFile, fromVariable]).not.toContainEqual(fromFlag)
  })
})

test('every value of RelayConfig can be chosen', () => {
  const leaves = (value: unknown, path: string[] = []): string[] =>
    typeof value !== 'object' || value === null || Array.isArray(value) ? [path.join('.')] : Object.entries(value).flatMap(([key, each]) => leaves(each, [...path, key]))
  const paths = SETTINGS.flatMap(({ path }) => path ?? [])
  // These two are put together from several settings.
  const assembled = ['tls', 'turn.external']
  const missing = leaves(defaultConfig()).filter((leaf) => ![...paths, ...assembled].some((path) => leaf === path || leaf.startsWith(`${path}.`)))
  expect(missing).toEqual([])
})

describe('PORT', () => {
  test('is another name of PARLEY_PORT, which wins over it', () => {
    expect(configOf({ env: { PORT: '1' } }).port).toBe(1)
    expect(configOf({ env: { PORT: '1', PARLEY_PORT: '2' } }).port).toBe(2)
  })
})

test('a variable that is empty counts as not set', () => {
  expect(configOf({ env: { PARLEY_NAME: '', PARLEY_BOOTSTRAP: '', PARLEY_CONFIG: '', PORT: '' } })).toEqual(configOf({}))
})

test('what Kubernetes and Docker tell about a service called parley is no setting', () => {
  const env = {
    PARLEY_PORT: 'tcp://10.0.0.1:8080', PARLEY_SERVICE_HOST: '10.0.0.1', PARLEY_SERVICE_PORT: '8080', PARLEY_SERVICE_PORT_HTTP: '8080',
    PARLEY_PORT_8080_TCP: 'tcp://10.0.0.1:8080', PARLEY_PORT_8080_TCP_ADDR: '10.0.0.1', PARLEY_RELAY_SERVICE_HOST: '10.0.0.1'
  }
  expect(configOf({ env })).toEqual(configOf({}))
})

test('PARLEY_CONFIG names the file, unless --config does; its paths are relative to its folder', () => {
  const files: Record<string, string> = { '/a/x.json': '{ "data": "keys" }', '/b/y.json': '{ "data": "/abs" }' }
  const dataOf = (args: string[]) => {
    const command = parseCommand(args, { PARLEY_CONFIG: '/a/x.json' }, (path) => files[path] ?? raise('ENOENT'))
    return command.kind === 'run' ? command.config.data : undefined
  }
  expect(dataOf([])).toBe('/a/keys')
  expect(dataOf(['--config', '/b/y.json'])).toBe('/abs')
})

describe('what is put together from several settings', () => {
  test('a certificate and its key', () => {
    expect(configOf({ args: ['--tls-cert', 'c.pem'], file: { 'tls-key': 'k.pem' } }).tls).toEqual({ kind: 'files', cert: 'c.pem', key: '/etc/parley/k.pem' })
    expect(configOf({ args: ['--auto-tls'] }).tls).toEqual({ kind: 'auto' })
  })

  test('other TURN servers and their secret, which may come from a file', () => {
    const urls = ['turn:turn.example:3478?transport=udp', 'stun:[2001:db8::1]']
    const given = { env: { PARLEY_TURN_SERVER: urls.join(',') } }
    expect(configOf({ ...given, args: ['--turn-secret', 'shared'] }).turn.external).toEqual({ urls, secret: 'shared' })
    expect(configOf({ ...given, args: ['--turn-secret-file', '/run/secret'] }).turn.external).toEqual({ urls, secret: 'shared' })
    expect(configOf({ args: ['--turn-server', 'stun:192.0.2.1'] }).turn.external).toEqual({ urls: ['stun:192.0.2.1'], secret: '' })
  })

  test('an ephemeral relay has no folder', () => {
    expect(configOf({ args: ['--ephemeral'] }).data).toBeUndefined()
  })
})

test('help and version are given whatever else stands there', () => {
  expect(parseCommand(['--nonsense', '--help'], { PARLEY_PORT: 'x' })).toMatchObject({ kind: 'print' })
  expect(parseCommand(['--nonsense', '--version'], {})).toEqual({ kind: 'version' })
})

test('what is refused is a ConfigError', () => {
  expect(() => configOf({ args: ['--nonsense'] })).toThrow(ConfigError)
})
