import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { peopleStrings } from '../../src/ui/stage/people-strings.ts'
import { callStrings } from '../../src/ui/call-strings.ts'
import { strings } from '../../src/ui/strings.ts'
import { UiPages, chooseInMenu } from './ui-page.ts'
import { stageStrings } from '../../src/ui/stage/stage-strings.ts'

let pages: UiPages
let page: Page

beforeAll(async () => { pages = await UiPages.start() })
afterAll(() => pages.stop())
afterEach(async () => {
  expect(await page.evaluate(() => window.harness.violations), 'the security policy holds').toEqual([])
  await page.context().close()
})

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const tile = (peer: string) => page.locator(`[data-testid=tile][data-peer=${peer}]`)
const own = () => page.locator('[data-testid=tile][data-self]')
const widthOf = async (peer: string): Promise<number> => (await tile(peer).boundingBox())?.width ?? 0
const change = (peer: string, what: { speaking?: boolean, quality?: 'good' | 'poor' }): Promise<void> => page.evaluate(([who, { speaking, quality }]) => {
  const person = window.harness.people.get(who)
  if (person !== undefined && speaking !== undefined) person.speaking.value = speaking
  if (person !== undefined && quality !== undefined) person.quality.value = quality
}, [peer, what] as const)
/** What was last asked for of a person's camera. */
const askedFor = (peer: string): Promise<unknown> => page.evaluate((who) =>
  (window.harness.calls.findLast(([name, of]) => name === 'showAt' && of === who)?.[2] as { width: number } | undefined)?.width, peer)

/** In a call with these people, by these names. */
async function joined(names: string[], options: Parameters<UiPages['open']>[0] = {}): Promise<void> {
  page = await pages.open(options)
  await page.getByTestId('topic').fill('standup')
  await page.getByTestId('join').click()
  await page.getByTestId('call').waitFor()
  await page.evaluate((all) => {
    for (const [index, name] of all.entries()) window.harness.arrive(name.toLowerCase(), { name, camera: window.harness.pictureStream(40 * index), audio: window.harness.toneStream() })
  }, names)
  await page.locator('[data-testid=tile]').nth(names.length).waitFor({ state: 'attached' })
}

test('who is on another page sends no picture: pages are turned by button, by key and by finger', async () => {
  await joined(['Ada', 'Bob', 'Cyd', 'Dan', 'Eve', 'Fay', 'Gus'], PHONE)
  await page.getByTestId('page').getByText('1 / 2').waitFor()
  await expect.poll(() => askedFor('gus')).toBe(0)
  await expect.poll(() => askedFor('ada')).toBeGreaterThan(100)
  expect(await tile('gus').isVisible()).toBe(false)
  await page.getByTestId('page-after').click()
  await tile('gus').waitFor()
  await expect.poll(() => askedFor('ada')).toBe(0)
  await expect.poll(() => askedFor('gus')).toBeGreaterThan(100)
  expect(await own().isVisible()).toBe(true)
  await page.keyboard.press('PageUp')
  await tile('ada').waitFor()
  await page.evaluate(() => {
    const stage = document.querySelector('parley-app')?.shadowRoot?.querySelector('parley-call')?.shadowRoot?.querySelector('parley-stage')
    const touch = (type: string, clientX: number): void => void stage?.dispatchEvent(new PointerEvent(type, { pointerType: 'touch', isPrimary: true, pointerId: 5, clientX, clientY: 300 }))
    touch('pointerdown', 300)
    touch('pointerup', 120)
  })
  await tile('gus').waitFor()
  await page.evaluate(() => { for (const peer of ['fay', 'gus']) window.harness.depart(peer) })
  await page.getByTestId('page').waitFor({ state: 'hidden' })
  await tile('ada').waitFor()
})

test('who talks on another page comes to the first, and nobody but one changes places', async () => {
  await joined(['Ada', 'Bob', 'Cyd', 'Dan', 'Eve', 'Fay', 'Gus'], PHONE)
  const places = async () => Object.fromEntries(await Promise.all(['ada', 'bob', 'cyd', 'dan'].map(async (peer) => [peer, await tile(peer).boundingBox()])))
  await page.getByTestId('page').waitFor()
  const before = await places()
  const last = await tile('eve').boundingBox()
  await change('gus', { speaking: true })
  await tile('gus').waitFor()
  expect(await tile('gus').boundingBox()).toEqual(last)
  expect(await places()).toEqual(before)
  expect(await tile('eve').isVisible()).toBe(false)
})

