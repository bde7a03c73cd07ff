import type { Resolution, Resolved } from './resolve.ts'

/** What `--print-config` shows: a line for each setting with its value and where that comes from. Secrets are left out. */
export function printConfig(resolution: Resolution): string {
  const rows = [...resolution.values()].map((each) => [each.setting.name, shown(each), origin(each)] as const)
  const [names, values] = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)) + 2)
  return rows.map(([name, value, from]) => `${name.padEnd(names ?? 0)}${value.padEnd(values ?? 0)}${from}`).join('\n')
}

function shown({ setting: { kind, repeatable, secret, otherwise }, value }: Resolved): string {
  if (value === undefined) return otherwise ?? '-'
  if (secret) return '(secret)'
  const values = repeatable ? value as unknown[] : [value]
  return values.length === 0 ? '-' : values.map((each) => kind.format(each)).join(' ')
}

function origin({ source, place }: Resolved): string {
  return source === 'default' ? source : source === 'file' ? place : `${source} ${place}`
}
