/** What the measurements of a call come to. Pure. */
import type { Condition } from './quality-lines.ts'
import type { Heard } from './quality-side.ts'

/** What the far side had received, again and again, phase by phase. */
export interface Outcome {
  phases: readonly (readonly Heard[])[]
}

/** Part of the size, and of the frames a second, from before the trouble at which a picture counts as recovered. */
const RECOVERED = 0.8

export const HEAD = [
  'Line', 'Link', 'Concealed, %', 'Worst second, %', 'Sound waits, ms', 'Frames/s', 'Height', 'Freezes', 'Frozen, %', 'Paused, %', 'kbit/s', 'Back after, s',
]

/** What a call comes to. Shares are 0..1. */
interface Score {
  concealed: number
  worstSecond: number
  waitsMs: number
  framesPerSecond: number
  height: number
  freezes: number
  frozen: number
  paused: number
  kbps: number
  backMs: number
}

/** One line of the table: the medians over all calls. */
export function rowOf(condition: Condition, kind: string, outcomes: readonly Outcome[]): string[] {
  const score = medianOf(condition, outcomes)
  const percent = (share: number, digits: number): string => (100 * share).toFixed(digits)
  return [
    condition.name, kind,
    percent(score.concealed, 2), percent(score.worstSecond, 1), score.waitsMs.toFixed(0),
    score.framesPerSecond.toFixed(1), score.height.toFixed(0), score.freezes.toFixed(0), percent(score.frozen, 1),
    percent(score.paused, 0), score.kbps.toFixed(0),
    !condition.recovers ? '-' : score.backMs === Infinity ? 'not' : (score.backMs / 1_000).toFixed(1),
  ]
}

/** In what ours is worse than the plain one. */
export function worseIn(condition: Condition, { plain, parley }: Record<'plain' | 'parley', readonly Outcome[]>): string[] {
  const [theirs, ours] = [medianOf(condition, plain), medianOf(condition, parley)]
  return (['concealed', 'frozen', 'backMs'] as const).filter((key) => ours[key] > theirs[key])
}

function medianOf(condition: Condition, outcomes: readonly Outcome[]): Score {
  const scores = outcomes.map((outcome) => scoreOf(condition, outcome))
  const middle = (key: keyof Score): number => median(scores.map((score) => score[key]))
  return {
    concealed: middle('concealed'), worstSecond: middle('worstSecond'), waitsMs: middle('waitsMs'),
    framesPerSecond: middle('framesPerSecond'), height: middle('height'), freezes: middle('freezes'), frozen: middle('frozen'),
    paused: middle('paused'), kbps: middle('kbps'), backMs: middle('backMs'),
  }
}

/** Sound and freezes count from the trouble to the end, the rest while it lasts. */
function scoreOf({ recovers }: Condition, outcome: Outcome): Score {
  const bad = recovers ? 1 : 0
  const during = outcome.phases[bad] ?? []
  const all = outcome.phases.slice(bad).flat()
  return {
    concealed: concealed(all),
    worstSecond: worst(all),
    waitsMs: ratio(all, 'waitedMs', 'emitted'),
    framesPerSecond: 1_000 * ratio(during, 'frames', 'atMs'),
    height: mean(during.map(({ height }) => height)),
    freezes: growth(all, 'freezes'),
    frozen: ratio(all, 'frozenMs', 'atMs'),
    paused: mean(during.map(({ held }) => Number(held))),
    kbps: 8 * ratio(during, 'bytes', 'atMs'),
    backMs: recovers ? recoveryMs(outcome) : 0,
  }
}

/** Time from the return of the line until the picture is as large and as fluent as before, milliseconds. */
export function recoveryMs({ phases: [before = [], , after = []] }: Outcome): number {
  const wanted = { frames: RECOVERED * ratio(before, 'frames', 'atMs'), height: RECOVERED * mean(before.map(({ height }) => height)) }
  const start = after[0]
  const window = 4
  const back = after.findIndex((heard, index) => {
    const recent = after.slice(Math.max(0, index - window), index + 1)
    return index >= window && heard.height >= wanted.height && ratio(recent, 'frames', 'atMs') >= wanted.frames
  })
  const at = after[Math.max(0, back - window)]
  return back === -1 || at === undefined || start === undefined ? Infinity : at.atMs - start.atMs
}

function concealed(heard: readonly Heard[]): number {
  return ratio(heard, 'concealed', 'samples')
}

/** The part concealed of the worst second. */
function worst(heard: readonly Heard[]): number {
  return Math.max(0, ...heard.slice(2).map((_, index) => concealed(heard.slice(index, index + 3))))
}

function ratio(heard: readonly Heard[], of: keyof Heard, per: keyof Heard): number {
  const whole = growth(heard, per)
  return whole > 0 ? growth(heard, of) / whole : 0
}

function growth(heard: readonly Heard[], key: keyof Heard): number {
  return Number(heard.at(-1)?.[key] ?? 0) - Number(heard[0]?.[key] ?? 0)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN
}
