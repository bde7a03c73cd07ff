/** Statistics in words: pure, and the same on the screen and in what is copied. */
import type { FlowStatistics, LinkStatistics } from '../room/views.ts'
import { formats } from './formats.ts'
import { statisticsStrings as words } from './statistics-strings.ts'

/** A name and what it is at the moment. */
export type Fact = [name: string, value: string]

/** For example `1.2 Mbit/s`. */
export function rateText(bitsPerSecond: number): string {
  const kilobits = bitsPerSecond / 1_000
  const { number } = formats()
  return kilobits < 1_000 ? `${number(Math.round(kilobits))} kbit/s` : `${number(kilobits / 1_000, { maximumFractionDigits: 1 })} Mbit/s`
}

/** What is known of a connection as a whole. */
export function linkFacts({ receivedBps, sentBps, roundTripMs, path }: LinkStatistics): Fact[] {
  return known([
    [words.received, rateText(receivedBps)],
    [words.sent, rateText(sentBps)],
    [words.roundTrip, roundTripMs === null ? null : milliseconds(roundTripMs)],
    [words.path, path === null ? null : `${path.relay === null ? words.direct : words.relayed(path.relay)}, ${path.protocol.toUpperCase()}`],
  ])
}

/** What is known of one section in one direction. */
export function flowFacts({ bitsPerSecond, loss, jitterMs, codec, width, height, framesPerSecond, freezes, concealed }: FlowStatistics): Fact[] {
  const { number } = formats()
  return known([
    [words.rate, rateText(bitsPerSecond)],
    [words.loss, loss === null ? null : percent(loss)],
    [words.jitter, jitterMs === null ? null : milliseconds(jitterMs)],
    [words.codec, codec],
    [words.picture, width === null || height === null ? null : `${width} × ${height}`],
    [words.pictures, framesPerSecond === null ? null : number(framesPerSecond, { maximumFractionDigits: 0 })],
    [words.freezes, freezes === null ? null : number(freezes)],
    [words.concealed, concealed === null ? null : percent(concealed)],
  ])
}

export function flowName({ name, direction }: Pick<FlowStatistics, 'name' | 'direction'>): string {
  return words.flows[direction](words.names[name])
}

/** Everything as text, for somebody who helps. */
export function statisticsText(people: readonly { name: string, latest: LinkStatistics }[]): string {
  return people.map(({ name, latest }) => [
    `${name}, ${new Date(latest.at).toISOString()}`,
    ...lines(linkFacts(latest)),
    ...latest.flows.flatMap((flow) => [`  ${flowName(flow)}`, ...lines(flowFacts(flow), '    ')]),
  ].join('\n')).join('\n\n')
}

function lines(facts: readonly Fact[], indent = '  '): string[] {
  return facts.map(([name, value]) => `${indent}${name}: ${value}`)
}

function known(facts: readonly [string, string | null][]): Fact[] {
  return facts.filter((fact): fact is Fact => fact[1] !== null)
}

function milliseconds(value: number): string {
  return `${formats().number(value, { maximumFractionDigits: value < 10 ? 1 : 0 })} ms`
}

function percent(part: number): string {
  return formats().number(part, { style: 'percent', maximumFractionDigits: 1 })
}
