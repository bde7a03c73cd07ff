/** A call whose sound and picture leave by TLS only: TURN through the port that the app itself came from. */
import { expect, test } from 'vitest'
import { keyPairFiles } from '../relay/front/key-pairs.ts'
import { join, sees, seesAndHears, startChromium, startRelay } from './harness.ts'
import type { Person } from './harness.ts'

test('two people whose only way is TURN over TLS see and hear each other', async ({ onTestFinished }) => {
  const relay = await startRelay([], { name: 'localhost', tls: { kind: 'files', ...keyPairFiles() } })
  onTestFinished(relay.stop)
  // Nobody vouches for the certificate of a test.
  const browser = await startChromium(undefined, ['--ignore-certificate-errors'])
  onTestFinished(() => browser.close())
  const [anna, ben] = await Promise.all(['Anna', 'Ben'].map(async (name): Promise<Person> => {
    const context = await browser.newContext({ permissions: ['camera', 'microphone'], viewport: { width: 480, height: 400 }, ignoreHTTPSErrors: true })
    await context.addInitScript(leaveOnlyTls)
    return join(browser, relay.url, 'by TLS', { name, context, iceTransportPolicy: 'relay' })
  })) as [Person, Person]
  await sees(anna, ['Ben'])
  await seesAndHears(anna, 1)
  await seesAndHears(ben, 1)
  for (const { page } of [anna, ben]) {
    expect(await page.evaluate(relayProtocols)).toEqual(['tls'])
  }
})

/** Runs in a page before the app: of the ICE servers, a connection gets those that are reached by TLS. */
function leaveOnlyTls(): void {
  const Original = globalThis.RTCPeerConnection
  const { setConfiguration } = Original.prototype
  const byTls = (configuration: RTCConfiguration = {}): RTCConfiguration =>
    ({ ...configuration, iceServers: (configuration.iceServers ?? []).filter(({ urls }) => [urls].flat().every((url) => url.startsWith('turns:'))) })
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) { super(byTls(configuration)) }
    override setConfiguration(configuration?: RTCConfiguration): void { setConfiguration.call(this, byTls(configuration)) }
  }
}

/** Runs in a page: how the TURN server is reached in each pair in use. */
async function relayProtocols(): Promise<string[]> {
  const { peerConnections } = globalThis as unknown as { peerConnections: RTCPeerConnection[] }
  const live = peerConnections.filter((pc) => pc.connectionState === 'connected' && pc.getTransceivers().length > 0)
  return Promise.all(live.map(async (pc) => {
    const stats = await pc.getStats()
    const transport = [...stats.values()].find(({ type }) => type === 'transport')
    return stats.get(stats.get(transport?.selectedCandidatePairId)?.localCandidateId)?.relayProtocol ?? ''
  }))
}
