import type { Kind } from './kind.ts'

const MAX_PORT = 65_535
/** 24 days: the longest wait of a timer is 2^31 - 1 milliseconds, which is a little more. */
const MAX_TIMER_MS = 2_073_600_000

type Units = Readonly<Record<string, number>>

const BYTES: Units = {
  B: 1, KB: 1e3, KiB: 2 ** 10, MB: 1e6, MiB: 2 ** 20, GB: 1e9, GiB: 2 ** 30, TB: 1e12, TiB: 2 ** 40
}
const SECONDS: Units = { s: 1, m: 60, h: 3_600, d: 86_400 }
const MILLISECONDS: Units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A port; 0 lets the system choose. */
export const port: Kind<number> = {
  placeholder: 'PORT',
  expected: `a port from 0 to ${MAX_PORT}`,
  parse: parsePort,
  format: String
}

/** Two ports and all between them. */
export const portRange: Kind<{ min: number, max: number }> = {
  placeholder: 'MIN-MAX',
  expected: `two ports from 1 to ${MAX_PORT}, the smaller first, such as 49152-65535`,
  parse: (text) => {
    const [, from = '', to = ''] = /^(\d+)-(\d+)$/.exec(text) ?? []
    const [min, max] = [parsePort(from), parsePort(to)]
    return min === undefined || max === undefined || min === 0 || min > max ? undefined : { min, max }
  },
  format: ({ min, max }) => `${min}-${max}`
}

/** How many of something, at least one. */
export const count: Kind<number> = {
  placeholder: 'N',
  expected: 'a whole number from 1 up',
  parse: (text) => /^\d+$/.test(text) ? atLeastOne(Number(text)) : undefined,
  format: String
}

/** Bytes, at least one: `500KB`, `5MiB`, or a bare number. */
export const bytes: Kind<number> = {
  placeholder: 'SIZE',
  expected: 'a size such as 500KB or 5MiB',
  parse: (text) => atLeastOne(parseQuantity(text, BYTES)),
  format: (value) => formatQuantity(value, BYTES)
}

/** A time of at most `maxMs`, in milliseconds; 0 is none at all. */
export function waitMs(maxMs: number): Kind<number> {
  return {
    placeholder: 'TIME',
    expected: `a time such as 10s or 5m, at most ${formatQuantity(maxMs, MILLISECONDS)}`,
    parse: (text) => {
      const value = parseQuantity(text, MILLISECONDS, false)
      return value === undefined || value > maxMs ? undefined : value
    },
    format: (value) => value === 0 ? '0s' : formatQuantity(value, MILLISECONDS)
  }
}

const anyWait = waitMs(MAX_TIMER_MS)

/** How long something lasts, in milliseconds, for a timer; more than nothing. */
export const lifeMs: Kind<number> = { ...anyWait, parse: (text) => atLeastOne(anyWait.parse(text)) }

/** How long something lasts, in seconds, from one to `max`. */
export function lifeSeconds(max: number): Kind<number> {
  return {
    placeholder: 'TIME',
    expected: `a time of a second or more, such as 30m or 12h, at most ${formatQuantity(max, SECONDS)}`,
    parse: (text) => {
      const value = atLeastOne(parseQuantity(text, SECONDS, false))
      return value === undefined || value > max ? undefined : value
    },
    format: (value) => formatQuantity(value, SECONDS)
  }
}

function parsePort(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= MAX_PORT ? Number(text) : undefined
}

function atLeastOne(value: number | undefined): number | undefined {
  return value !== undefined && value >= 1 && Number.isSafeInteger(value) ? value : undefined
}

/** A bare number counts in the smallest unit when `bare` says so; else only 0 may go without a unit. */
function parseQuantity(text: string, units: Units, bare = true): number | undefined {
  const [, digits = '', name = ''] = /^(\d+(?:\.\d+)?) ?([a-z]*)$/i.exec(text) ?? []
  if (digits === '') return undefined
  if (name === '') return bare || Number(digits) === 0 ? Math.round(Number(digits)) : undefined
  // Capitals tell nothing apart here, so mb is MB; but nobody should have to wonder whether 5M are months.
  const [, unit] = Object.entries(units).find(([each]) => units === BYTES ? each.toLowerCase() === name.toLowerCase() : each === name) ?? []
  return unit === undefined ? undefined : Math.round(Number(digits) * unit)
}

/** In the largest unit that needs no more than three decimals. */
function formatQuantity(value: number, units: Units): string {
  const descending = Object.entries(units).toSorted(([, a], [, b]) => b - a)
  const [name, unit] = descending.find(([, each]) => value >= each && (value * 1_000) % each === 0) ?? ['', 1]
  return `${value / unit}${name}`
}
