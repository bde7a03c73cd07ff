import { expect, test } from 'vitest'
import { LinkHealth, troubleOf, type LinkFacts } from '../../src/media/link-health.ts'
import { nextStep, type LinkHistory, type RecoveryStep } from '../../src/media/recovery.ts'

const history: LinkHistory = {
  trouble: 'failed', troubleMs: 0, steps: 0, sinceStepMs: Infinity, polite: false, unanswered: false, missedServers: false,
}

const ROWS: [rule: string, change: Partial<LinkHistory>, step: RecoveryStep][] = [
  ['what works is left alone', { trouble: 'none', troubleMs: 500_000 }, 'wait'],
  ['a failure is acted on at once', {}, 'restart-ice'],
  ['silence was waited for already', { trouble: 'silent' }, 'restart-ice'],
  ['a short disconnection may pass', { trouble: 'disconnected', troubleMs: 1_999 }, 'wait'],
  ['a longer one is restarted', { trouble: 'disconnected', troubleMs: 2_000 }, 'restart-ice'],
  ['connecting takes its time', { trouble: 'connecting', troubleMs: 9_999 }, 'wait'],
  ['but not for ever', { trouble: 'connecting', troubleMs: 10_000 }, 'restart-ice'],
  ['what missed its ICE servers is not up in a moment without them', { trouble: 'connecting', missedServers: true, troubleMs: 999 }, 'wait'],
  ['and is restarted to use them', { trouble: 'connecting', missedServers: true, troubleMs: 1_000 }, 'restart-ice'],
  ['by the impolite side first', { trouble: 'connecting', missedServers: true, polite: true, troubleMs: 1_999 }, 'wait'],
  ['by the polite one if only it has missed them', { trouble: 'connecting', missedServers: true, polite: true, troubleMs: 2_000 }, 'restart-ice'],
  ['servers that an up connection missed hurry nothing', { trouble: 'disconnected', missedServers: true, troubleMs: 1_999 }, 'wait'],
  ['the polite side lets the other lead', { polite: true, troubleMs: 3_999 }, 'wait'],
  ['and steps in when the other does not', { polite: true, troubleMs: 4_000 }, 'restart-ice'],
  ['it also waits after a step of the other', { polite: true, troubleMs: 9_000, sinceStepMs: 4_999 }, 'wait'],
  ['a first step just taken by the peer gets a second', { troubleMs: 5_000, sinceStepMs: 999 }, 'wait'],
  ['never twice within the hold', { steps: 1, troubleMs: 5_000, sinceStepMs: 3_999 }, 'wait'],
  ['a second restart after it', { steps: 1, troubleMs: 5_000, sinceStepMs: 4_000 }, 'restart-ice'],
  ['two restarts in vain lead to a rebuild', { steps: 2, troubleMs: 12_000, sinceStepMs: 6_000 }, 'rebuild'],
  ['a rebuild is followed by a restart', { steps: 3, troubleMs: 30_000, sinceStepMs: 10_000 }, 'restart-ice'],
  ['the last rung repeats', { steps: 40, troubleMs: 100_000, sinceStepMs: 15_000 }, 'rebuild'],
  ['an unanswered offer is not followed by more', { unanswered: true, troubleMs: 60_000 }, 'wait'],
  ['a broken connection is rebuilt at once, by either side', { trouble: 'broken', polite: true, sinceStepMs: 0 }, 'rebuild'],
  ['even while an offer waits', { trouble: 'broken', unanswered: true }, 'rebuild'],
  ['but not again and again', { trouble: 'broken', steps: 1, sinceStepMs: 3_999 }, 'wait'],
  ['up to the end there is hope', { troubleMs: 119_999, sinceStepMs: 1 }, 'wait'],
  ['then it is over', { troubleMs: 120_000, unanswered: true }, 'give-up'],
]

test.each(ROWS)('%s', (_rule, change, step) => {
  expect(nextStep({ ...history, ...change })).toBe(step)
})

const fine: LinkFacts = {
  connectionState: 'connected', iceConnectionState: 'connected', silent: false, broken: false, unanswered: false, missedServers: false,
}

test('the worst of several troubles counts', () => {
  expect(troubleOf(fine)).toBe('none')
  expect(troubleOf({ ...fine, silent: true })).toBe('silent')
  expect(troubleOf({ ...fine, silent: true, connectionState: 'connecting' })).toBe('connecting')
  expect(troubleOf({ ...fine, iceConnectionState: 'disconnected', silent: true })).toBe('disconnected')
  expect(troubleOf({ ...fine, iceConnectionState: 'failed', connectionState: 'disconnected' })).toBe('failed')
  expect(troubleOf({ ...fine, connectionState: 'failed', broken: true })).toBe('broken')
})

test('a link that never worked is connecting, one that did is interrupted', () => {
  const health = new LinkHealth(false)
  expect(health.observe({ ...fine, connectionState: 'connecting' }, 0).phase).toBe('connecting')
  expect(health.observe(fine, 100).phase).toBe('connected')
  expect(health.observe({ ...fine, connectionState: 'connecting' }, 200).phase).toBe('interrupted')
})

test('steps climb the ladder while trouble lasts, and start again from the bottom after it', () => {
  const health = new LinkHealth(false)
  const failed: LinkFacts = { ...fine, connectionState: 'failed' }
  const steps: [number, RecoveryStep][] = []
  for (let now = 0; now <= 130_000; now += 500) {
    const { step } = health.observe(failed, now)
    if (step !== 'wait') steps.push([now, step])
    if (step === 'give-up') break
  }
  expect(steps.slice(0, 4)).toEqual([[0, 'restart-ice'], [4_000, 'restart-ice'], [10_000, 'rebuild'], [20_000, 'restart-ice']])
  expect(steps.at(-1)).toEqual([120_000, 'give-up'])
  health.observe(fine, 200_000)
  expect(health.observe(failed, 200_500).step).toBe('restart-ice')
})

test('an offer of the peer counts as its step: ours waits', () => {
  const health = new LinkHealth(false)
  health.observe({ ...fine, connectionState: 'disconnected' }, 0)
  health.peerStepped(1_500)
  expect(health.observe({ ...fine, connectionState: 'disconnected' }, 2_400).step).toBe('wait')
  expect(health.observe({ ...fine, connectionState: 'disconnected' }, 2_500).step).toBe('restart-ice')
})