test('the speaker view shows large who speaks, and is remembered', async () => {
  await joined(['Ada', 'Bob', 'Cyd'])
  await chooseInMenu(page, 'view-speaker')
  await expect.poll(async () => await widthOf('ada') > 2 * await widthOf('cyd')).toBe(true)
  await change('cyd', { speaking: true })
  await expect.poll(async () => await widthOf('cyd') > 2 * await widthOf('ada'), { timeout: 10_000 }).toBe(true)
  await change('cyd', { speaking: false })
  expect(await page.evaluate(() => window.harness.fake.parley.settings.stage.value.view)).toBe('speaker')
  await chooseInMenu(page, 'view-grid')
  await expect.poll(async () => await widthOf('cyd') === await widthOf('ada')).toBe(true)
})

test('a pinned tile is large, whoever speaks: by its button, by a double click, and no more', async () => {
  await joined(['Ada', 'Bob', 'Cyd'])
  await tile('bob').hover()
  const pin = tile('bob').getByTestId('tile-pin')
  await pin.click()
  await expect.poll(async () => await widthOf('bob') > 2 * await widthOf('ada')).toBe(true)
  expect(await pin.getAttribute('aria-pressed')).toBe('true')
  await pin.press('Enter')
  await expect.poll(async () => await widthOf('bob') === await widthOf('ada')).toBe(true)
  await tile('cyd').dblclick()
  await expect.poll(async () => await widthOf('cyd') > 2 * await widthOf('ada')).toBe(true)
})

test('who speaks has a ring, and a sign that is no colour; a poor connection is said in words', async () => {
  await joined(['Ada', 'Bob'])
  await change('ada', { speaking: true, quality: 'poor' })
  await tile('ada').getByRole('img', { name: strings.tile.speaking }).waitFor()
  await tile('ada').getByText(strings.tile.poor).waitFor()
  const ring = (peer: string): Promise<string> => tile(peer).evaluate((each) => getComputedStyle(each, '::after').boxShadow)
  expect(await ring('ada')).not.toBe('none')
  expect(await ring('bob')).toBe('none')
  await change('ada', { speaking: false, quality: 'good' })
  await tile('ada').getByRole('img', { name: strings.tile.speaking }).waitFor({ state: 'hidden' })
  expect(await ring('ada')).toBe('none')
  await page.evaluate(async () => {
    await window.harness.fake.local.openMicrophone()
    window.harness.fake.local.speaking.value = true
  })
  await own().getByRole('img', { name: strings.tile.speaking }).waitFor()
})

describe('our own picture', () => {
  test('floats, and is moved by keys and by dragging to another corner', async () => {
    await joined(['Ada'])
    const corner = (): Promise<string> => page.evaluate(() => window.harness.fake.parley.settings.stage.value.corner)
    await own().focus()
    await page.keyboard.press('ArrowUp')
    expect(await corner()).toBe('top-end')
    await expect.poll(async () => (await own().boundingBox())?.y).toBeLessThan(80)
    const box = await own().boundingBox() ?? { x: 0, y: 0, width: 0, height: 0 }
    await page.mouse.move(box.x + 30, box.y + 60)
    await page.mouse.down()
    await page.mouse.move(500, 300, { steps: 4 })
    await page.mouse.move(150, 600, { steps: 4 })
    await page.mouse.up()
    expect(await corner()).toBe('bottom-start')
    await expect.poll(async () => (await own().boundingBox())?.x).toBeLessThan(200)
  })

  test('is hidden in its menu and shown again in that of the call', async () => {
    await joined(['Ada', 'Bob'])
    await own().hover()
    await own().getByTestId('tile-menu').click()
    await page.getByTestId('own-hidden').click()
    await own().waitFor({ state: 'hidden' })
    await chooseInMenu(page, 'own-picture')
    await own().waitFor()
    await own().getByTestId('tile-menu').click()
    await page.getByTestId('own-floating').click()
    await page.locator('[data-self][data-floating]').waitFor()
  })
})

