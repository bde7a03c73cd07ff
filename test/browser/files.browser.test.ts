import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import type { Browser, Download } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Cable } from './cable.ts'
import { join, openChat, sees, seesAndHears, startChromium, startRelay, until } from './harness.ts'
import type { Person, TestRelay } from './harness.ts'

const BYTES = 20_000_000

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path)) hash.update(part as Uint8Array)
  return hash.digest('hex')
}

/** The share of the file that has come; 0 while nothing is shown. */
async function progress({ page }: Person): Promise<number> {
  return page.evaluate(() => {
    const panel = document.querySelector('parley-app')?.shadowRoot?.querySelector('parley-call')?.shadowRoot?.querySelector('parley-chat-panel')
    return panel?.shadowRoot?.querySelector('parley-file-line')?.shadowRoot?.querySelector('progress')?.value ?? 0
  })
}

describe('a file', () => {
  let browser: Browser
  let relay: TestRelay
  let cable: Cable
  let anna: Person
  let ben: Person
  let folder: string

  beforeAll(async () => {
    browser = await startChromium()
    // Its only door is the one that the cable leads to.
    relay = await startRelay([], { webrtcDirect: { enabled: false } })
    cable = new Cable(relay)
    folder = await mkdtemp(joinPath(tmpdir(), 'parley-files-'))
  })

  afterEach(async () => { await Promise.all([anna.context.close(), ben.context.close()]) })

  afterAll(async () => {
    await Promise.all([browser.close(), rm(folder, { recursive: true })])
    cable.stop()
    await relay.stop()
  })

  test('arrives whole while the call goes on, after a cut in the middle and after the receiver\'s page was loaded anew', async ({ task }) => {
    anna = await join(browser, relay.url, task.id, { name: 'Anna', context: await cable.profile(browser) })
    ben = await join(browser, relay.url, task.id, { name: 'Ben' })
    // Nobody is there to answer a dialog; so the browser keeps the file, as Firefox and Safari do, and downloads it from there.
    await ben.page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'))
    await ben.page.evaluate(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'))
    await sees(anna, ['Ben'])
    const path = joinPath(folder, 'holiday.bin')
    await writeFile(path, randomBytes(BYTES))
    await openChat(anna.page)
    await anna.page.getByTestId('file-input').setInputFiles(path)
    await openChat(ben.page)
    await ben.page.getByTestId('file-download').click()

    await until('a part to have come', async () => await progress(ben) > 0.1, 30_000, 20)
    cable.pull()
    await ben.page.locator('[data-testid="file"][data-step="waiting"]').waitFor()
    const atCut = await progress(ben)
    expect(atCut).toBeLessThan(0.95)
    cable.plug()
    await until('it to go on', async () => await progress(ben) > atCut + 0.05, 30_000, 20)
    await seesAndHears(ben, 1)

    const beforeReload = await progress(ben)
    ben.page.on('dialog', (dialog) => void dialog.accept())
    await ben.page.reload()
    await sees(ben, ['Anna'])
    await openChat(ben.page)
    const downloading: Promise<Download> = ben.page.waitForEvent('download')
    await ben.page.getByTestId('file-download').click()
    let first = 0
    await until('it to go on after the reload', async () => (first ||= await progress(ben)) > 0, 30_000, 20).catch(() => undefined)
    expect(first).toBeGreaterThanOrEqual(Math.floor(100 * (beforeReload - 1_048_576 * 6 / BYTES)) / 100)
    const download = await downloading
    expect(download.suggestedFilename()).toBe('holiday.bin')
    expect(await sha256(await download.path())).toBe(await sha256(path))
    await ben.page.locator('[data-testid="file"][data-phase="arrived"]').waitFor()
    await anna.page.getByText('Ben has it').waitFor()
    await seesAndHears(anna, 1)
  })
})
