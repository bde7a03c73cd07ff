import { expect, test, vi } from 'vitest'
import { reconcile } from '../../src/util/reconcile.ts'
import { signal } from '../../src/util/signals.ts'

test('calls never overlap, stale values are skipped, and the last value ends applied', async () => {
  const source = signal(0)
  const applied: number[] = []
  let running = 0
  const gates: (() => void)[] = []
  reconcile(source, async (value) => {
    expect(running++).toBe(0)
    await new Promise<void>((resolve) => { gates.push(resolve) })
    applied.push(value)
    running--
  }, { signal: new AbortController().signal })
  await vi.waitFor(() => expect(gates).toHaveLength(1))
  source.value = 1
  source.value = 2
  gates.shift()?.()
  await vi.waitFor(() => expect(gates).toHaveLength(1))
  gates.shift()?.()
  await vi.waitFor(() => expect(applied).toEqual([0, 2]))
})

test('a call that fails does not stop the following', async () => {
  const source = signal('bad')
  const applied: string[] = []
  reconcile(source, async (value) => {
    if (value === 'bad') throw new Error('refused')
    applied.push(value)
  }, { signal: new AbortController().signal })
  await Promise.resolve()
  source.value = 'good'
  await vi.waitFor(() => expect(applied).toEqual(['good']))
})

test('after the abort nothing is applied any more', async () => {
  const controller = new AbortController()
  const source = signal(0)
  const applied: number[] = []
  reconcile(source, async (value) => { applied.push(value) }, { signal: controller.signal })
  await vi.waitFor(() => expect(applied).toEqual([0]))
  controller.abort()
  source.value = 1
  await new Promise((resolve) => setImmediate(resolve))
  expect(applied).toEqual([0])
})
