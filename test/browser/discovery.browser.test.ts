import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { join, relayToRelay, sees, seesAndHears, startChromium, startRelay, until } from './harness.ts'
import type { Person, TestRelay } from './harness.ts'

describe('each way of finding the others alone starts a call', () => {
  let browser: Browser
  let first: TestRelay
  let second: TestRelay

  beforeAll(async () => {
    browser = await startChromium()
    first = await startRelay()
    second = await startRelay([relayToRelay(first)])
  })

  afterAll(async () => {
    await browser.close()
    await Promise.all([first.stop(), second.stop()])
  })

  for (const source of ['presence', 'dht']) {
    test(`${source} alone, over two different relays`, async () => {
      const anna = await join(browser, first.url, `only-${source}`, { name: 'Anna', sources: source })
      const ben = await join(browser, second.url, `only-${source}`, { name: 'Ben', sources: source })
      await sees(anna, ['Ben'], 60_000)
      await sees(ben, ['Anna'], 60_000)
      await seesAndHears(anna, 1)
      await seesAndHears(ben, 1)
      await Promise.all([anna.context.close(), ben.context.close()])
    })
  }

  test('remembered peers alone', async () => {
    const anna = await join(browser, first.url, 'remembered', { name: 'Anna' })
    const ben = await join(browser, second.url, 'remembered', { name: 'Ben' })
    await sees(anna, ['Ben'])
    await until('Ben to have stored where Anna is', async () =>
      ben.page.evaluate(() => (localStorage.getItem('parley:peers') ?? '').includes('p2p-circuit')))
    await ben.page.close()
    await sees(anna, [])
    const again = await join(browser, second.url, 'remembered', { name: 'Ben', context: ben.context, sources: 'remembered' })
    await sees(again, ['Anna'], 60_000)
    await seesAndHears(again, 1)
    await Promise.all([anna.context.close(), ben.context.close()])
  })

  test('a pasted multiaddr in the link alone', async () => {
    const anna = await join(browser, first.url, 'pasted', { name: 'Anna', sources: 'pasted' })
    const address = await ownAddress(anna)
    const ben = await join(browser, second.url, 'pasted', { name: 'Ben', sources: 'pasted', parameters: `peer=${encodeURIComponent(address)}` })
    await sees(ben, ['Anna'], 60_000)
    await sees(anna, ['Ben'])
    await seesAndHears(ben, 1)
    await Promise.all([anna.context.close(), ben.context.close()])
  })
})

/** The multiaddr that the app itself holds for this person. */
async function ownAddress({ page }: Person): Promise<string> {
  let address = ''
  await until('an address of our own', async () => {
    address = await page.evaluate(() => {
      const app = document.querySelector('parley-app') as unknown as { parley: { call: { value: { network: { addresses: { value: string[] } } } | null } } }
      return app.parley.call.value?.network.addresses.value[0] ?? ''
    })
    return address !== ''
  })
  return address
}
