import { expect, test } from 'vitest'
import { LinkHealth, troubleOf, type LinkFacts } from '../../../src/media/recovery/link-health.ts'
import { nextStep, type LinkHistory, type RecoveryStep } from '../../../src/media/recovery/recovery.ts'

const history: LinkHistory = {
  trouble: 'failed', troubleMs: 0, everConnected: true, steps: 0, sinceStepMs: Infinity, polite: false, hurried: false,
  signalable: true, unanswered: false, prompted: false, offerAgeMs: Infinity, sinceSaidMs: Infinity, missedServers: false,
}

const ROWS: [rule: string, change: Partial<LinkHistory>, step: RecoveryStep][] = [
  ['what works is left alone', { trouble: 'none', troubleMs: 500_000 }, 'wait'],
  ['a failure is acted on at once', {}, 'restart-ice'],
  ['silence was waited for already', { trouble: 'silent' }, 'restart-ice'],
  ['where only the other side hears nothing, a restart would keep the old pair', { trouble: 'unheard' }, 'rebuild'],
  ['whatever the other side has just begun', { trouble: 'unheard', polite: true, sinceStepMs: 0, unanswered: true }, 'rebuild'],
  ['not again and again', { trouble: 'unheard', steps: 1, sinceStepMs: 2_999 }, 'wait'],
  ['but where nobody could be told of it, that pair is all there is', { trouble: 'unheard', signalable: false }, 'restart-ice'],
  ['a short disconnection may pass', { trouble: 'disconnected', troubleMs: 1_999 }, 'wait'],
  ['a longer one is restarted', { trouble: 'disconnected', troubleMs: 2_000 }, 'restart-ice'],
  ['connecting takes its time at first', { trouble: 'connecting', everConnected: false, troubleMs: 9_999 }, 'wait'],
  ['but not for ever', { trouble: 'connecting', everConnected: false, troubleMs: 10_000 }, 'restart-ice'],
  ['connecting again takes less', { trouble: 'connecting', troubleMs: 3_999 }, 'wait'],
  ['and is restarted sooner', { trouble: 'connecting', troubleMs: 4_000 }, 'restart-ice'],
  ['what missed its ICE servers is not up in a moment without them', { trouble: 'connecting', missedServers: true, troubleMs: 999 }, 'wait'],
  ['and is restarted to use them', { trouble: 'connecting', missedServers: true, troubleMs: 1_000 }, 'restart-ice'],
  ['by the impolite side first', { trouble: 'connecting', missedServers: true, polite: true, troubleMs: 1_999 }, 'wait'],
  ['by the polite one if only it has missed them', { trouble: 'connecting', missedServers: true, polite: true, troubleMs: 2_000 }, 'restart-ice'],
  ['servers that an up connection missed hurry nothing', { trouble: 'disconnected', missedServers: true, troubleMs: 1_999 }, 'wait'],
  ['the polite side lets the other lead', { polite: true, troubleMs: 3_999 }, 'wait'],
  ['and steps in when the other does not', { polite: true, troubleMs: 4_000 }, 'restart-ice'],
  ['it also waits after a step of the other', { polite: true, troubleMs: 9_000, sinceStepMs: 5_499 }, 'wait'],
  ['where the trouble is its own it does not wait', { polite: true, hurried: true, troubleMs: 0 }, 'restart-ice'],
  ['after a change of network a disconnection is not waited for', { trouble: 'disconnected', hurried: true }, 'restart-ice'],
  ['the polite side makes no offer that nobody could hear', { polite: true, signalable: false, troubleMs: 60_000 }, 'wait'],
  ['the impolite one makes one, for the time when somebody can', { signalable: false }, 'restart-ice'],
  ['a step just taken by the peer gets its time', { troubleMs: 5_000, sinceStepMs: 1_499 }, 'wait'],
  ['also after a change of network', { hurried: true, troubleMs: 5_000, sinceStepMs: 1_499 }, 'wait'],
  ['never twice within the hold', { steps: 1, troubleMs: 5_000, sinceStepMs: 2_999 }, 'wait'],
  ['a second restart after it', { steps: 1, troubleMs: 5_000, sinceStepMs: 3_000 }, 'restart-ice'],
  ['two restarts in vain lead to a rebuild', { steps: 2, troubleMs: 12_000, sinceStepMs: 5_000 }, 'rebuild'],
  ['a rebuild is followed by a restart', { steps: 3, troubleMs: 30_000, sinceStepMs: 10_000 }, 'restart-ice'],
  ['pauses grow', { steps: 5, troubleMs: 100_000, sinceStepMs: 29_999 }, 'wait'],
  ['the last rung repeats, without an end', { steps: 400, troubleMs: 1e9, sinceStepMs: 30_000 }, 'rebuild'],
  ['an unanswered offer is not followed by more', { unanswered: true, troubleMs: 60_000 }, 'wait'],
  ['unless there is a reason to believe that it gets through now', { unanswered: true, prompted: true, offerAgeMs: 4_999 }, 'resend'],
  ['not while its answer may be on the way', { unanswered: true, prompted: true, offerAgeMs: 299, sinceSaidMs: 299 }, 'wait'],
  ['one that is old is made anew', { unanswered: true, prompted: true, offerAgeMs: 5_000 }, 'renew'],
  ['also by the polite side, at once', { unanswered: true, prompted: true, polite: true, offerAgeMs: 2_000 }, 'resend'],
  ['also where the path has come back, perhaps for us alone', { trouble: 'none', unanswered: true, prompted: true, offerAgeMs: 2_000 }, 'resend'],
  ['there too only with a reason', { trouble: 'none', unanswered: true }, 'wait'],
  ['a reason alone makes no step sooner', { prompted: true, steps: 1, sinceStepMs: 2_999 }, 'wait'],
  ['a broken connection is rebuilt at once, by either side', { trouble: 'broken', polite: true, sinceStepMs: 0 }, 'rebuild'],
  ['even while an offer waits', { trouble: 'broken', unanswered: true }, 'rebuild'],
  ['but not again and again', { trouble: 'broken', steps: 1, sinceStepMs: 2_999 }, 'wait'],
]

