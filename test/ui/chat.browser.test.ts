import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { fileFailures, fileStrings } from '../../src/ui/files/file-strings.ts'
import { callStrings } from '../../src/ui/call-strings.ts'
import { UiPages } from './ui-page.ts'

let pages: UiPages
let page: Page

beforeAll(async () => { pages = await UiPages.start() })
afterAll(async () => { await pages.stop() })
beforeEach(async () => {
  page = await pages.open()
  await page.getByTestId('topic').fill('garden')
  await page.getByTestId('join').click()
  await page.getByTestId('chat-toggle').click()
  await page.getByTestId('chat-input').waitFor()
  await page.evaluate(() => window.harness.arrive('ada'))
})
afterEach(async () => {
  expect(await page.evaluate(() => window.harness.violations)).toEqual([])
  await page.context().close()
})

const hear = (text: string): Promise<void> => page.evaluate((said) => window.harness.hear('ada', said), text)
const offer = (name: string, size: number): Promise<string> => page.evaluate(([called, bytes]) => window.harness.offer('ada', called, bytes), [name, size] as const)
const callsOf = (name: string): Promise<unknown[][]> => page.evaluate((wanted) => window.harness.calls.filter(([called]) => called === wanted), name)

describe('what is written', () => {
  test('has marks, and no element of its writer\'s own', async () => {
    await hear('**bold** *italic* `code` ~~gone~~\n> quoted\n- item\n```\n<img src=x onerror=alert(1)>\n```\n<script>alert(2)</script>')
    const line = page.getByTestId('chat-line')
    for (const [element, text] of [['strong', 'bold'], ['em', 'italic'], ['p code', 'code'], ['s', 'gone'], ['blockquote', 'quoted'], ['ul.items li', 'item'], ['pre', '<img src=x onerror=alert(1)>']] as const) {
      expect(await line.locator(element).textContent()).toBe(text)
    }
    expect(await line.locator('script, img').count()).toBe(0)
    await line.getByText('<script>alert(2)</script>').waitFor()
  })

  test('is read out while the panel is closed, once, and one\'s own is not', async () => {
    const spoken = (): Promise<string[]> => page.getByTestId('spoken-chat').locator('p').allTextContents()
    await hear('on the screen')
    await page.getByTestId('chat-line').waitFor()
    expect(await spoken()).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByTestId('chat-input').waitFor({ state: 'detached' })
    await hear('<b>hello</b>')
    await page.evaluate(() => window.harness.call.views.room.say('mine'))
    await offer('plan.pdf', 2_000_000)
    await hear('x'.repeat(400))
    await expect.poll(spoken).toEqual(['ada: <b>hello</b>', `ada: ${callStrings.chat.fileLine('plan.pdf', '2 MB')}`, `ada: ${'x'.repeat(300)}…`])
    await page.getByTestId('chat-toggle').click()
    await expect.poll(spoken).toEqual([])
  })

  test('leads by links to where they say, and tells those places nothing', async () => {
    await hear('https://example.org/a javascript:alert(1) https://p\u0430ypal.com')
    const links = page.getByTestId('chat-line').locator('a')
    expect(await links.allTextContents()).toEqual(['https://example.org/a', 'https://xn--pypal-4ve.com/'])
    expect(await links.first().evaluate((link: HTMLAnchorElement) => [link.href, link.rel, link.target, link.referrerPolicy]))
      .toEqual(['https://example.org/a', 'noopener noreferrer', '_blank', 'no-referrer'])
  })

  test('stays in the field while the panel is closed, and takes new lines by any of the usual keys', async () => {
    const input = page.getByTestId('chat-input')
    await input.fill('one')
    for (const key of ['Shift+Enter', 'Control+Enter', 'Alt+Enter']) await input.press(key)
    await input.pressSequentially('two')
    await input.press('Escape')
    await input.waitFor({ state: 'detached' })
    await page.getByTestId('chat-toggle').click()
    expect(await input.inputValue()).toBe('one\n\n\ntwo')
    await input.press('Enter')
    expect(await input.inputValue()).toBe('')
  })

  test('can be kept as a text file', async () => {
    await hear('first\nsecond')
    await offer('plan.pdf', 1_234_567)
    const downloading = page.waitForEvent('download')
    await page.getByTestId('chat-keep').click()
    const download = await downloading
    expect(download.suggestedFilename()).toMatch(/^Parley \d{4}-\d\d-\d\d\.txt$/)
    expect(await readFile(await download.path(), 'utf8')).toMatch(/^Parley: garden\n\n\[[-\d: ]+\] ada: first\n {4}second\n\[[-\d: ]+\] ada: plan\.pdf \(1\.2 MB\)\n$/)
  })

  test('is told apart by days', async () => {
    await page.evaluate(() => window.harness.offer('ada', 'old.txt', 1, Date.now() - 86_400_000))
    await hear('today')
    expect(await page.locator('.day').count()).toBe(1)
  })

  test('does not carry away who reads what was said before', async () => {
    for (let n = 0; n < 30; n += 1) await hear(`line ${n}`)
    const lines = page.locator('.lines')
    await lines.evaluate((element) => element.scrollTo({ top: 0 }))
    await expect.poll(() => lines.evaluate((element) => element.scrollTop)).toBe(0)
    await hear('new')
    await page.getByText('new', { exact: true }).waitFor()
    expect(await lines.evaluate((element) => element.scrollTop)).toBe(0)
  })
})

