import { expect } from 'vitest'
import { until } from '../clients.ts'
import type { TestClient } from '../clients.ts'

/** Both say something until both have heard the other. */
export async function meet(alice: TestClient, bob: TestClient, topic: string, timeoutMs = 10_000): Promise<void> {
  await until(() => {
    void alice.say(topic, `from alice on ${topic}`)
    void bob.say(topic, `from bob on ${topic}`)
    expect(alice.heard).toContain(`from bob on ${topic}`)
    expect(bob.heard).toContain(`from alice on ${topic}`)
  }, timeoutMs)
}