test.each(ROWS)('%s', (_rule, change, step) => {
  expect(nextStep({ ...history, ...change })).toBe(step)
})

const fine: LinkFacts = {
  connectionState: 'connected', iceConnectionState: 'connected', doubtful: false, silent: false, unheard: false, broken: false, unanswered: false,
  missedServers: false, signalable: true,
}
const silent: LinkFacts = { ...fine, silent: true }

test('the worst of several troubles counts', () => {
  expect(troubleOf(fine)).toBe('none')
  expect(troubleOf(silent)).toBe('silent')
  expect(troubleOf({ ...fine, unheard: true })).toBe('unheard')
  expect(troubleOf({ ...silent, unheard: true })).toBe('silent')
  expect(troubleOf({ ...silent, connectionState: 'connecting' })).toBe('connecting')
  expect(troubleOf({ ...fine, iceConnectionState: 'disconnected' })).toBe('disconnected')
  expect(troubleOf({ ...silent, iceConnectionState: 'disconnected' })).toBe('silent')
  expect(troubleOf({ ...fine, iceConnectionState: 'failed', connectionState: 'disconnected' })).toBe('failed')
  expect(troubleOf({ ...fine, connectionState: 'failed', broken: true })).toBe('broken')
})

test('a link that never worked is connecting, one that did is interrupted', () => {
  const health = new LinkHealth(false)
  expect(health.observe({ ...fine, connectionState: 'connecting' }, 0).phase).toBe('connecting')
  expect(health.observe(fine, 100).phase).toBe('connected')
  expect(health.observe({ ...fine, connectionState: 'connecting' }, 200).phase).toBe('interrupted')
})

/** The steps that a link takes, looked at twice a second. */
test('doubt is told once, of what has worked, also where trouble comes without it', () => {
  const health = new LinkHealth(false)
  const told = (facts: Partial<LinkFacts>, nowMs: number): boolean => health.observe({ ...fine, ...facts }, nowMs).isNewDoubt
  expect(told({ connectionState: 'connecting', doubtful: true }, 0)).toBe(false)
  expect(told({}, 100)).toBe(false)
  expect(told({ doubtful: true }, 200)).toBe(true)
  expect(told({ doubtful: true, silent: true }, 300)).toBe(false)
  expect(told({}, 400)).toBe(false)
  expect(told({ unheard: true }, 500)).toBe(true)
  expect(told({ unheard: true, doubtful: true }, 600)).toBe(false)
})

