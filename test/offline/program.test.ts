import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createProgram, type Program } from '../../src/offline/program.ts'

/** A worker of a newer build, and what the page has said to it. */
class Newer extends EventTarget {
  state = 'installed'
  readonly told: unknown[] = []
  postMessage(data: unknown): void { this.told.push(data) }
}

let newer: Newer
let registration: EventTarget & { waiting: Newer | null, installing: Newer | null }
let container: EventTarget
const reload = vi.fn<() => void>()

async function outdatedProgram(): Promise<Program> {
  const program = createProgram()
  program.keep()
  await vi.runOnlyPendingTimersAsync()
  expect(program.isOutdated.value).toBe(true)
  return program
}

beforeEach(() => {
  vi.useFakeTimers()
  reload.mockReset()
  newer = new Newer()
  registration = Object.assign(new EventTarget(), { waiting: newer, installing: null, update: async () => undefined })
  container = Object.assign(new EventTarget(), { controller: {}, register: async () => registration })
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false, querySelector: () => ({}) }))
  vi.stubGlobal('navigator', { serviceWorker: container })
  vi.stubGlobal('location', { reload })
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('a newer version', () => {
  test('is offered, also when it was being fetched before the page followed it', async () => {
    Object.assign(registration, { waiting: null, installing: newer })
    const program = createProgram()
    program.keep()
    await vi.runOnlyPendingTimersAsync()
    expect(program.isOutdated.value).toBe(false)
    Object.assign(registration, { waiting: newer, installing: null })
    newer.dispatchEvent(new Event('statechange'))
    expect(program.isOutdated.value).toBe(true)
  })

  test('takes over when asked to, and then the page is loaded anew', async () => {
    const program = await outdatedProgram()
    program.renew()
    expect(newer.told).toEqual(['take-over'])
    expect(reload).not.toHaveBeenCalled()
    container.dispatchEvent(new Event('controllerchange'))
    expect(reload).toHaveBeenCalledOnce()
  })

  test('that another tab has let take over already is there after loading the page anew', async () => {
    const program = await outdatedProgram()
    newer.state = 'activated'
    container.dispatchEvent(new Event('controllerchange'))
    expect(reload).not.toHaveBeenCalled()
    program.renew()
    expect(reload).toHaveBeenCalledOnce()
  })
})
