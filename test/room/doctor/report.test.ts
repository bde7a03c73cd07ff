import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findingsOf } from '../../../src/room/doctor/findings.ts'
import { formatReport, type ReportParts } from '../../../src/room/doctor/report.ts'
import type { CheckLine, Subject } from '../../../src/room/doctor/types.ts'
import { findingSentences, fullName, namelessName } from '../../../src/ui/doctor-strings.ts'
import { ana, deadRelay, observed, relay } from './observations.ts'

const context = { browser: 'Mozilla/5.0 Chrome/156', protocol: 1, at: '2026-11-22T20:00:00.000Z' }

function reportOn(addresses: string[], names: string[], hosts: string[], detailed: boolean): string {
  const people = names.map((label, index) => ana({ subject: { kind: 'person', number: index + 1, label }, connected: index % 2 === 0 }))
  const relays = hosts.map((label, index) => ({
    ...(index % 2 === 0 ? deadRelay : relay)(index + 1), subject: { kind: 'relay' as const, number: index + 1, label },
  }))
  const all = observed({ addresses, people, relays })
  const subjects: Subject[] = [...people, ...relays].map(({ subject }) => subject)
  const lines = subjects.map((subject, index): CheckLine => (
    { id: String(index), check: subject.kind, subject, verdict: 'good', result: 'reached', ms: index }
  ))
  const sentences = findingsOf(all).map((finding) => Object.values(findingSentences(finding, detailed ? fullName : namelessName)).join(' '))
  return formatReport({ lines, observed: all, sentences, context, detailed })
}

const peerId = fc.string({ unit: fc.constantFrom(...'123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'), minLength: 44, maxLength: 44 }).map((id) => `12D3KooW${id}`)
const address = fc.oneof(
  fc.ipV4(), fc.ipV6(), fc.uuid().map((id) => `${id}.local`), fc.domain(),
  fc.tuple(fc.ipV4(), peerId).map(([ip, id]) => `/ip4/${ip}/tcp/443/wss/p2p/${id}`),
)
/** Short ones would occur in our own words. */
const telling = (each: string): boolean => each.length >= 5 && !each.startsWith('::')

test('a report for strangers holds no address, no host, no id and no name', () => {
  fc.assert(fc.property(fc.array(address.filter(telling)), fc.array(fc.oneof(peerId, fc.emailAddress(), fc.constant('Ana Müller'))), fc.array(address.filter(telling)),
    (addresses, names, hosts) => {
      const report = reportOn(addresses, names, hosts, false)
      for (const secret of [...addresses, ...names, ...hosts]) expect(report).not.toContain(secret)
    }))
})

test('a detailed report holds them', () => {
  const report = reportOn(['198.51.100.7'], ['Ana', 'Ben'], ['relay.example'], true)
  for (const known of ['198.51.100.7', 'Ana', 'Ben', 'relay.example']) expect(report).toContain(known)
})

test('a report says which browser, what was found, what was checked and how long it took', () => {
  const parts: ReportParts = {
    lines: [{ id: '0', check: 'stun', subject: { kind: 'relay', number: 1, label: 'relay.example' }, verdict: 'good', result: 'answered', ms: 12 }],
    observed: observed({ people: [ana()] }), sentences: ['Everything works.'], context, detailed: false,
  }
  expect(formatReport(parts).split('\n')).toEqual([
    'Parley check, 2026-11-22T20:00:00.000Z, protocol 1',
    'Browser: Mozilla/5.0 Chrome/156',
    'Sound and picture may travel: all; the browser says online',
    '',
    'Findings:',
    '- Everything works.',
    '',
    'Checks:',
    '- stun relay 1: answered (good), 12 ms',
    '',
    'Ways to relays:',
    '- relay 1 by wss: reached, open after 80 ms, round trip 20 ms',
    '- relay 2 by wss: reached, open after 80 ms, round trip 20 ms',
    '',
    'Ways to people:',
    '- person 1: host to srflx by udp: succeeded, in use, round trip 30 ms',
  ])
})
