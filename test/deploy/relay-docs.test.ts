/** The documents for those who run relays must say what the relay does. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { defaultConfig } from '../../relay/config/defaults.ts'
import { ACTIONS } from '../../relay/config/flags.ts'
import { yesNo } from '../../relay/config/kind.ts'
import { variableOf } from '../../relay/config/setting.ts'
import type { Setting } from '../../relay/config/setting.ts'
import { SETTING_GROUPS, SETTINGS } from '../../relay/config/settings.ts'
import { METRICS } from '../../relay/operation/metric-table.ts'

const DOCS = new URL('../../docs/', import.meta.url)
const guide = readFileSync(new URL('relay.md', DOCS), 'utf8')
const rules = readFileSync(new URL('../deploy/prometheus-rules.yaml', DOCS), 'utf8')
/** Flags of other programs that the guide shows. */
const FOREIGN = ['build', 'detach', 'domain', 'file', 'global', 'home-dir', 'name', 'network', 'now', 'restart', 'shell', 'standalone', 'stop-timeout', 'system', 'tag', 'volume', 'version']

function settingsPage(): string {
  const groups = SETTING_GROUPS.map(({ title, settings }) => [
    `## ${title}`, '', '| Flag | Variable | Default | |', '|---|---|---|---|', ...settings.map(row)
  ].join('\n'))
  return `${['# Settings of a relay', `Made from \`relay/config/settings.ts\` by a test: \`npx vitest run --project unit -u test/deploy\` writes it anew.
Each is a flag, a variable and, under the flag's name without its dashes, a key of the file that \`--config\` names. A
variable that may have several values is a list with spaces or commas. [relay.md](relay.md) says which you need.`, ...groups].join('\n\n')}\n`
}

function row({ name, kind, help, repeatable, byDefault, otherwise, alias }: Setting): string {
  const value = otherwise ?? (byDefault === undefined || repeatable ? 'none' : `\`${kind.format(byDefault)}\``)
  const flag = kind === yesNo ? `\`--${name}\`, \`--no-${name}\`` : `\`--${name} ${kind.placeholder}\`${repeatable ? ', may be repeated' : ''}`
  return `| ${flag} | \`${variableOf(name)}\`${alias === undefined ? '' : `, \`${alias}\``} | ${value} | ${help} |`
}

test('the page of settings lists all of them as they are', async () => {
  await expect(settingsPage()).toMatchFileSnapshot(fileURLToPath(new URL('relay-settings.md', DOCS)))
})

describe('the guide', () => {
  test('lists exactly the metrics that there are', () => {
    const named = new Set(guide.match(/\bparley_relay_[a-z_]+\b/g))
    expect([...named].toSorted()).toEqual([...METRICS.map(({ name }) => name), 'parley_relay_build_info'].toSorted())
  })

  test('lists the labels of each metric', () => {
    for (const { name, labels } of METRICS) if (labels !== undefined) expect(guide).toContain(`\`${name}{${labels.join(',')}}\``)
  })

  test('names no flag and no variable that does not exist', () => {
    const flags = new Set([...SETTINGS.flatMap(({ name }) => [name, `no-${name}`]), ...Object.keys(ACTIONS), ...FOREIGN])
    expect([...guide.matchAll(/--([a-z][a-z-]*[a-z])(?!-)\b/g)].map(([, flag = '']) => flag).filter((flag) => !flags.has(flag))).toEqual([])
    const variables = new Set(SETTINGS.map(({ name }) => variableOf(name)))
    expect(guide.match(/\bPARLEY_[A-Z_]+[A-Z]\b/g)?.filter((name) => !variables.has(name))).toEqual([])
  })

  test('tells the limits and times that a relay has when nothing was chosen', () => {
    const { limits, turn, drainMs } = defaultConfig()
    const number = new Intl.NumberFormat('en')
    expect(guide).toContain(`(${number.format(limits.connections)} connections, ${number.format(limits.reservations)} reservations, ${number.format(limits.topics)} rooms, ${number.format(turn.allocations)} TURN allocations)`)
    expect(guide).toContain(`generous: ${limits.connectionsPerAddress} connections`)
    expect(guide).toContain(`${limits.circuitBytes / 1_048_576} MiB and ${limits.circuitMs / 60_000} minutes each`)
    expect(guide).toContain(`\`--drain-time\` (${drainMs / 1_000} seconds)`)
    expect(guide).toContain(`valid for\n${turn.credentialSeconds / 3_600} hours`)
  })

  test('leads only to files that exist, and to its own sections', () => {
    for (const [, target = ''] of guide.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) expect([target, existsSync(new URL(target, DOCS))]).toEqual([target, true])
    const sections = [...guide.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => title.toLowerCase().replace(/[^a-z0-9 -]/g, '').replaceAll(' ', '-'))
    expect([...guide.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor).filter((anchor) => !sections.includes(anchor))).toEqual([])
  })
})

test('alerts are about metrics that there are', () => {
  const known = new Set(METRICS.map(({ name }) => name))
  expect(rules.match(/\bparley_relay_[a-z_]+\b/g)?.filter((name) => !known.has(name))).toEqual([])
})
