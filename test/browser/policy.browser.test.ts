/** How sound and picture may travel: what each choice tells the others, and which way is then taken. */
import type { Browser } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { choose, join, sees, seesAndHears, startBrowserAndRelay, until } from './harness.ts'
import type { OpenOptions, Person, TestRelay } from './harness.ts'

/** An IPv4 address in a description, other than 0.0.0.0; the origin line always says 127.0.0.1. */
const ADDRESS = /^(?!o=).*\b(?!0\.0\.0\.0)\d{1,3}(?:\.\d{1,3}){3}\b/m

describe('a call whose people choose how it travels', () => {
  let browser: Browser
  let relay: TestRelay

  beforeAll(async () => {
    let stop
    ({ browser, relay, stop } = await startBrowserAndRelay())
    return stop
  })

  /** Anna with this policy and Ben with another, once they see and hear each other. Ben's page keeps what Anna tells. */
  async function call(topic: string, ofAnna: OpenOptions['iceTransportPolicy'], ofBen: OpenOptions['iceTransportPolicy']): Promise<[Person, Person]> {
    const context = await browser.newContext({ permissions: ['camera', 'microphone'], viewport: { width: 480, height: 400 } })
    await context.addInitScript(listenToSignals)
    const ben = await join(browser, relay.url, topic, { name: 'Ben', context, ...ofBen === undefined ? {} : { iceTransportPolicy: ofBen } })
    const anna = await join(browser, relay.url, topic, { name: 'Anna', ...ofAnna === undefined ? {} : { iceTransportPolicy: ofAnna } })
    await sees(anna, ['Ben'])
    await seesAndHears(anna, 1)
    await seesAndHears(ben, 1)
    return [anna, ben]
  }

  test('who hides the own address tells candidates at relays only, in no signal any address, and is reached through the relay', async () => {
    const [anna, ben] = await call('hidden', 'relay', undefined)
    const { candidates, descriptions } = await heardBy(ben)
    expect(candidates.length).toBeGreaterThan(0)
    expect(candidates.filter((candidate) => !candidate.includes(' typ relay raddr 0.0.0.0 rport 0'))).toEqual([])
    expect(descriptions.length).toBeGreaterThan(0)
    expect(descriptions.filter((sdp) => ADDRESS.test(sdp))).toEqual([])
    expect((await path(anna)).local).toBe('relay')
    expect((await path(ben)).remote).toBe('relay')
    await close(anna, ben)
  })

  test('two who hide their addresses meet at the relay on both sides', async () => {
    const [anna, ben] = await call('both hidden', 'relay', 'relay')
    expect(await path(anna)).toEqual({ local: 'relay', remote: 'relay' })
    await close(anna, ben)
  })

  test('who wants no relay tells no candidate at one, has none, and uses none of the others', async () => {
    const [anna, ben] = await call('straight', 'direct', undefined)
    const { candidates } = await heardBy(ben)
    expect(candidates.length).toBeGreaterThan(0)
    expect(candidates.filter((candidate) => candidate.includes(' typ relay'))).toEqual([])
    expect(await candidatesOf(anna)).not.toContain('relay')
    expect(Object.values(await path(anna))).not.toContain('relay')
    await close(anna, ben)
  })

  test('a change holds in the running call, both ways, and is remembered', async () => {
    const [anna, ben] = await call('changing', undefined, undefined)
    expect(Object.values(await path(anna))).not.toContain('relay')
    await choosePolicy(anna, 'relay')
    await until('Anna to be at the relay', async () => (await path(anna)).local === 'relay')
    await seesAndHears(anna, 1)
    await seesAndHears(ben, 1)
    await choosePolicy(anna, 'direct')
    await until('Anna to be away from it', async () => Object.values(await path(anna)).every((type) => type !== 'relay' && type !== ''))
    await seesAndHears(anna, 1)
    expect(await anna.page.evaluate(() => localStorage.getItem('parley:ice-transport-policy'))).toBe('direct')
    // A browser that connects at once asks no TURN server: that Anna may use one again shows only when Ben is at it.
    await choosePolicy(anna, 'all')
    await choosePolicy(ben, 'relay')
    await until('Ben to be at the relay, and Anna to follow', async () => (await path(ben)).local === 'relay' && (await path(anna)).remote === 'relay')
    await seesAndHears(anna, 1)
    await seesAndHears(ben, 1)
    await close(anna, ben)
  })
})

async function close(...people: Person[]): Promise<void> {
  await Promise.all(people.map(({ context }) => context.close()))
}

async function choosePolicy(person: Person, policy: string): Promise<void> {
  const { page } = person
  await choose(person, 'settings')
  await page.getByTestId(`policy-${policy}`).check()
  await page.keyboard.press('Escape')
}

/** Runs in a page before the app: keeps every candidate and every description of media that comes from others. */
function listenToSignals(): void {
  const heard = { candidates: [] as string[], descriptions: [] as string[] }
  const original = RTCPeerConnection.prototype as unknown as Record<'addIceCandidate' | 'setRemoteDescription', (given: unknown) => Promise<void>>
  const { addIceCandidate, setRemoteDescription } = original
  Object.assign(globalThis, { heard })
  Object.assign(RTCPeerConnection.prototype, {
    addIceCandidate(this: RTCPeerConnection, candidate?: RTCIceCandidateInit) {
      if (candidate?.candidate) heard.candidates.push(candidate.candidate)
      return addIceCandidate.call(this, candidate)
    },
    setRemoteDescription(this: RTCPeerConnection, description: RTCSessionDescriptionInit) {
      if (description.sdp?.includes('m=audio')) heard.descriptions.push(description.sdp)
      return setRemoteDescription.call(this, description)
    }
  })
}

async function heardBy({ page }: Person): Promise<{ candidates: string[], descriptions: string[] }> {
  return page.evaluate(() => (globalThis as unknown as { heard: { candidates: string[], descriptions: string[] } }).heard)
}

/** The kinds of the two ends of the pair in use; empty texts while there is none. */
async function path({ page }: Person): Promise<{ local: string, remote: string }> {
  return page.evaluate(async () => {
    const { peerConnections } = globalThis as unknown as { peerConnections: RTCPeerConnection[] }
    const live = peerConnections.find((pc) => pc.connectionState === 'connected' && pc.getTransceivers().length > 0)
    const stats = live === undefined ? undefined : await live.getStats()
    const transport = [...stats?.values() ?? []].find(({ type }) => type === 'transport')
    const pair = stats?.get(transport?.selectedCandidatePairId)
    const typeOf = (id: string | undefined): string => stats?.get(id ?? '')?.candidateType ?? ''
    return { local: typeOf(pair?.localCandidateId), remote: typeOf(pair?.remoteCandidateId) }
  })
}

/** Kinds of all local candidates of all live media connections. */
async function candidatesOf({ page }: Person): Promise<string[]> {
  return page.evaluate(async () => {
    const { peerConnections } = globalThis as unknown as { peerConnections: RTCPeerConnection[] }
    const reports = await Promise.all(peerConnections.filter((pc) => pc.getTransceivers().length > 0).map((pc) => pc.getStats()))
    return reports.flatMap((report) => [...report.values()]).filter(({ type }) => type === 'local-candidate').map(({ candidateType }) => candidateType)
  })
}