function stepsOf(health: LinkHealth, facts: LinkFacts, untilMs: number, fromMs = 0): [number, RecoveryStep][] {
  const steps: [number, RecoveryStep][] = []
  for (let now = fromMs; now <= untilMs; now += 500) {
    const { step } = health.observe(facts, now)
    if (step !== 'wait') steps.push([now, step])
  }
  return steps
}

test('steps climb the ladder while trouble lasts, and start again from the bottom after it', () => {
  const health = new LinkHealth(false)
  const failed: LinkFacts = { ...fine, connectionState: 'failed' }
  expect(stepsOf(health, failed, 100_000)).toEqual([
    [0, 'restart-ice'], [3_000, 'restart-ice'], [8_000, 'rebuild'], [18_000, 'restart-ice'], [33_000, 'rebuild'], [63_000, 'rebuild'],
    [93_000, 'rebuild'],
  ])
  health.observe(fine, 200_000)
  expect(health.observe(failed, 200_500).step).toBe('restart-ice')
})

test('an offer of the peer counts as its step: ours waits', () => {
  const health = new LinkHealth(false)
  health.observe({ ...fine, connectionState: 'disconnected' }, 0)
  health.peerStepped(1_500)
  expect(health.observe({ ...fine, connectionState: 'disconnected' }, 2_900).step).toBe('wait')
  expect(health.observe({ ...fine, connectionState: 'disconnected' }, 3_000).step).toBe('restart-ice')
})

test('an answer that took as long as the road was closed gets its own time to work', () => {
  const health = new LinkHealth(false)
  expect(health.observe(silent, 0).step).toBe('restart-ice')
  expect(stepsOf(health, { ...silent, unanswered: true }, 20_000, 500)).toEqual([])
  expect(stepsOf(health, silent, 23_000, 20_500)).toEqual([])
  expect(health.observe(silent, 23_500).step).toBe('restart-ice')
})

test('an offer that was said in vain is made anew once, when there is reason to', () => {
  const health = new LinkHealth(false)
  const waiting: LinkFacts = { ...silent, unanswered: true }
  health.observe(silent, 0)
  health.offerSaid(true, 0)
  expect(health.observe(waiting, 20_000).step).toBe('wait')
  health.prompt()
  expect(health.observe(waiting, 20_250).step).toBe('renew')
  health.offerSaid(true, 20_250)
  expect(stepsOf(health, waiting, 60_000, 20_500)).toEqual([])
  health.prompt()
  health.offerSaid(false, 61_000)
  expect(health.observe(waiting, 61_250).step).toBe('wait')
  expect(health.observe(waiting, 61_500).step).toBe('renew')
})

test('a second reason, while the offer is being made anew, does not make it anew twice', () => {
  const health = new LinkHealth(false)
  const waiting: LinkFacts = { ...silent, unanswered: true }
  health.observe(silent, 0)
  health.offerSaid(true, 0)
  health.prompt()
  expect(health.observe(waiting, 20_000).step).toBe('renew')
  health.prompt()
  expect(health.observe(waiting, 20_010).step).toBe('wait')
})

test('a reason to say again what has been answered meanwhile is forgotten', () => {
  const health = new LinkHealth(false)
  health.observe(silent, 0)
  health.prompt()
  health.observe(silent, 250)
  health.offerSaid(true, 300)
  expect(stepsOf(health, { ...silent, unanswered: true }, 60_000, 2_000)).toEqual([])
})

test('a change of network starts the ladder anew, and a burst of changes does so once', () => {
  const health = new LinkHealth(true)
  stepsOf(health, silent, 60_000)
  const before = stepsOf(health, silent, 80_000, 60_500)
  expect(before).toEqual([])
  const moments: number[] = []
  for (let now = 80_500; now < 86_500; now += 250) {
    if (now < 82_000) health.hurry(now)
    if (health.observe(silent, now).step !== 'wait') moments.push(now)
  }
  expect(moments).toEqual([80_500, 83_500])
})
