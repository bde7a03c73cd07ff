import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCommand } from '../../../relay/config/command.ts'
import { bytes, lifeMs, lifeSeconds } from '../../../relay/config/number-kinds.ts'
import { variableOf } from '../../../relay/config/setting.ts'
import { SETTINGS } from '../../../relay/config/settings.ts'

function shown(args: string[], env: Record<string, string> = {}, files: Record<string, string> = {}): string {
  const command = parseCommand(args, env, (path) => files[path] ?? '')
  return command.kind === 'print' ? command.text : ''
}

describe('the help', () => {
  const help = shown(['--help'])

  test.each(SETTINGS.map(({ name }) => name))('has %s', (name) => {
    expect(help).toMatch(new RegExp(`^  --(no-)?${name}( |$)`, 'm'))
  })

  test('shows no flag that the parser does not know', () => {
    const flags = [...help.matchAll(/^ {2}--(no-)?(\S+)/gm)].map(([, , name]) => name)
    const known = [...SETTINGS.map(({ name }) => name), 'config', 'print-config', 'help', 'version']
    expect(flags.toSorted()).toEqual(known.toSorted())
  })

  test('fits a terminal of 120 columns', () => {
    expect(help.split('\n').filter((line) => line.length > 120)).toEqual([])
  })
})

test('a default that is shown is read as the same value', () => {
  for (const { name, kind, byDefault, repeatable } of SETTINGS) {
    if (byDefault !== undefined && !repeatable) expect([name, kind.parse(kind.format(byDefault))]).toEqual([name, byDefault])
  }
})

test.each([['bytes', bytes], ['milliseconds', lifeMs], ['seconds', lifeSeconds(Infinity)]])('any number of %s is shown so that it is read as the same', (_what, kind) => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 2_073_600_000 }), (value) => kind.parse(kind.format(value)) === value))
})

describe('--print-config', () => {
  const row = (text: string, name: string): string | undefined => text.split('\n').find((line) => line.startsWith(`${name} `))?.replaceAll(/ {2,}/g, ' | ')

  test('has a line for each setting', () => {
    expect(shown(['--print-config']).split('\n').map((line) => line.split(' ')[0])).toEqual(SETTINGS.map(({ name }) => name))
  })

  test('shows each value and where it comes from', () => {
    const text = shown(['--print-config', '--no-app', '--config', 'r.json'], { PARLEY_CIRCUIT_TIME: '90s', PORT: '81' }, { 'r.json': '{ "announce": ["/ip4/192.0.2.1/tcp/1"] }' })
    expect(row(text, 'app')).toBe('app | no | flag --no-app')
    expect(row(text, 'circuit-time')).toBe('circuit-time | 1.5m | variable PARLEY_CIRCUIT_TIME')
    expect(row(text, 'port')).toBe('port | 81 | variable PORT')
    expect(row(text, 'announce')).toBe('announce | /ip4/192.0.2.1/tcp/1 | "announce" in r.json')
    expect(row(text, 'circuit-bytes')).toBe('circuit-bytes | 1MiB | default')
    expect(row(text, 'host')).toBe('host | all | default')
  })

  test('keeps the secret, wherever it comes from', () => {
    const args = ['--print-config', '--turn-server', 'turn:a']
    for (const text of [shown([...args, '--turn-secret', 'hush'], {}), shown(args, { PARLEY_TURN_SECRET: 'hush' }), shown([...args, '--turn-secret-file', 'f'], {}, { f: 'hush' })]) {
      expect(text).toContain('turn-secret')
      expect(text).not.toContain('hush')
    }
  })

  test('refuses what a start would refuse', () => {
    expect(() => shown(['--print-config', '--tcp-port', '8080'])).toThrow('TCP port 8080')
  })
})

test('every setting can be given back by variable as it is shown', () => {
  const env = Object.fromEntries(SETTINGS.filter(({ byDefault, repeatable }) => byDefault !== undefined && !repeatable)
    .map(({ name, kind, byDefault }) => [variableOf(name), kind.format(byDefault)]))
  expect(parseCommand([], env)).toEqual(parseCommand([], {}))
})
