/** A call summed up in words: pure, and the same on the screen and in what is copied. */
import type { CallSummary } from '../room/views.ts'
import { formats } from './formats.ts'
import { displayName } from './people.ts'
import { summaryStrings as words } from './summary-strings.ts'

/** Names and values, in the order in which they are shown. */
export function summaryFacts({ startedAt, endedAt, people, receivedBytes, sentBytes, relayed, worstRoundTripMs }: CallSummary): [string, string][] {
  const { list, number } = formats()
  const facts: [string, string | null][] = [
    [words.lasted, timeText(endedAt - startedAt)],
    [words.people, list(people.map(displayName))],
    [words.received, sizeText(receivedBytes)],
    [words.sent, sizeText(sentBytes)],
    [words.relayed, relayed === null ? null : number(relayed, { style: 'percent', maximumFractionDigits: 0 })],
    [words.roundTrip, worstRoundTripMs === null ? null : `${number(worstRoundTripMs)} ms`],
  ]
  return facts.filter((fact): fact is [string, string] => fact[1] !== null)
}

/** The worst moments, a sentence each. */
export function troubleLines({ troubles }: CallSummary): string[] {
  return troubles.map(({ name, at, lastedMs }) => words.trouble(displayName(name), timeText(lastedMs), formats().time(at)))
}

/** All of it, for whoever wants to keep it. */
export function summaryText(summary: CallSummary): string {
  const { topic, startedAt } = summary
  return [`${topic}, ${new Date(startedAt).toISOString()}`, ...summaryFacts(summary).map(([name, value]) => `${name}: ${value}`), ...troubleLines(summary)].join('\n')
}

/** Hours, minutes and seconds; of less than a minute the seconds. */
function timeText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  if (seconds < 60) return `${formats().number(seconds)} s`
  const digits = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3_600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${digits(minutes)}:${digits(seconds % 60)}` : `${minutes}:${digits(seconds % 60)} min`
}

function sizeText(bytes: number): string {
  const megabytes = bytes / 1_000_000
  return `${formats().number(megabytes, { maximumFractionDigits: megabytes < 10 ? 1 : 0 })} MB`
}
