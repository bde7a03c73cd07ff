/** Every kind of mistake: one sentence, which names the setting and where it stands. */
import { describe, expect, test } from 'vitest'
import { parseCommand } from '../../../relay/config/command.ts'
import { ConfigError } from '../../../relay/config/types.ts'

const CERT = ['--tls-cert', 'c.pem', '--tls-key', 'k.pem']
const PEER_PATH = '/p2p/12D3KooWJUfBDTzP5r2Rm4x44fykBfkTbbiEj19ccJ3ZGum4CWPD'

function refusal(args: string[], env: Record<string, string> = {}, files: Record<string, string> = {}): string {
  try {
    parseCommand(args, env, (path) => files[path] ?? raise('ENOENT'))
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return 'accepted'
}

function raise(code: string): never {
  throw Object.assign(new Error(code), { code })
}

function expectSentence(message: string): void {
  expect(message).toMatch(/^[^\n]+[^.\n]\.$/)
}

describe('impossible values', () => {
  test.each([
    ['--port', '65536'], ['--port', '80a'], ['--port', '-1'], ['--port', '8e3'], ['--port', ''], ['--tcp-port', 'x'], ['--webrtc-direct-port', '70000'],
    ['--host', 'localhost'], ['--host', '192.0.2'],
    ['--webrtc-direct', 'maybe'], ['--app', 'nope'],
    ['--name', 'relay_1.example'], ['--name', '192.0.2.1'], ['--name', 'a..b'], ['--name', ''], ['--name', `${'a'.repeat(64)}.example`], ['--name', 'https://relay.example'],
    ['--announce', '/ip4/nowhere'], ['--announce', ''], ['--announce', 'relay.example'],
    ['--bootstrap', '/ip4/192.0.2.1/tcp/1'], ['--bootstrap', 'http://relay.example'], ['--bootstrap', `${PEER_PATH}/p2p-circuit`],
    ['--network', 'Parley'], ['--network', 'a'.repeat(33)], ['--network', '-a'],
    ['--data', ''],
    ['--turn-relay-ports', '2-1'], ['--turn-relay-ports', '0-1'], ['--turn-relay-ports', '1'], ['--turn-relay-ports', '1-65536'],
    ['--turn-public-address', 'turn.example'],
    ['--turn-allow-peer', '10.0.0.0/33'], ['--turn-allow-peer', '10.0.0/8'], ['--turn-allow-peer', 'all'],
    ['--turn-allocations', '0'], ['--turn-allocations', '1.5'], ['--max-connections', '-5'], ['--max-topics', '9'.repeat(20)],
    ['--turn-bytes-per-second', '0'], ['--circuit-bytes', '5XB'], ['--circuit-bytes', 'MB'], ['--circuit-bytes', '1e3'], ['--circuit-bytes', '-1MB'],
    ['--turn-credential-life', '12'], ['--turn-credential-life', '0s'], ['--turn-credential-life', '5ms'], ['--circuit-time', '0'], ['--circuit-time', '5M'],
    ['--drain-time', '601s'], ['--circuit-time', '25d'], ['--turn-credential-life', '8d'], ['--drain-time', '10'], ['--drain-time', 'soon'],
    ['--turn-server', 'turn.example'], ['--turn-server', 'turn://turn.example'], ['--turn-server', 'https:turn.example'], ['--turn-server', 'turn:'],
    ['--turn-server', 'stun:stun.example?transport=udp'], ['--turn-server', 'turn:turn.example?transport=sctp'], ['--turn-server', 'turn:turn.example:65536'],
    ['--turn-server', 'turn:2001:db8::1'], ['--turn-server', 'turn:[192.0.2.1]'], ['--turn-server', 'turns:a?transport=udp'], ['--turn-server', 'stuns:a'], ['--turn-server', 'turn:a..b'],
    ['--metrics', 'on'], ['--metrics', '9464'], ['--metrics', 'localhost:9464'], ['--metrics', '::1:9464'], ['--metrics', '127.0.0.1:'],
    ['--log-level', 'verbose'], ['--log-level', '']
  ])('%s %j', (flag, value) => {
    const message = refusal([`${flag}=${value}`])
    expectSentence(message)
    expect(message).toContain(`${flag} is ${JSON.stringify(value)}; it should be `)
  })

  test('of a list, the one that is wrong is shown', () => {
    expect(refusal([], { PARLEY_TURN_PUBLIC_ADDRESS: '192.0.2.1, x' })).toBe('PARLEY_TURN_PUBLIC_ADDRESS is "x"; it should be an IP address such as 192.0.2.1.')
  })

  test('a secret is not shown', () => {
    const message = refusal(['--config', 'r.json'], {}, { 'r.json': '{ "turn-secret": ["hidden"] }' })
    expectSentence(message)
    expect(message).not.toContain('hidden')
  })
})

describe('what is no setting', () => {
  test.each<[string, string[], Record<string, string>, Record<string, string>, string]>([
    ['flag', ['--unheard-of'], {}, {}, '--unheard-of is not a setting; --help lists them.'],
    ['misspelt flag', ['--prot', '1'], {}, {}, '--prot is not a setting; perhaps --port was meant.'],
    ['misspelt denial', ['--no-ap'], {}, {}, '--no-ap is not a setting; perhaps --no-app was meant.'],
    ['denial of what is no choice of two', ['--no-port'], {}, {}, '--no-port is not a setting; --help lists them.'],
    ['word', ['stray'], {}, {}, '"stray" is not a flag; --help lists them.'],
    ['short flag', ['-p', '1'], {}, {}, '"-p" is not a flag; --help lists them.'],
    ['bare dashes', ['--'], {}, {}, '"--" is not a flag; --help lists them.'],
    ['variable', [], { PARLEY_UNHEARD_OF: '1' }, {}, 'The variable PARLEY_UNHEARD_OF is not a setting; --help lists them.'],
    ['misspelt variable', [], { PARLEY_TURNPORT: '1' }, {}, 'The variable PARLEY_TURNPORT is not a setting; perhaps PARLEY_TURN_PORT was meant.'],
    ['variable that denies', [], { PARLEY_NO_APP: '1' }, {}, 'The variable PARLEY_NO_APP is not a setting; perhaps PARLEY_APP was meant.'],
    ['key', ['--config', 'r.json'], {}, { 'r.json': '{ "unheard-of": 1 }' }, '"unheard-of" in r.json is not a setting; --help lists them.'],
    ['misspelt key', [], { PARLEY_CONFIG: 'r.json' }, { 'r.json': '{ "annouce": [] }' }, '"annouce" in r.json is not a setting; perhaps "announce" was meant.'],
    ['file within the file', ['--config', 'r.json'], {}, { 'r.json': '{ "config": "x" }' }, '"config" in r.json is not a setting; --help lists them.']
  ])('%s', (_what, args, env, files, message) => {
    expect(refusal(args, env, files)).toBe(message)
  })
})

test.each<[string, string[], string]>([
  ['no value', ['--port'], '--port needs a value: --port PORT.'],
  ['another flag in place of the value', ['--port', '--host', '::1'], '--port needs a value: --port PORT.'],
  ['a value for a denial', ['--no-app=yes'], '--no-app takes no value.'],
  ['a value for an action', ['--print-config=yes'], '--print-config takes no value.'],
  ['no file', ['--config'], '--config needs a value: --config FILE.']
])('%s', (_what, args, message) => {
  expect(refusal(args)).toBe(message)
})

describe('files that cannot be used', () => {
  test.each<[string, string[], Record<string, string>, RegExp]>([
    ['a configuration that is not there', ['--config', 'r.json'], {}, /^The configuration file r\.json cannot be read \(ENOENT\)\.$/],
    ['a configuration that is no JSON', ['--config', 'r.json'], { 'r.json': '{ port: 1,\n }' }, /^The configuration file r\.json is not JSON: .+\.$/],
    ['a configuration that is no object', ['--config', 'r.json'], { 'r.json': '[1]' }, /^The configuration file r\.json should hold one JSON object\.$/],
    ['a value of the wrong sort', ['--config', 'r.json'], { 'r.json': '{ "port": [1] }' }, /^"port" in r\.json is \[1\]; it should be a text, a number, true or false\.$/],
    ['a wrong value', ['--config', 'r.json'], { 'r.json': '{ "port": 70000 }' }, /^"port" in r\.json is "70000"; it should be a port from 0 to 65535\.$/],
    ['a list with something else in it', ['--config', 'r.json'], { 'r.json': '{ "announce": [{}] }' }, /^"announce" in r\.json is \{\}; it should be a list of texts\.$/],
    ['a secret that is not there', ['--turn-server', 'turn:a', '--turn-secret-file', 's'], {}, /^The file s of --turn-secret-file cannot be read \(ENOENT\)\.$/],
    ['a secret of nothing', ['--turn-server', 'turn:a', '--turn-secret-file', 's'], { s: ' \n' }, /^The file s of --turn-secret-file is empty; it should hold a secret\.$/]
  ])('%s', (_what, args, files, message) => {
    expect(refusal(args, {}, files)).toMatch(message)
  })
})

describe('choices that do not go together', () => {
  test.each<[string[], ...string[]]>([
    [['--tls-cert', 'c.pem'], '--tls-cert', '--tls-key'],
    [['--tls-key', 'k.pem'], '--tls-key', '--tls-cert'],
    [['--auto-tls', ...CERT], '--auto-tls', '--tls-cert'],
    [['--auto-tls', '--trust-proxy'], '--auto-tls', '--trust-proxy'],
    [['--auto-tls', '--name', 'a.example'], '--auto-tls', '--name'],
    [['--auto-tls', '--ephemeral'], '--auto-tls', '--ephemeral'],
    [['--ephemeral', '--data', 'x'], '--ephemeral', '--data'],
    [['--turn-server', 'turn:a', '--turn-secret', 'x', '--turn-secret-file', 'y'], '--turn-secret', '--turn-secret-file'],
    [['--turn-server', 'turns:a'], '--turn-server', '--turn-secret'],
    [['--turn-secret', 'x'], '--turn-secret', '--turn-server'],
    [Array.from({ length: 9 }, () => '--turn-server=stun:a'), '--turn-server', '9'],
    [['--tcp-port', '8080'], '--port', '--tcp-port', '8080'],
    [['--port', '3478', '--turn-port', '3478'], '--port', '--turn-port', '3478'],
    [['--tcp-port', '1', '--metrics', '127.0.0.1:1'], '--tcp-port', '--metrics'],
    [['--turn-port', '2', '--webrtc-direct-port', '2'], '--turn-port', '--webrtc-direct-port', 'UDP'],
    [['--turn-port', '50000'], '--turn-relay-ports', '--turn-port', '50000'],
    [['--turn-relay-ports', '1000-2000', '--webrtc-direct-port', '2000'], '--turn-relay-ports', '--webrtc-direct-port', '2000']
  ])('%j', (args, ...parts) => {
    const message = refusal(args)
    expectSentence(message)
    for (const part of parts) expect(message).toContain(part)
  })

  test('the sentence says where each of them stands', () => {
    expect(refusal(['--config', 'r.json'], { PARLEY_AUTO_TLS: 'yes' }, { 'r.json': '{ "name": "a.example" }' }))
      .toMatch(/^PARLEY_AUTO_TLS and "name" in r\.json cannot be used together: /)
  })

  test.each<[string, string[]]>([
    ['what was declined', ['--no-auto-tls', ...CERT]],
    ['a server that is not wanted', ['--no-turn', '--turn-port', '8080', '--no-webrtc-direct', '--webrtc-direct-port', '50000']],
    ['different addresses of one machine', ['--host', '192.0.2.1', '--metrics', '127.0.0.1:8080']],
    ['ports that the system chooses', ['--port', '0', '--tcp-port', '0', '--turn-port', '0', '--webrtc-direct-port', '0', '--metrics', '127.0.0.1:0']],
    ['TCP and UDP', ['--webrtc-direct-port', '8080']],
    ['ports next to the relayed ones', ['--turn-relay-ports', '1001-1999', '--turn-port', '1000', '--webrtc-direct-port', '2000']]
  ])('but %s collides with nothing', (_what, args) => {
    expect(refusal(args)).toBe('accepted')
  })
})
