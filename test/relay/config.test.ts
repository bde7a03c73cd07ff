import { expect, test } from 'vitest'
import { parseCommand } from '../../relay/config.ts'
import { defaultConfig } from '../../relay/config/defaults.ts'
import { ConfigError } from '../../relay/config/types.ts'

const PEER = '12D3KooWJUfBDTzP5r2Rm4x44fykBfkTbbiEj19ccJ3ZGum4CWPD'

test('without flags a relay serves the app on port 8080 and keeps its key below ./data', () => {
  expect(parseCommand([], {})).toEqual({
    kind: 'run',
    config: { ...defaultConfig(), port: 8080, host: undefined, tcpPort: undefined, data: './data/relay', app: true, bootstrap: [], announce: [] }
  })
})

test('the port flag wins over the variable, and the variable over the default', () => {
  const portOf = (args: string[], env: Record<string, string>) => {
    const command = parseCommand(args, env)
    return command.kind === 'run' ? command.config.port : undefined
  }
  expect(portOf(['--port', '1'], { PORT: '2' })).toBe(1)
  expect(portOf([], { PORT: '2' })).toBe(2)
  expect(portOf(['--port', '65535'], {})).toBe(65_535)
})

test('lists of addresses are gathered in order', () => {
  const bootstrap = [`/ip4/192.0.2.1/tcp/1/p2p/${PEER}`, `/dns4/relay.example/tcp/443/tls/ws/p2p/${PEER}`]
  const command = parseCommand(bootstrap.flatMap((each) => ['--bootstrap', each]).concat('--no-app'), {})
  expect(command).toMatchObject({ config: { bootstrap, app: false } })
})

test('the help names every flag', () => {
  const command = parseCommand(['--help'], {})
  for (const flag of ['--port', '--host', '--tcp-port', '--data', '--bootstrap', '--announce', '--no-app']) expect(command).toMatchObject({ text: expect.stringContaining(flag) })
})

test.each([
  [['--port', '65536']], [['--port', '80a']], [['--port', '-1']], [['--port', '']], [['--tcp-port', 'x']], [['--host', 'localhost']],
  [['--bootstrap', '/ip4/192.0.2.1/tcp/1']], [['--bootstrap', 'http://relay.example']], [['--announce', '/ip4/nowhere']], [['--announce', '']],
  [['--unknown']], [['stray']], [['--port']]
])('%j is refused in one sentence', (args) => {
  expect(() => parseCommand(args, {})).toThrow(ConfigError)
  try {
    parseCommand(args, {})
  } catch (error) {
    expect((error as Error).message).toMatch(/^[^\n]+\.$/)
  }
})
