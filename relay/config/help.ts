import { ACTIONS } from './flags.ts'
import { yesNo } from './kind.ts'
import type { Setting } from './setting.ts'
import { SETTING_GROUPS } from './settings.ts'

const WIDTH = 120
const INTRODUCTION = [
  'Runs a Parley relay: it helps browsers to find and reach each other, and serves the app to them.',
  '',
  'Every setting is also an environment variable (--turn-port is PARLEY_TURN_PORT) and a key of the JSON file that --config',
  'names ("turn-port"). Flags win over variables, variables over the file. A flag marked with * may be repeated; as a',
  'variable it is a list with commas or spaces.'
]

/** What `--help` shows. */
export function helpText(): string {
  const groups = [
    ...SETTING_GROUPS.map(({ title, settings }) => ({ title, rows: settings.map(settingRow) })),
    { title: 'Besides', rows: Object.entries(ACTIONS).map(([name, action]) => [`--${name}${'value' in action ? ` ${action.value}` : ''}`, action.help] as const) }
  ]
  const width = Math.max(...groups.flatMap(({ rows }) => rows.map(([flag]) => flag.length))) + 4
  const lines = groups.flatMap(({ title, rows }) => ['', `${title}:`, ...rows.flatMap(([flag, help]) => describe(flag, help, width))])
  return [...INTRODUCTION, ...lines].join('\n')
}

function settingRow(setting: Setting): readonly [flag: string, help: string] {
  const { name, kind, help, repeatable, byDefault, alias } = setting
  if (kind === yesNo) return byDefault === true ? [`--no-${name}`, `do not ${help}`] : [`--${name}`, help]
  const value = [defaultOf(setting), ...alias === undefined ? [] : [`or the variable ${alias}`]].filter((part) => part !== '').join(', ')
  return [`--${name} ${kind.placeholder}${repeatable ? ' *' : ''}`, value === '' ? help : `${help} (${value})`]
}

function defaultOf({ kind, repeatable, byDefault, otherwise }: Setting): string {
  const value = otherwise ?? (byDefault === undefined || repeatable ? '' : kind.format(byDefault))
  return value === '' ? '' : `default ${value}`
}

/** A flag with its explanation beside it, on as many lines as that needs. */
function describe(flag: string, help: string, width: number): string[] {
  const lines = ['']
  for (const word of help.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && width + line.length + 1 + word.length > WIDTH) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.map((line, index) => (index === 0 ? `  ${flag}` : '').padEnd(width) + line)
}
