import { copyFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { findChromium } from '../../scripts/chromium.ts'
import { writeFakeCamera } from './fake-camera.ts'
import { CHROMIUM_FLAGS, choose, open, reads, say, sees, seesAndHears } from './harness.ts'
import type { Person } from './harness.ts'
import { writeQrCamera } from './qr-camera.ts'
import { startStaticApp } from './static-app.ts'
import type { StaticApp } from './static-app.ts'

describe('calls by codes, with no relay anywhere', () => {
  let browser: Browser
  let app: StaticApp
  let camera: string
  const opened: Person[] = []

  beforeAll(async () => {
    camera = join(await mkdtemp(join(tmpdir(), 'parley-codes-')), 'camera.y4m')
    // Chromium reads the file each time a page opens the camera, so what it shows can be changed.
    copyFileSync(writeFakeCamera({ width: 320, height: 180, framesPerSecond: 10 }), camera)
    browser = await chromium.launch({ executablePath: findChromium() ?? '', args: [...CHROMIUM_FLAGS, `--use-file-for-fake-video-capture=${camera}`] })
    app = await startStaticApp()
  })

  afterEach(async () => {
    await Promise.all(opened.splice(0).map(({ context }) => context.close()))
  })

  afterAll(async () => {
    await browser.close()
    await app.stop()
  })

  /** @param lateMs how far this person's clock is ahead */
  async function person(name: string, url = app.url, lateMs = 0): Promise<Person> {
    const context = await browser.newContext({ permissions: ['camera', 'microphone'], viewport: { width: 480, height: 400 } })
    await context.addInitScript((ms) => {
      const { now } = Date
      Date.now = () => now() + ms
    }, lateMs)
    const made = await open(browser, url, { name, context })
    opened.push(made)
    return made
  }

  /** The code that the dialog shows. */
  async function shownCode({ page }: Person): Promise<string> {
    return (await page.getByTestId('own-code').textContent())?.trim() ?? ''
  }

  /** Opens the dialog, in the lobby or in a call, and makes an invitation. */
  async function invitationOf(host: Person): Promise<string> {
    await choose(host, 'codes')
    const choice = host.page.getByTestId('codes-invite')
    if (await host.page.getByTestId('call').count() === 0) await choice.click()
    return await shownCode(host)
  }

  /** Answers an invitation that is shown in the dialog. */
  async function replyOf(guest: Person): Promise<string> {
    await guest.page.getByTestId('answer-code').click()
    await guest.page.getByTestId('own-code').waitFor()
    return await shownCode(guest)
  }

  async function enter({ page }: Person, code: string): Promise<void> {
    await page.getByTestId('code-field').fill(code)
    await page.getByTestId('enter-code').click()
  }

  async function refusal({ page }: Person): Promise<string | null> {
    return await page.getByTestId('code-dialog').getByTestId('error').getAttribute('data-code')
  }

  /** The dialog closes by itself once the two are connected. */
  async function closed({ page }: Person): Promise<void> {
    await page.getByTestId('code-dialog').waitFor({ state: 'detached' })
  }

  /** Turns camera and microphone on. */
  async function show(someone: Person): Promise<void> {
    await closed(someone)
    const { page } = someone
    await page.getByTestId('camera').click()
    await page.getByTestId('mute').click()
  }

  test('two people meet, the second lets in a third, and all see and hear each other', async () => {
    const ada = await person('Ada')
    const invitation = await invitationOf(ada)
    expect(invitation).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#\/\?code=[\w-]{200,500}$/)
    const ben = await person('Ben', invitation)
    const reply = await replyOf(ben)
    expect(reply).toMatch(/^parley:[\w-]{200,450}$/)
    await enter(ada, reply)
    await sees(ada, ['Ben'])
    await sees(ben, ['Ada'])
    await closed(ben)

    const carla = await person('Carla', await invitationOf(ben))
    await enter(ben, await replyOf(carla))
    const people = [ada, ben, carla]
    for (const each of people) await show(each)
    for (const each of people) await sees(each, people.filter((other) => other !== each).map(({ name }) => name))
    for (const each of people) await seesAndHears(each, 2)
    await say(carla, 'nobody in the middle')
    for (const each of people) await reads(each, 'nobody in the middle')
    expect(await Promise.all(people.map(({ page }) => page.getByTestId('network-status').getAttribute('data-relays')))).toEqual(['0', '0', '0'])
  })

  test('a code that is mangled, cut off, used or in the wrong place is told apart', async () => {
    const ada = await person('Ada')
    const invitation = await invitationOf(ada)
    const ben = await person('Ben')
    await choose(ben, 'codes')
    await ben.page.getByTestId('codes-answer').click()
    const swapped = invitation.at(-60) === 'A' ? 'B' : 'A'
    for (const [text, code] of [
      ['good morning', 'code-malformed'],
      [`${invitation.slice(0, -60)}${swapped}${invitation.slice(-59)}`, 'code-damaged'],
      [invitation.slice(0, -60), 'code-cut'],
    ] as const) {
      await enter(ben, text)
      await ben.page.locator(`[data-code="${code}"]`).waitFor()
    }
    await enter(ben, invitation)
    const reply = await replyOf(ben)
    await enter(ada, invitation)
    await ada.page.locator('[data-code="code-own"], [data-code="code-not-reply"]').waitFor()
    expect(await refusal(ada)).toBe('code-not-reply')
    await enter(ada, reply)
    await sees(ada, ['Ben'])
    await invitationOf(ada)
    await enter(ada, reply)
    await ada.page.locator('[data-code="code-used"]').waitFor()
  })

  test('a code that is too old says so, when it is opened', async () => {
    const ada = await person('Ada')
    const ben = await person('Ben', await invitationOf(ada), 20 * 60_000)
    await ben.page.locator('[data-code="code-expired"]').waitFor()
  })

  test('a reply can be held in front of the camera', async () => {
    const ada = await person('Ada')
    const ben = await person('Ben', await invitationOf(ada))
    writeQrCamera(camera, await replyOf(ben))
    await ada.page.getByTestId('scan-code').click()
    await sees(ada, ['Ben'])
    await sees(ben, ['Ada'])
  })
})
