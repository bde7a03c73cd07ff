import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { CheckLine, Finding } from '../../src/room/views.ts'
import { doctor, results, sides } from '../../src/ui/doctor-strings.ts'
import { travelStrings } from '../../src/ui/travel-strings.ts'
import { strings } from '../../src/ui/strings.ts'
import { UiPages } from './ui-page.ts'

const ANA = { kind: 'person', number: 1, label: 'Ana' } as const
const RELAY = { kind: 'relay', number: 1, label: 'relay.example' } as const
const LINES: CheckLine[] = [
  { id: '0', check: 'microphone', subject: null, verdict: 'bad', result: 'silent', ms: null },
  { id: '1', check: 'relay', subject: RELAY, verdict: 'good', result: 'reserved', ms: 24 },
  { id: '2', check: 'turn-udp', subject: RELAY, verdict: 'running', result: null, ms: null },
]
const FINDINGS: Finding[] = [
  { code: 'microphone-silent', severity: 'problem', side: 'you', subject: null, error: null },
  { code: 'person-their-side', severity: 'problem', side: 'them', subject: ANA, error: null },
  { code: 'relay-slow', severity: 'note', side: 'unknown', subject: RELAY, error: null },
]

let pages: UiPages
let page: Page

beforeAll(async () => { pages = await UiPages.start() })
afterAll(() => pages.stop())
afterEach(async () => {
  expect(await page.evaluate(() => window.harness.violations), 'the security policy holds').toEqual([])
  await page.context().close()
})

async function openDoctor(): Promise<void> {
  page = await pages.open()
  await page.getByTestId('settings').click()
  await page.getByTestId('doctor').click()
  await page.getByTestId('doctor-dialog').waitFor()
}

const show = (lines: CheckLine[], findings: Finding[] | null): Promise<void> => page.evaluate(([lines, findings]) => {
  const { examination } = window.harness.fake
  examination.lines.value = lines
  examination.findings.value = findings
}, [lines, findings] as const)

describe('the examination', () => {
  test('tells while it runs how much is left, and each result as it comes', async () => {
    await openDoctor()
    await show(LINES, null)
    expect(await page.getByTestId('doctor-summary').textContent()).toBe(doctor.running(1))
    expect(await page.getByTestId('doctor-summary').getAttribute('role')).toBe('status')
    const lines = page.getByTestId('check')
    expect(await lines.nth(0).textContent()).toContain(results.silent)
    expect(await lines.nth(1).textContent()).toMatch(/relay\.example[^]*24 ms/)
    expect(await lines.nth(2).getAttribute('data-result')).toBe('')
    expect(await page.getByTestId('doctor-again').isDisabled()).toBe(true)
  })

  test('asks to speak while it listens, and shows that it hears', async () => {
    await openDoctor()
    await page.evaluate(() => {
      window.harness.fake.examination.listening.value = true
      window.harness.fake.examination.level.value = 0.3
    })
    await page.getByText(doctor.speak).waitFor()
    expect(await page.getByRole('meter').getAttribute('aria-valuenow')).toBe('30')
    await page.evaluate(() => { window.harness.fake.examination.listening.value = false })
    await page.getByText(doctor.speak).waitFor({ state: 'detached' })
  })

  test('says what is wrong, on whose side, and what to do', async () => {
    await openDoctor()
    await show(LINES, FINDINGS)
    expect(await page.getByTestId('doctor-summary').textContent()).toBe(doctor.done(2, 1))
    const [silent, ana, slow] = await page.getByTestId('finding').allTextContents()
    expect(silent).toContain(sides.you)
    expect(silent).toContain('muted in the system')
    expect(ana).toContain('Ana')
    expect(ana).toContain(sides.them)
    expect(slow).toContain('relay.example')
  })

  test('hands out a report without names, and with them only when asked', async () => {
    await openDoctor()
    await show(LINES, FINDINGS)
    await page.locator('parley-doctor-report summary').click()
    const report = page.getByTestId('report')
    expect(await report.textContent()).toMatch(/^anonymous/)
    expect(await report.textContent()).not.toMatch(/Ana|relay\.example/)
    await page.getByTestId('report-detailed').check()
    expect(await report.textContent()).toMatch(/^detailed[^]*Ana[^]*relay\.example/)
  })

  test('ends with its dialog', async () => {
    await openDoctor()
    expect(await page.evaluate(() => window.harness.fake.examining())).toBe(true)
    await page.keyboard.press('Escape')
    await page.getByTestId('doctor-dialog').waitFor({ state: 'detached' })
    expect(await page.evaluate(() => window.harness.fake.examining())).toBe(false)
  })
})

describe('the offer to find out why', () => {
  test('comes when trouble lasts, says who cannot be reached, and goes with the trouble', async () => {
    page = await pages.open()
    await page.clock.install()
    await page.getByTestId('topic').fill('standup')
    await page.getByTestId('join').click()
    await page.getByTestId('call').waitFor()
    await page.evaluate(() => window.harness.arrive('ana', { name: 'Ana', connection: 'reconnecting' }))
    await page.clock.fastForward(8_000)
    expect(await page.getByTestId('trouble').count()).toBe(0)
    await page.clock.fastForward(2_000)
    await page.getByTestId('trouble').getByText(strings.trouble.person('Ana')).waitFor()
    await page.evaluate(() => window.harness.change('ana', { connection: 'connected' }))
    await page.getByTestId('trouble').waitFor({ state: 'detached' })
  })

  test('leads to the examination', async () => {
    page = await pages.open()
    await page.clock.install()
    await page.evaluate(() => { window.harness.fake.local.camera.value = { phase: 'failed', error: 'device-busy' } })
    await page.getByTestId('error').waitFor()
    await page.clock.fastForward(10_000)
    await page.getByTestId('find-out').click()
    await page.getByTestId('doctor-dialog').waitFor()
  })
})

test('how sound and picture travel is chosen in the settings, each choice with its sentence', async () => {
  page = await pages.open()
  await page.getByTestId('settings').click()
  const relay = page.getByTestId('policy-relay')
  expect(await page.getByTestId('policy-all').isChecked()).toBe(true)
  await relay.check()
  expect(await page.evaluate(() => window.harness.fake.parley.settings.transportPolicy.value)).toBe('relay')
  const hint = await relay.evaluate((input) => (input.getRootNode() as ShadowRoot).getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent)
  expect(hint).toBe(travelStrings.travel.relay.hint)
})
