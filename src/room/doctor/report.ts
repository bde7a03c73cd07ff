/** The examination as text, for whoever helps. Pure. */
import type { RelayWay } from '../ports.ts'
import type { CandidatePairInfo } from '../views.ts'
import type { CheckLine, Observations, Subject } from './types.ts'

/** What a report says besides what was found. */
export interface ReportContext {
  /** The browser's own words for itself. */
  browser: string
  /** Version of the protocol between peers. */
  protocol: number
  /** When the examination began, ISO 8601. */
  at: string
}

export interface ReportParts {
  lines: readonly CheckLine[]
  observed: Observations
  /** The findings in words, without names and addresses unless `detailed`. */
  sentences: readonly string[]
  context: ReportContext
  /** Whether names and addresses may be in it. */
  detailed: boolean
}

/**
 * Writes the report. Unless it is detailed, it is made of our own words and of numbers only, which is safer than to make
 * it of everything and to strike out what must not be there.
 */
export function formatReport({ lines, observed, sentences, context, detailed }: ReportParts): string {
  const subjectOf = (subject: Subject | null): string => subject === null ? '' : ` ${nameOf(subject, detailed)}`
  return [
    `Parley check, ${context.at}, protocol ${context.protocol}`,
    `Browser: ${context.browser}`,
    `Sound and picture may travel: ${observed.policy}; the browser says ${observed.onLine ? 'online' : 'offline'}`,
    '',
    'Findings:',
    ...sentences.map((sentence) => `- ${sentence}`),
    '',
    'Checks:',
    ...lines.map(({ check, subject, verdict, result, ms }) =>
      `- ${check}${subjectOf(subject)}: ${result ?? 'running'} (${verdict})${ms === null ? '' : `, ${ms} ms`}`),
    ...section('Ways to relays:', (observed.relays ?? []).flatMap(({ subject, ways }) =>
      ways.map((way) => `- ${nameOf(subject, detailed)} by ${wayText(way)}`))),
    ...section('Ways to people:', observed.people.flatMap(({ subject, pairs }) =>
      pairs.map((pair) => `- ${nameOf(subject, detailed)}: ${pairText(pair)}`))),
    ...detailed ? section('Addresses seen:', observed.addresses.map((address) => `- ${address}`)) : [],
  ].join('\n')
}

/** How a relay or a person is called, by name or by number. */
export function nameOf({ kind, number, label }: Subject, detailed: boolean): string {
  return detailed && label !== '' ? `${kind} ${number} (${label})` : `${kind} ${number}`
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines]
}

function wayText({ transport, outcome, ms, rttMs }: RelayWay): string {
  return `${transport}: ${outcome}${ms === null ? '' : `, open after ${ms} ms`}${rttMs === null ? '' : `, round trip ${rttMs} ms`}`
}

function pairText({ local, remote, protocol, relayProtocol, state, selected, rttMs }: CandidatePairInfo): string {
  const via = relayProtocol === null ? '' : `, to the relay by ${relayProtocol}`
  return `${local} to ${remote} by ${protocol}${via}: ${state}${selected ? ', in use' : ''}${rttMs === null ? '' : `, round trip ${rttMs} ms`}`
}
