import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { open, relayToRelay, sees, startChromium, startRelay, until } from './harness.ts'
import type { Person, TestRelay } from './harness.ts'

describe('ringing a peer by its multiaddr', () => {
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

  async function twoPeople(): Promise<{ anna: Person, ben: Person, address: string }> {
    const anna = await open(browser, first.url, { name: 'Anna' })
    const ben = await open(browser, second.url, { name: 'Ben' })
    await showDirectCalls(anna)
    await showDirectCalls(ben)
    let address = ''
    await until('Anna to have an address', async () => {
      address = (await anna.page.getByTestId('own-address').first().textContent({ timeout: 1_000 }).catch(() => '') ?? '').trim()
      return address.startsWith('/')
    })
    return { anna, ben, address }
  }

  test('the called peer sees who calls, accepts, and both are in a fresh private room', async () => {
    const { anna, ben, address } = await twoPeople()
    await ben.page.getByTestId('ring-address').fill(address)
    await ben.page.getByTestId('ring').click()
    await anna.page.getByTestId('incoming-ring').getByText('Ben').first().waitFor()
    await anna.page.getByTestId('accept-ring').click()
    await sees(anna, ['Ben'])
    await sees(ben, ['Anna'])
    await until('both to be connected', async () => (await ben.page.locator('[data-testid="tile"]').count()) === 2)
    expect(anna.page.url()).toBe(ben.page.url().replace(second.url, first.url))
    await Promise.all([anna.context.close(), ben.context.close()])
  })

  test('a refused call leaves both where they were, and says so', async () => {
    const { anna, ben, address } = await twoPeople()
    await ben.page.getByTestId('ring-address').fill(address)
    await ben.page.getByTestId('ring').click()
    await anna.page.getByTestId('refuse-ring').click()
    await ben.page.getByTestId('error').filter({ hasText: /./ }).first().waitFor()
    for (const person of [anna, ben]) expect(await person.page.getByTestId('call').count()).toBe(0)
    await Promise.all([anna.context.close(), ben.context.close()])
  })

  test.each(['hello', '/ip4/127.0.0.1/tcp/1/ws'])('a malformed address such as %j gets a sentence and changes nothing', async (address) => {
    const ben = await open(browser, first.url, { name: 'Ben' })
    await showDirectCalls(ben)
    await until('the call code to be there', async () => ben.page.getByTestId('ring').isEnabled())
    await ben.page.getByTestId('ring-address').fill(address)
    await ben.page.getByTestId('ring').click()
    await ben.page.getByTestId('error').filter({ hasText: /./ }).first().waitFor()
    expect(await ben.page.getByTestId('call').count()).toBe(0)
    await ben.context.close()
  })
})

/** The section for direct calls is folded away until it is wanted. */
async function showDirectCalls({ page }: Person): Promise<void> {
  const summary = page.locator('summary').filter({ hasText: /direct/i }).first()
  if (await summary.count() > 0 && !await page.getByTestId('ring-address').isVisible()) await summary.click()
}
