import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { isLike, look, type Colour } from './colours.ts'
import { SHIRT, WALL, writeFakeFigure } from './fake-figure.ts'
import { join, openThings, sees, seesAndHears, startChromium, startRelay, until, type Person, type TestRelay } from './harness.ts'
import { Tabs } from './tabs.ts'

const GREEN: Colour = [20, 160, 60]
/** What effects are made of. */
const EFFECTS = /selfie|rnnoise|background-(engine|worker)|noise-engine|workletProcessor/i

let browser: Browser
let relay: TestRelay
let bea: Person

beforeAll(async () => {
  [browser, relay] = await Promise.all([startChromium(writeFakeFigure()), startRelay()])
  bea = await join(browser, relay.url, 'backdrop', { name: 'Bea' })
  return async () => { await Promise.all([browser.close(), relay.stop()]) }
})

test('the other side sees the picture that was chosen, and before it the person; nothing of it is loaded before', async () => {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'], viewport: { width: 480, height: 400 } })
  const loaded: string[] = []
  context.on('request', (request) => { if (EFFECTS.test(request.url())) loaded.push(request.url()) })
  const ann = await join(browser, relay.url, 'backdrop', { name: 'Ann', context })
  await seesAndHears(bea, 1)
  await until('Bea to see the wall', async () => isLike((await look(bea))?.beside ?? GREEN, WALL))
  expect(loaded).toEqual([])

  await ann.page.getByTestId('menu').click()
  await ann.page.getByTestId('settings').click()
  await ann.page.getByTestId('own-picture').setInputFiles({ name: 'green.png', mimeType: 'image/png', buffer: await greenPicture(ann.page) })
  await until('Bea to see green', async () => isLike((await look(bea))?.beside ?? WALL, GREEN))
  const seen = await look(bea)
  expect(isLike(seen?.chest ?? WALL, SHIRT), `${seen?.chest} is the shirt`).toBe(true)
  // Else the look before would have found nothing whatever was loaded.
  expect(loaded).not.toEqual([])
  expect(loaded.map((url) => new URL(url).origin)).toEqual(loaded.map(() => new URL(relay.url).origin))
  await seesAndHears(bea, 1)

  await ann.page.keyboard.press('Escape')
  const before = await openThings(ann)
  await ann.page.getByTestId('camera').click()
  await until('the camera and the worker to end', async () =>
    ann.page.workers().length === 0 && (await openThings(ann)).liveTracks === before.liveTracks - 1)
  await context.close()
  await sees(bea, [])
})

test('a background chosen on an earlier visit hides the room from the first picture on, and goes on behind another tab', async () => {
  const tabs = await Tabs.start(writeFakeFigure())
  try {
    const tab = await tabs.open(relay.url)
    await until('the page to load', async () => await tabs.evaluate(tab, 'location.href') === relay.url)
    await tabs.evaluate(tab, `localStorage.setItem('parley:background', 'evening'); location.href = '${relay.url}#/backdrop?join=now&name=Cleo'; location.reload()`)
    let frames = 0
    await until('Bea to see Cleo for a while', async () => {
      const seen = await look(bea)
      if (seen === null) return false
      expect(isLike(seen.beside, WALL), `${seen.beside} is the wall`).toBe(false)
      frames = seen.frames
      return frames > 20
    })
    expect(isLike((await look(bea))?.chest ?? WALL, SHIRT)).toBe(true)

    await tabs.open()
    await until('the tab to be hidden', async () => await tabs.evaluate(tab, 'document.hidden') === true)
    const animated = `new Promise((resolve) => { const timer = setTimeout(() => resolve(false), 1000); requestAnimationFrame(() => { clearTimeout(timer); resolve(true) }) })`
    expect(await tabs.evaluate(tab, animated)).toBe(false)
    frames = (await look(bea))?.frames ?? 0
    await until('Bea to see 20 pictures more', async () => ((await look(bea))?.frames ?? 0) > frames + 20)
    expect(isLike((await look(bea))?.beside ?? WALL, WALL)).toBe(false)
  } finally {
    await tabs.stop()
  }
})

async function greenPicture(page: Page): Promise<Buffer> {
  const text = await page.evaluate(async ([red, green, blue]) => {
    const canvas = new OffscreenCanvas(64, 36)
    const context = canvas.getContext('2d')
    if (context === null) return ''
    context.fillStyle = `rgb(${red} ${green} ${blue})`
    context.fillRect(0, 0, 64, 36)
    return btoa(String.fromCharCode(...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())))
  }, GREEN)
  return Buffer.from(text, 'base64')
}
