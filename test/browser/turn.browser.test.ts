import type { Browser, BrowserContext } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { defaultConfig } from '../../relay/config/defaults.ts'
import { join, relayToRelay, sees, seesAndHears, startBrowserAndRelay, startRelay, until } from './harness.ts'
import type { Person, TestRelay } from './harness.ts'

/** One end of the path that media takes. */
interface End {
  type: string
  /** How the client talks to its TURN server. */
  relayProtocol: string | undefined
  url: string | undefined
}

describe('a call that may go through TURN only', () => {
  let browser: Browser
  let relay: TestRelay

  beforeAll(async () => {
    let stop
    ({ browser, relay, stop } = await startBrowserAndRelay())
    return stop
  })

  test('goes through the relay by UDP', async () => {
    // Where both work Chromium takes what answers first, and on a busy machine that may be TCP.
    const contexts = [await only(browser, 'udp'), await only(browser, 'udp')] as const
    const anna = await join(browser, relay.url, 'by udp', { name: 'Anna', iceTransportPolicy: 'relay', context: contexts[0] })
    const ben = await join(browser, relay.url, 'by udp', { name: 'Ben', iceTransportPolicy: 'relay', context: contexts[1] })
    await talk(anna, ben)
    for (const person of [anna, ben]) {
      const [local, remote] = await mediaPath(person)
      expect([local.type, remote.type, local.relayProtocol]).toEqual(['relay', 'relay', 'udp'])
    }
    await Promise.all([anna.context.close(), ben.context.close()])
  })

  test('takes UDP where both UDP and TCP have answered', async () => {
    const contexts = [await gathersFirst(browser), await gathersFirst(browser)] as const
    const anna = await join(browser, relay.url, 'by either', { name: 'Anna', iceTransportPolicy: 'relay', context: contexts[0] })
    const ben = await join(browser, relay.url, 'by either', { name: 'Ben', iceTransportPolicy: 'relay', context: contexts[1] })
    await talk(anna, ben)
    for (const person of [anna, ben]) {
      await until('a path between relays by UDP', async () => {
        const [local, remote] = await mediaPath(person)
        return `${local.type} ${remote.type} ${local.relayProtocol}` === 'relay relay udp'
      })
    }
    await Promise.all([anna.context.close(), ben.context.close()])
  })

  test('comes about although the servers come when offer and answer have long been made', async () => {
    const without = await startRelay([relayToRelay(relay)], { turn: { ...defaultConfig().turn, enabled: false } })
    const anna = await join(browser, without.url, 'late', { name: 'Anna', iceTransportPolicy: 'relay' })
    const ben = await join(browser, without.url, 'late', { name: 'Ben', iceTransportPolicy: 'relay' })
    // They find the relay that has a TURN server through the DHT, a while after they have found each other.
    await talk(anna, ben)
    const [local, remote] = await mediaPath(anna)
    expect([local.type, remote.type]).toEqual(['relay', 'relay'])
    await Promise.all([anna.context.close(), ben.context.close()])
    await without.stop()
  })

  test('and by TCP through the port of the page itself where nothing else is let through, until UDP is', async () => {
    const contexts = [await only(browser, 'tcp'), await only(browser, 'tcp')] as const
    const anna = await join(browser, relay.url, 'by tcp', { name: 'Anna', iceTransportPolicy: 'relay', context: contexts[0] })
    const ben = await join(browser, relay.url, 'by tcp', { name: 'Ben', iceTransportPolicy: 'relay', context: contexts[1] })
    await talk(anna, ben)
    const { port } = new URL(relay.url)
    for (const person of [anna, ben]) {
      const [local, remote] = await mediaPath(person)
      expect([local.type, remote.type, local.relayProtocol]).toEqual(['relay', 'relay', 'tcp'])
      expect(local.url).toBe(`turn:127.0.0.1:${port}?transport=tcp`)
    }
    // As after a moment in which the network lost what UDP had to say.
    for (const { page } of [anna, ben]) await page.evaluate(() => (globalThis as unknown as { openFirewall: () => void }).openFirewall())
    for (const person of [anna, ben]) {
      await until('a path by UDP after all', async () => (await mediaPath(person))[0].relayProtocol === 'udp')
    }
    await seesAndHears(anna, 1)
    await Promise.all([anna.context.close(), ben.context.close()])
  })
})

async function talk(anna: Person, ben: Person): Promise<void> {
  await sees(anna, ['Ben'])
  await sees(ben, ['Anna'])
  await seesAndHears(anna, 1)
  await seesAndHears(ben, 1)
}

/** A profile in whose pages TURN is reached by one transport only, as behind a firewall, until `openFirewall` is called in one. */
async function only(browser: Browser, transport: 'udp' | 'tcp'): Promise<BrowserContext> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'], viewport: { width: 480, height: 400 } })
  await context.addInitScript((transport) => {
    let isOpen = false
    const all: Filtered[] = []
    const only = (configuration: RTCConfiguration): RTCConfiguration => isOpen ? configuration : {
      ...configuration,
      iceServers: (configuration.iceServers ?? []).filter(({ urls }) => [urls].flat().every((url) => url.endsWith(`transport=${transport}`)))
    }
    const Original = RTCPeerConnection
    class Filtered extends Original {
      wanted: RTCConfiguration
      constructor(configuration: RTCConfiguration = {}) {
        super(only(configuration))
        this.wanted = configuration
        all.push(this)
      }
      override setConfiguration(configuration: RTCConfiguration = {}): void {
        this.wanted = configuration
        super.setConfiguration(only(configuration))
      }
    }
    Object.assign(globalThis, {
      RTCPeerConnection: Filtered,
      openFirewall: () => {
        isOpen = true
        for (const pc of all) if (pc.signalingState !== 'closed') pc.setConfiguration(pc.wanted)
      },
    })
  }, transport)
  return context
}

/**
 * A profile in whose pages a connection hears of the peer's candidates when it has all of its own: else gathering may end with
 * the first pair that works.
 */
async function gathersFirst(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'], viewport: { width: 480, height: 400 } })
  await context.addInitScript(() => {
    const { addIceCandidate } = RTCPeerConnection.prototype
    RTCPeerConnection.prototype.addIceCandidate = async function (this: RTCPeerConnection, candidate?: RTCIceCandidateInit) {
      while (this.iceGatheringState !== 'complete') await new Promise((resolve) => setTimeout(resolve, 20))
      await Reflect.apply(addIceCandidate, this, [candidate])
    } as typeof addIceCandidate
  })
  return context
}

/** The two ends of the selected candidate pair of the one media connection: ours, and the peer's. */
async function mediaPath({ page }: Person): Promise<[End, End]> {
  return page.evaluate(async () => {
    const { peerConnections } = globalThis as unknown as { peerConnections: RTCPeerConnection[] }
    const live = peerConnections.find((pc) => pc.connectionState === 'connected' && pc.getTransceivers().length > 0)
    const stats = await live!.getStats()
    const all = [...stats.values()]
    const { selectedCandidatePairId } = all.find(({ type }) => type === 'transport')
    const pair = stats.get(selectedCandidatePairId)
    const end = (id: string): End => {
      const { candidateType, relayProtocol, url } = stats.get(id)
      return { type: candidateType, relayProtocol, url }
    }
    return [end(pair.localCandidateId), end(pair.remoteCandidateId)] as [End, End]
  })
}
