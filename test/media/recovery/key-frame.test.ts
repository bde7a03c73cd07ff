import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sendKeyFrame } from '../../../src/media/recovery/key-frame.ts'

/** A sender of a browser that cannot be asked for a key frame, and refuses some changes. */
class FakeSender {
  readonly track = {}
  /** What it was told, one after the other. */
  readonly rested: boolean[] = []
  refusals: (DOMException | null)[] = []
  #active = true

  get active(): boolean { return this.#active }

  getParameters(): { encodings: { active: boolean }[] } {
    return { encodings: [{ active: this.#active }] }
  }

  async setParameters({ encodings }: { encodings: { active: boolean }[] }): Promise<void> {
    const refusal = this.refusals.shift() ?? null
    if (refusal !== null) throw refusal
    this.#active = encodings[0]?.active ?? false
    this.rested.push(!this.#active)
  }
}

const send = (sender: FakeSender): Promise<void> => sendKeyFrame(sender as unknown as RTCRtpSender, 0)

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

test('an encoder that cannot be asked for a key frame rests for an instant', async () => {
  const sender = new FakeSender()
  await send(sender)
  expect(sender.rested).toEqual([false, true, false])
})

test('a picture does not stay away because a browser refuses at first to let its encoder go on', async () => {
  const sender = new FakeSender()
  const refused = new DOMException('', 'InvalidModificationError')
  sender.refusals = [null, null, refused, refused]
  const sent = send(sender)
  await vi.runAllTimersAsync()
  await sent
  expect(sender.rested).toEqual([false, true, false])
  expect(sender.active).toBe(true)
})