describe('a file', () => {
  test('is offered by choosing, by pasting and by dropping', async () => {
    await page.getByTestId('file-input').setInputFiles([{ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') }])
    await expect.poll(() => callsOf('offer-files')).toEqual([['offer-files', 'a.txt']])
    await page.evaluate(() => {
      const data = new DataTransfer()
      data.items.add(new File(['b'], 'b.png', { type: 'image/png' }))
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
      document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }))
    })
    await page.getByTestId('drop').waitFor()
    await page.evaluate(() => {
      const data = new DataTransfer()
      data.items.add(new File(['c'], 'c.zip'))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
    })
    await page.getByTestId('drop').waitFor({ state: 'detached' })
    await expect.poll(() => callsOf('offer-files')).toEqual([['offer-files', 'a.txt'], ['offer-files', 'b.png'], ['offer-files', 'c.zip']])
    await page.getByTestId('toast').getByText(callStrings.files.offered(1)).first().waitFor()
  })

  test('goes where the person has chosen, and nowhere when they changed their mind', async () => {
    const id = await offer('plan.pdf', 1_000)
    await page.evaluate(() => Object.assign(window, { showSaveFilePicker: () => Promise.reject(new DOMException('', 'AbortError')) }))
    await page.getByTestId('file-download').click()
    await page.evaluate(() => Object.assign(window, { showSaveFilePicker: async ({ suggestedName }: { suggestedName: string }) => ({ name: suggestedName }) }))
    await page.getByTestId('file-download').click()
    await expect.poll(() => callsOf('fetch-file')).toEqual([['fetch-file', id, 'plan.pdf']])
  })

  test('shows how far it is, rests and goes on, and ends', async () => {
    const id = await offer('plan.pdf', 1_000_000)
    await page.evaluate((file) => window.harness.file(file, { phase: 'receiving', step: 'running', bytes: 459_999, bytesPerSecond: 9_000 }), id)
    await page.getByText(`${fileStrings.progress(0.45, '9 kB')}, ${fileStrings.left('60 sec')}`).waitFor()
    await page.getByTestId('file-pause').click()
    await page.evaluate((file) => window.harness.file(file, { phase: 'receiving', step: 'paused', bytes: 459_999, bytesPerSecond: 0 }), id)
    await page.getByTestId('file-resume').click()
    await page.getByTestId('file-cancel').click()
    expect(await page.evaluate(() => window.harness.calls.filter(([name]) => name.endsWith('-file')).slice(-3).map(([name]) => name))).toEqual(['pause-file', 'resume-file', 'cancel-file'])
    await page.evaluate((file) => window.harness.file(file, { phase: 'failed', reason: 'damaged' }), id)
    await page.getByText(fileFailures.damaged).waitFor()
    await page.getByTestId('toast').getByText(callStrings.files.failed('plan.pdf')).waitFor()
  })

  test('that the browser keeps is saved when it has arrived, though the chat is closed; a picture is shown small', async () => {
    const id = await offer('cat.png', 70)
    await page.evaluate((file) => window.harness.file(file, { phase: 'receiving', step: 'running', bytes: 0, bytesPerSecond: 0 }), id)
    await page.getByTestId('chat-input').press('Escape')
    const downloading = page.waitForEvent('download')
    await page.evaluate(async (file) => {
      const canvas = new OffscreenCanvas(40, 30)
      canvas.getContext('2d')?.fillRect(0, 0, 40, 30)
      window.harness.file(file, { phase: 'arrived', file: await canvas.convertToBlob(), saved: false })
    }, id)
    expect((await downloading).suggestedFilename()).toBe('cat.png')
    await page.getByTestId('toast').getByText(callStrings.files.arrived('cat.png')).waitFor()
    await page.getByTestId('chat-toggle').click()
    await expect.poll(() => page.getByTestId('thumbnail').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(40)
    await page.getByTestId('file-save').waitFor()
  })

  test('of somebody who has left cannot be asked for', async () => {
    await offer('plan.pdf', 1_000)
    await page.getByTestId('file-download').waitFor()
    await page.evaluate(() => window.harness.depart('ada'))
    await page.getByText(fileStrings.ownerLeft('ada')).waitFor()
    expect(await page.getByTestId('file-download').count()).toBe(0)
  })

  test('of ours shows who has it, and can be taken back', async () => {
    const id = await page.evaluate(() => {
      const own = window.harness.offer(window.harness.call.views.room.self, 'mine.zip', 1_000)
      window.harness.file(own, { phase: 'shared', receivers: [{ peer: 'ada' as never, name: 'ada', bytes: 1_000, done: true }] })
      return own
    })
    await page.getByText(fileStrings.has(['ada'])).waitFor()
    await page.getByTestId('file-withdraw').click()
    expect(await callsOf('withdraw-file')).toEqual([['withdraw-file', id]])
  })

  test('on its way makes leaving a question', async () => {
    await page.evaluate(() => { window.harness.call.files.busy.value = true })
    await page.getByTestId('leave').click()
    await page.getByTestId('stay').click()
    await page.getByTestId('leave-dialog').waitFor({ state: 'detached' })
    expect(await callsOf('leave')).toEqual([])
    await page.getByTestId('leave').click()
    await page.getByTestId('leave-anyway').click()
    await page.getByTestId('join').waitFor()
    expect(await callsOf('leave')).toHaveLength(1)
  })
})