test('the menu of a tile goes with the person', async () => {
  await joined(['Ada', 'Bob'])
  await tile('bob').hover()
  await tile('bob').getByTestId('tile-menu').click()
  await page.getByTestId('silence').waitFor()
  await page.evaluate(() => window.harness.depart('bob'))
  await tile('bob').waitFor({ state: 'detached' })
  expect(await page.getByTestId('menu-items').count()).toBe(0)
})

test('audio only asks for nobody’s camera and turns ours off, screens stay; one tap brings all back', async () => {
  await joined(['Ada', 'Bob'])
  await page.evaluate(async () => {
    await window.harness.fake.local.openCamera()
    window.harness.change('bob', { screen: window.harness.pictureStream(220, 1280, 720), media: { microphone: true, camera: true, screen: true } })
  })
  await page.getByTestId('screen-tile').waitFor()
  await expect.poll(() => askedFor('ada')).toBeGreaterThan(50)
  await chooseInMenu(page, 'audio-only-item')
  await page.getByTestId('audio-only').getByText(stageStrings.audioOnly).waitFor()
  await expect.poll(() => askedFor('ada')).toBe(0)
  await expect.poll(() => askedFor('bob')).toBe(0)
  const screen = await page.evaluate(() => window.harness.calls.findLast(([name, of]) => name === 'showAt' && of === 'bob')?.[3])
  expect((screen as { width: number }).width).toBeGreaterThan(500)
  expect(await page.evaluate(() => window.harness.fake.local.camera.value.phase)).toBe('off')
  await tile('ada').locator('.initials').waitFor()
  await page.getByTestId('audio-only-end').click()
  await expect.poll(() => askedFor('ada')).toBeGreaterThan(50)
  await expect.poll(() => page.evaluate(() => window.harness.fake.local.camera.value.phase)).toBe('on')
})

test('the list shows ourselves, raised hands in their order and the others by name, and sets how loud each is', async () => {
  await joined(['Cyd', 'Bob', 'Ada'])
  await page.getByTestId('people-count').click()
  const names = (): Promise<string[]> => page.getByTestId('people').locator('.name').allTextContents()
  await expect.poll(names).toEqual([peopleStrings.you(''), 'Ada', 'Bob', 'Cyd'])
  await page.evaluate(() => {
    const { hands } = window.harness.call.views.room.gestures as unknown as { hands: { value: string[] } }
    hands.value = ['cyd', 'bob']
  })
  await expect.poll(names).toEqual([peopleStrings.you(''), 'Cyd', 'Bob', 'Ada'])
  const person = page.locator('[data-testid=person][data-peer=bob]')
  await person.getByRole('img', { name: peopleStrings.handUp }).waitFor()
  const sound = (): Promise<unknown> => page.evaluate(() => {
    const stage = document.querySelector('parley-app')?.shadowRoot?.querySelector('parley-call')?.shadowRoot?.querySelector('parley-stage')?.shadowRoot
    const [, bob] = stage?.querySelectorAll('parley-participant-tiles') ?? []
    const audio = bob?.shadowRoot?.querySelector('audio')
    return [audio?.volume, audio?.muted]
  })
  await person.getByTestId('person-volume').click()
  await person.getByTestId('volume-slider').fill('40')
  await expect.poll(sound).toEqual([0.4, false])
  await person.getByTestId('silence-person').check()
  await expect.poll(sound).toEqual([0.4, true])
  await tile('bob').getByRole('img', { name: strings.tile.silenced }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByTestId('people').waitFor({ state: 'detached' })
  await tile('bob').getByTestId('tile-menu').focus()
  await page.keyboard.press('Enter')
  await page.getByTestId('volume').click()
  await person.getByTestId('volume-slider').waitFor()
})

test('many who come at once are told of in one sentence, and who is gone again at once in none', async () => {
  await joined(['Ada', 'Bob', 'Cyd', 'Dan', 'Eve'])
  await page.evaluate(() => {
    window.harness.arrive('zoe', { name: 'Zoe' })
    window.harness.depart('zoe')
  })
  await page.getByRole('status').getByText(callStrings.call.here(['Ada', 'Bob', callStrings.call.others(3)])).waitFor()
  expect(await page.getByTestId('toast').count()).toBe(1)
  await page.evaluate(() => { for (const peer of ['dan', 'eve']) window.harness.depart(peer) })
  await page.getByRole('status').getByText(callStrings.call.left(['Dan', 'Eve'])).waitFor()
})
