/** The app without its server, and when the server has a newer one. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { open, reads, say, sees, startChromium, until } from './harness.ts'
import type { Person } from './harness.ts'
import { startStaticApp, type StaticApp } from './static-app.ts'

const VERSION = /(?<=parley-version" content=")[0-9a-f]{16}/
/** Another version, as the server would send it. */
const NEWER = 'f'.repeat(16)

let browser: Browser
let app: StaticApp

beforeAll(async () => {
  [browser, app] = await Promise.all([startChromium(), startStaticApp()])
})
afterAll(async () => {
  await browser.close()
  await app.stop()
})

/** A second page of the same profile, and so of the same name, answers the invitation that the dialog shows: the two are in a call. */
async function meetsByCode(host: Person): Promise<Person> {
  const codeOf = async ({ page }: Person): Promise<string> => (await page.getByTestId('own-code').textContent())?.trim() ?? ''
  const guest = await open(browser, await codeOf(host), { name: host.name, context: host.context })
  await guest.page.getByTestId('answer-code').click()
  const reply = await codeOf(guest)
  await host.page.getByTestId('code-field').fill(reply)
  await host.page.getByTestId('enter-code').click()
  for (const each of [host, guest]) await sees(each, [host.name])
  return guest
}

/** Waits until the page's worker has fetched all of the app, and answers for it. */
async function isKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    if (active?.state !== 'activated') await new Promise((resolve) => active?.addEventListener('statechange', resolve))
  })
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
}

const shownVersion = (page: Page): Promise<string | null> => page.locator('meta[name="parley-version"]').getAttribute('content')

async function serve(edit?: (text: string) => string): Promise<void> {
  const port = Number(new URL(app.url).port)
  await app.stop()
  app = await startStaticApp(edit === undefined ? { port } : { port, edit })
}

test('the app opens without its server, two meet in it by codes, and it takes a newer version when asked', async () => {
  const anna = await open(browser, `${app.url}#/choir`, { name: 'Anna' })
  const { page } = anna
  await isKept(page)
  const version = await shownVersion(page)
  expect(version).toMatch(/^[0-9a-f]{16}$/)

  await app.stop()
  await page.reload()
  await page.getByTestId('preview').waitFor()
  expect(await page.getByTestId('topic').inputValue()).toBe('choir')
  await page.getByTestId('codes').click()
  await page.getByTestId('codes-invite').click()
  const guest = await meetsByCode(anna)
  await say(guest, 'nobody but us')
  await reads(anna, 'nobody but us')
  await guest.page.close()

  app = await startStaticApp({ port: Number(new URL(app.url).port) })
  await page.reload()
  await page.getByTestId('preview').waitFor()
  expect(await page.getByTestId('new-version').count()).toBe(0)
  // The same files under another version: whatever names one names the other.
  await serve((text) => text.replaceAll(version ?? VERSION, NEWER))
  await page.evaluate(async () => { await (await navigator.serviceWorker.ready).update() })
  const notice = page.getByTestId('new-version')
  await notice.waitFor()
  expect(await shownVersion(page)).toBe(version)
  await Promise.all([page.waitForEvent('load'), notice.getByRole('button').click()])
  await page.getByTestId('preview').waitFor()
  expect(await shownVersion(page)).toBe(NEWER)

  await app.stop()
  await page.reload()
  await page.getByTestId('preview').waitFor()
  expect(await shownVersion(page)).toBe(NEWER)
  const caches = await page.evaluate(async () => (await globalThis.caches.keys()).map((name) => name.split('-').at(-1)))
  expect(caches.toSorted()).toEqual([version, NEWER].toSorted())
  await serve()
})

test('a version that is only half there is not taken', async () => {
  await serve()
  const { page } = await open(browser, app.url, { name: 'Ben' })
  await isKept(page)
  const version = await shownVersion(page)
  // The worker is new and the page is not yet.
  await serve((text) => text.includes('<html') ? text : text.replaceAll(version ?? VERSION, NEWER))
  const outcome = await page.evaluate(async () => {
    const registration = await (await navigator.serviceWorker.ready).update() as unknown as ServiceWorkerRegistration
    const fresh = registration.installing
    return new Promise<string>((resolve) => {
      if (fresh === null || fresh.state === 'redundant') resolve('redundant')
      fresh?.addEventListener('statechange', () => resolve(fresh.state))
    })
  })
  expect(outcome).toBe('redundant')
  expect(await page.getByTestId('new-version').count()).toBe(0)
  await until('only the first version to be kept', async () => await page.evaluate(async () => (await caches.keys()).length) <= 2)
})
